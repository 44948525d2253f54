import type { CallSnapshot, CallState } from '@calldocker/client';
import type { AgentLabel, ContactView, Participant } from '@calldocker/protocol';

type Phase<P extends CallState['phase']> = Extract<CallState, { phase: P }>;

export type WrapUpCall = Phase<'wrapup'>;
/** A call that lives; what comes after it is the wrap-up. */
export type LiveCall = Phase<'connecting' | 'connected' | 'reconnecting' | 'elsewhere' | 'callback'>;
/** What the page of the call is about. */
export type CurrentCall = LiveCall | WrapUpCall;

export function liveCall(call: CallState): LiveCall | undefined {
  switch (call.phase) {
    case 'connecting':
    case 'connected':
    case 'reconnecting':
    case 'elsewhere':
      return call;
    case 'callback':
      return call.stage === 'dialing' ? call : undefined;
    default:
      return undefined;
  }
}

export function currentCall(call: CallState): CurrentCall | undefined {
  return call.phase === 'wrapup' ? call : liveCall(call);
}

/** What the person is to the call. */
export type Part = 'owner' | 'adviser' | 'supervisor';

export function partIn(contact: Pick<ContactView, 'you'> | undefined): Part {
  switch (contact?.you) {
    case 'supervisor':
      return 'supervisor';
    case 'consulted':
    case 'conference':
      return 'adviser';
    default:
      return 'owner';
  }
}

export type DeskStatus =
  | 'status.none'
  | 'status.ringing'
  | 'status.connecting'
  | 'status.connected'
  | 'status.held'
  | 'status.consulting'
  | 'status.conference'
  | 'status.supervising'
  | 'status.voicemail'
  | 'status.callback'
  | 'status.reconnecting'
  | 'status.wrapup'
  | 'status.ended';

/** The one word for where the call is; it is announced and shown in the top bar. */
export function statusText({ call, connection, offers }: Pick<CallSnapshot, 'call' | 'connection' | 'offers'>): DeskStatus {
  switch (call.phase) {
    case 'connecting':
      return 'status.connecting';
    case 'connected':
      return connection.status === 'connected' ? talkStatus(call) : 'status.reconnecting';
    case 'elsewhere':
      return 'status.connected';
    case 'reconnecting':
      return 'status.reconnecting';
    case 'callback':
      return call.stage === 'waiting' ? 'status.none' : call.stage === 'dialing' ? 'status.callback' : 'status.connected';
    case 'wrapup':
      return offers.length > 0 ? 'status.ringing' : 'status.wrapup';
    case 'ended':
      return offers.length > 0 ? 'status.ringing' : 'status.ended';
    default:
      return offers.length > 0 ? 'status.ringing' : 'status.none';
  }
}

/**
 * Whether a screen reader says a status when it begins. It does not say that there is no call, and the announcement of a ring says
 * more than the word.
 */
export function isSpoken(status: DeskStatus): boolean {
  return status !== 'status.none' && status !== 'status.ringing';
}

function talkStatus({ stage, channel, contact }: Phase<'connected'>): DeskStatus {
  if (channel === 'voicemail') return 'status.voicemail';
  if (contact.you === 'supervisor') return 'status.supervising';
  return stage === 'talking' ? 'status.connected' : `status.${stage}`;
}

/** The state of the agent's media, which decides what the home page asks for. */
export type Readiness = 'off' | 'ready' | 'needs_click' | 'other_tab' | 'cut_off';

export function readiness({ agent, mediaReady, connection }: Pick<CallSnapshot, 'agent' | 'mediaReady' | 'connection'>): Readiness {
  if (agent?.intent !== 'available') return 'off';
  if (connection.status !== 'connected') return 'cut_off';
  if (mediaReady) return 'ready';
  return agent.mediaReady ? 'other_tab' : 'needs_click';
}

export type WhenText = 'state.label' | 'state.whileRinging' | 'state.afterThis';

/** When another state takes effect: at once, and then a call that rings goes on to the next agent; or after the work at hand. */
export function whenText(label: AgentLabel): WhenText {
  if (label === 'reserved') return 'state.whileRinging';
  return label === 'on_call' || label === 'on_hold' || label === 'wrapup' ? 'state.afterThis' : 'state.label';
}

export type LostText = 'call.lost.visitor' | 'call.lost.media' | 'call.lost.agent' | 'call.lost.server';

/** What is being mended, or nothing. */
export function lostText({ call, connection }: Pick<CallSnapshot, 'call' | 'connection'>): LostText | undefined {
  if (call.phase === 'reconnecting') {
    if (call.lost.includes('visitor')) return 'call.lost.visitor';
    return call.lost.includes('media') ? 'call.lost.media' : 'call.lost.agent';
  }
  return call.phase === 'connected' && connection.status !== 'connected' ? 'call.lost.server' : undefined;
}

/** Who advises, or has joined; there is one at a time. */
export function colleague({ participants = [] }: Pick<ContactView, 'participants'>): Participant | undefined {
  return participants.find(({ kind }) => kind === 'consult' || kind === 'conference');
}

export interface Countdown {
  /** Of the whole time, what is left: 1 to 0. */
  readonly share: number;
  /** Begun seconds. */
  readonly seconds: number;
}

export function countdown({ since, until }: { since: number; until: number }, now: number): Countdown {
  const left = Math.max(0, until - now);
  return { share: until > since ? Math.min(1, left / (until - since)) : 0, seconds: Math.ceil(left / 1000) };
}

/** A page's address as a person reads it: without the scheme, the query and a trailing slash. */
export function readableAddress(page: string): string {
  try {
    const { host, pathname } = new URL(page);
    return host + pathname.replace(/\/$/, '');
  } catch {
    return page;
  }
}
