import type { CallEvents } from './events.ts';
import type { CallState } from './phases.ts';

/** An event by its name, and what it tells. */
export type Told = { [E in keyof CallEvents]: readonly [name: E, payload: CallEvents[E]] }[keyof CallEvents];

/** What is worth telling when a call goes from one state to another. Pure. @param wasUp  it was connected before */
export function transitionOf(before: CallState, after: CallState, wasUp: boolean): Told | undefined {
  if (before.phase === after.phase) return undefined;
  switch (after.phase) {
    case 'connected':
    case 'held':
      if (before.phase === 'connected' || before.phase === 'held') return undefined;
      return [wasUp ? 'recovered' : 'connected', { callId: after.callId }];
    case 'reconnecting':
      return ['reconnecting', { callId: after.callId, lost: after.lost }];
    case 'ended':
    case 'wrapup':
      // A person who hung up here has heard of it already.
      if (before.phase === 'ended') return undefined;
      return ['ended', { callId: after.callId, endReason: after.endReason, endedBy: after.endedBy }];
    default:
      return undefined;
  }
}
