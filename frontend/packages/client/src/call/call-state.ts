import type { Channel, ContactView } from '@calldocker/protocol';
import type { LiveState } from '../signalling/types.ts';
import type { CallState, Lost, MediaProblem, Recording, Stage } from './phases.ts';

export type Role = 'visitor' | 'agent';

/** What this page itself is doing; together with the contact it makes the CallState. */
export type Doing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'preparing' | 'line_check'; readonly channel: Channel }
  | { readonly kind: 'blocked'; readonly channel: Channel; readonly problem: MediaProblem }
  | InContact;

export interface InContact {
  readonly kind: 'call';
  readonly callId: string;
  readonly channel: Channel;
  readonly since: number;
  /** The last that was heard of the contact. */
  readonly contact: ContactView | undefined;
  /** When this page stopped taking part in the call. */
  readonly endedAt: number | undefined;
  /** It was hung up here; who did is known before the server has said so. */
  readonly hungUp?: boolean;
  /** The form is open, and nobody has been called yet. */
  readonly form?: boolean;
}

export interface MediaPath {
  /** This page carries the call. */
  readonly here: boolean;
  /** Audio comes in. */
  readonly up: boolean;
  /** It did before, in this call. */
  readonly wasUp: boolean;
}

/** The CallState that follows. Pure; the table of it is in the test. */
export function callStateOf(
  doing: Doing,
  role: Role,
  path: MediaPath,
  clockOffsetMs: number,
  recording: Recording | undefined = undefined,
): CallState {
  switch (doing.kind) {
    case 'nothing':
      return { phase: 'idle' };
    case 'preparing':
    case 'line_check':
      return { phase: doing.kind, channel: doing.channel };
    case 'blocked':
      return { phase: 'blocked', channel: doing.channel, problem: doing.problem };
    case 'call':
      if (recording) return { phase: 'voicemail', callId: doing.callId, channel: doing.channel, recording };
      return inContact(doing, role, path, clockOffsetMs);
  }
}

function inContact(doing: InContact, role: Role, path: MediaPath, clockOffsetMs: number): CallState {
  const { callId, channel, since, contact } = doing;
  const common = { callId, channel };
  const local = (time: string | undefined): number | undefined => (time === undefined ? undefined : Date.parse(time) - clockOffsetMs);
  const connectedAt = local(contact?.connectedAt);
  const talkedUntil = (endedAt: number): number => (connectedAt === undefined ? 0 : Math.max(0, endedAt - connectedAt));
  const how = { endReason: contact?.endReason, endedBy: contact?.endedBy ?? (doing.hungUp ? role : undefined) };

  if (contact?.state === 'wrapup') {
    const endedAt = local(contact.endedAt) ?? doing.endedAt;
    return {
      phase: 'wrapup',
      ...common,
      contact,
      ...how,
      wrapUpUntil: local(contact.wrapUpUntil),
      extensionsLeft: contact.wrapUpExtensions ?? 0,
      talkedMs: endedAt === undefined ? undefined : talkedUntil(endedAt),
    };
  }
  const endedAt = contact?.state === 'closed' ? (local(contact.endedAt) ?? doing.endedAt ?? since) : doing.endedAt;
  if (endedAt !== undefined) return { phase: 'ended', ...common, contact, ...how, talkedMs: talkedUntil(endedAt) };
  if (contact === undefined) {
    if (doing.form) return { phase: 'prequeue', ...common, contact };
    return role === 'visitor'
      ? { phase: 'waiting', ...common, contact, since, place: undefined }
      : { phase: 'connecting', ...common, contact, since };
  }
  if (isTalk(contact) && isByTelephone(contact))
    return { phase: 'callback', stage: 'talking', connectedAt, ...common, contact, callback: contact.callback };
  if (isTalk(contact) && !path.here) return { phase: 'elsewhere', ...common, contact, connectedAt };
  switch (contact.state) {
    case 'prequeue':
      return doing.form ? { phase: 'prequeue', ...common, contact } : { phase: 'waiting', ...common, contact, since, place: undefined }; // the call out of the form is on its way
    case 'queued':
      return { phase: 'waiting', ...common, contact, since: local(contact.createdAt) ?? since, place: contact.place };
    case 'offering':
    case 'transferring':
      return { phase: 'ringing', ...common, contact, since: local(contact.createdAt) ?? since };
    case 'callback_waiting':
    case 'callback_offering':
    case 'callback_dialing': {
      const stage = contact.state === 'callback_dialing' ? 'dialing' : 'waiting';
      return { phase: 'callback', stage, connectedAt: undefined, ...common, contact, callback: contact.callback };
    }
    case 'connected':
    case 'held':
    case 'consulting':
      return inTalk({ ...common, contact, connectedAt: connectedAt ?? since }, role, path);
    default:
      return { phase: 'connecting', ...common, contact, since: local(contact.acceptedAt) ?? since };
  }
}

