import type { CallSnapshot, CallState } from '@calldocker/client';

export type DeskStatus =
  | 'status.none'
  | 'status.ringing'
  | 'status.connecting'
  | 'status.connected'
  | 'status.reconnecting'
  | 'status.ended';

/** The one word for where the call is; it is announced and shown in the top bar. */
export function statusText(snapshot: CallSnapshot): DeskStatus {
  switch (snapshot.call.phase) {
    case 'connecting':
      return 'status.connecting';
    case 'connected':
      return snapshot.connection.status === 'connected' ? 'status.connected' : 'status.reconnecting';
    case 'elsewhere':
      return 'status.connected';
    case 'reconnecting':
      return 'status.reconnecting';
    case 'ended':
      return snapshot.offers.length > 0 ? 'status.ringing' : 'status.ended';
    default:
      return snapshot.offers.length > 0 ? 'status.ringing' : 'status.none';
  }
}

export type LiveCall = Extract<CallState, { phase: 'connecting' | 'connected' | 'reconnecting' | 'elsewhere' }>;

export function liveCall(call: CallState): LiveCall | undefined {
  return call.phase === 'connecting' || call.phase === 'connected' || call.phase === 'reconnecting' || call.phase === 'elsewhere'
    ? call
    : undefined;
}

/** What the agent's media stand at: the state decides what the home page asks for. */
export type Readiness = 'off' | 'ready' | 'needs_click' | 'other_tab';

export function readiness({ agent, mediaReady }: Pick<CallSnapshot, 'agent' | 'mediaReady'>): Readiness {
  if (agent?.intent !== 'available') return 'off';
  if (mediaReady) return 'ready';
  return agent.mediaReady ? 'other_tab' : 'needs_click';
}

export type LostText = 'call.lost.visitor' | 'call.lost.media' | 'call.lost.agent' | 'call.lost.server';

/** What is being mended, or nothing. */
export function lostText({ call, connection }: CallSnapshot): LostText | undefined {
  if (call.phase === 'reconnecting') {
    if (call.lost.includes('visitor')) return 'call.lost.visitor';
    return call.lost.includes('media') ? 'call.lost.media' : 'call.lost.agent';
  }
  return call.phase === 'connected' && connection.status !== 'connected' ? 'call.lost.server' : undefined;
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
