import type { Channel, ContactView } from '@calldocker/protocol';
import type { LiveState } from '../signalling/types.ts';
import type { CallState, Lost, MediaProblem } from './types.ts';

/** What this page itself is doing; together with the contact it makes the CallState. */
export type Doing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'preparing' | 'line_check'; readonly channel: Channel }
  | { readonly kind: 'blocked'; readonly channel: Channel; readonly problem: MediaProblem }
  | {
      readonly kind: 'call';
      readonly callId: string;
      readonly channel: Channel;
      readonly since: number;
      /** The last that was heard of the contact. */
      readonly contact: ContactView | undefined;
      /** When this page stopped taking part. */
      readonly endedAt: number | undefined;
      /** It was hung up here; who did is known before the server has said so. */
      readonly hungUp?: boolean;
    };

export interface MediaPath {
  /** This page carries the call. */
  readonly here: boolean;
  /** Audio comes in. */
  readonly up: boolean;
}

/** The CallState that follows. Pure; the table of it is in the test. */
export function callStateOf(doing: Doing, role: 'visitor' | 'agent', path: MediaPath, clockOffsetMs: number): CallState {
  switch (doing.kind) {
    case 'nothing':
      return { phase: 'idle' };
    case 'preparing':
    case 'line_check':
      return { phase: doing.kind, channel: doing.channel };
    case 'blocked':
      return { phase: 'blocked', channel: doing.channel, problem: doing.problem };
    case 'call':
      return inCall(doing, role, path, clockOffsetMs);
  }
}

function inCall(doing: Extract<Doing, { kind: 'call' }>, role: 'visitor' | 'agent', path: MediaPath, clockOffsetMs: number): CallState {
  const { callId, channel, since, contact } = doing;
  const common = { callId, channel };
  const local = (time: string | undefined): number | undefined => (time === undefined ? undefined : Date.parse(time) - clockOffsetMs);
  const connectedAt = local(contact?.connectedAt);
  const endedAt = contact?.state === 'closed' ? (local(contact.endedAt) ?? doing.endedAt ?? since) : doing.endedAt;
  if (endedAt !== undefined) {
    const talkedMs = connectedAt === undefined ? 0 : Math.max(0, endedAt - connectedAt);
    return {
      phase: 'ended',
      ...common,
      contact,
      endReason: contact?.endReason,
      endedBy: contact?.endedBy ?? (doing.hungUp ? role : undefined),
      talkedMs,
    };
  }
  if (contact === undefined) return { phase: role === 'visitor' ? 'waiting' : 'connecting', ...common, contact, since };
  if ((contact.state === 'connecting' || contact.state === 'connected') && !path.here) {
    return { phase: 'elsewhere', ...common, contact, connectedAt };
  }
  switch (contact.state) {
    case 'queued':
      return { phase: 'waiting', ...common, contact, since: local(contact.createdAt) ?? since };
    case 'offering':
      return { phase: 'ringing', ...common, contact, since: local(contact.createdAt) ?? since };
    case 'connected': {
      const lost = lostOf(contact, path);
      if (lost.length > 0) return { phase: 'reconnecting', ...common, contact, connectedAt: connectedAt ?? since, lost };
      return { phase: 'connected', ...common, contact, connectedAt: connectedAt ?? since };
    }
    default:
      return { phase: 'connecting', ...common, contact, since: local(contact.acceptedAt) ?? since };
  }
}

/** While audio comes in nobody is lost to the ear: the server waits for a page that only its socket has left. */
function lostOf(contact: ContactView, path: MediaPath): readonly Lost[] {
  if (path.up) return [];
  return contact.lost.length > 0 ? contact.lost : ['media'];
}

/** The contact that this page is about: the one it knows already, else one that lives. */
export function contactFor(live: LiveState, role: 'visitor' | 'agent', callId: string | undefined): ContactView | undefined {
  const known = callId === undefined ? undefined : live.contacts[callId];
  if (known) return known;
  return Object.values(live.contacts).find((contact) => contact.you === role && contact.state !== 'closed');
}