type Talk = Pick<Extract<CallState, { phase: 'held' }>, 'callId' | 'channel' | 'contact' | 'connectedAt'>;

function inTalk(talk: Talk, role: Role, path: MediaPath): CallState {
  const stage = stageOf(talk.contact);
  const isGuest = talk.contact.you !== 'visitor' && talk.contact.you !== 'agent';
  if (isGuest && !path.up && !path.wasUp) return { ...talk, phase: 'connecting', since: talk.connectedAt };
  const lost = lostOf(talk.contact, path);
  if (lost.length > 0) return { ...talk, phase: 'reconnecting', stage, lost };
  if (role === 'visitor' && isQuiet(talk.contact)) return { ...talk, phase: 'held' };
  return { ...talk, phase: 'connected', stage };
}

/** What is being said in a contact whose call is on. */
function stageOf(contact: ContactView): Stage {
  if (contact.state === 'held' || contact.state === 'consulting') return contact.state;
  return contact.participants?.some((one) => one.kind === 'conference' && one.connected) ? 'conference' : 'talking';
}

/** The visitor hears music, on hold or handed on: nothing goes from or to them. */
export function isQuiet({ state }: ContactView): boolean {
  return state === 'held' || state === 'consulting' || state === 'transferring';
}

/** There is a call, or there is to be one at once. */
export function isTalk({ state }: ContactView): boolean {
  return state === 'connecting' || state === 'connected' || state === 'held' || state === 'consulting';
}

/** The agent calls back with a telephone of his own: nothing of it is heard here. */
export function isByTelephone({ callback }: ContactView): boolean {
  return callback?.phone !== undefined;
}

/** The visitor waits for an agent: whoever of the queue, or the one that the contact is handed to. */
export function isWaiting({ state }: ContactView): boolean {
  return state === 'queued' || state === 'offering' || state === 'transferring';
}

/** This page is done with it. */
export function isOver({ endedAt, contact }: InContact): boolean {
  return endedAt !== undefined && contact?.state !== 'wrapup';
}

/** Whether sound is to flow to and from a page for this contact now. A place that is kept waits for the visitor's click. */
export function wantsMedia(
  contact: ContactView,
  role: Role,
  visitor: { readonly attending: boolean | undefined; readonly carrying: boolean },
): boolean {
  if (contact.channel === 'voicemail' || (isByTelephone(contact) && !isWaiting(contact))) return false;
  if (isTalk(contact)) return true;
  if (contact.state === 'callback_dialing') return role === 'agent' || visitor.attending === true;
  if (contact.state === 'prequeue') return visitor.carrying;
  return role === 'visitor' && isWaiting(contact) && (visitor.attending ?? (visitor.carrying || contact.place?.away !== true));
}

/** While audio comes in nobody is lost to the ear: the server waits for a page that only its socket has left. */
function lostOf(contact: ContactView, path: MediaPath): readonly Lost[] {
  if (path.up) return [];
  return contact.lost.length > 0 ? contact.lost : ['media'];
}

/** Whether a contact is this page's business. An agent is done with one that has gone back to the queue. */
export function concerns(contact: ContactView, role: Role): boolean {
  if (role === 'visitor') return contact.you === 'visitor' && contact.channel !== 'voicemail';
  if (contact.you === 'visitor' || contact.you === 'offered') return false;
  return isTalk(contact) || (contact.you === 'agent' && (contact.state === 'wrapup' || contact.state === 'callback_dialing'));
}

/**
 * The contact that this page is about: the one it knows already, else one that lives. A call goes before the wrap-up of
 * the last one, and an own contact before one that is only watched.
 */
export function contactFor(live: LiveState, role: Role, callId: string | undefined): ContactView | undefined {
  const known = callId === undefined ? undefined : live.contacts[callId];
  if (known && known.state !== 'wrapup') return known;
  const mine = Object.values(live.contacts).filter((contact) => contact.state !== 'closed' && concerns(contact, role));
  const rank = (contact: ContactView): number => (contact.state === 'wrapup' ? 2 : contact.you === 'supervisor' ? 1 : 0);
  return [...(known ? [known] : []), ...mine].sort((a, b) => rank(a) - rank(b))[0];
}
