import type { CallSnapshot, CallState } from '@calldocker/client';
import type { Service } from './queue-view.ts';
import type { Failure } from './view.ts';

/** What the visitor has opened beside the screen of the call itself. */
export type Side = 'devices' | 'callback' | 'chat' | 'keypad';

export type ScreenName =
  | 'restoring'
  | 'failure'
  | 'devices'
  | 'start'
  | 'closed'
  | 'askCallback'
  | 'permission'
  | 'lineCheck'
  | 'waiting'
  | 'kept'
  | 'call'
  | 'chat'
  | 'keypad'
  | 'elsewhere'
  | 'callback'
  | 'calledBack'
  | 'recording'
  | 'message'
  | 'messageSent'
  | 'ended';

export interface Shown {
  readonly snapshot: Pick<CallSnapshot, 'call'>;
  readonly restoring: boolean;
  readonly failure: Failure | undefined;
  readonly side: Side | undefined;
  readonly service: Service;
}

const fits: Record<Side, readonly CallState['phase'][]> = {
  devices: ['line_check', 'connected', 'reconnecting'],
  callback: ['idle', 'prequeue', 'waiting', 'ringing', 'ended'],
  chat: ['connected', 'held', 'reconnecting'],
  keypad: ['connected', 'reconnecting'],
};

/** Whether what was opened still has a meaning: nobody asks for a callback when somebody has answered. */
export function sideFits(side: Side, { phase }: CallState): boolean {
  return fits[side].includes(phase);
}

/** The one screen that is to be seen. */
export function screenOf({ snapshot: { call }, restoring, failure, side, service }: Shown): ScreenName {
  if (restoring) return 'restoring';
  if (failure) return 'failure';
  if (side && sideFits(side, call)) return side === 'callback' ? 'askCallback' : side;
  switch (call.phase) {
    case 'preparing':
      return 'permission';
    case 'line_check':
      return 'lineCheck';
    case 'waiting':
      return call.place?.away ? 'kept' : 'waiting';
    case 'ringing':
    case 'connecting':
      return 'waiting';
    case 'connected':
    case 'held':
    case 'reconnecting':
      return 'call';
    case 'elsewhere':
      return 'elsewhere';
    case 'callback':
      return call.stage === 'waiting' ? 'callback' : 'calledBack';
    case 'voicemail':
      if (call.recording.stage === 'recording') return 'recording';
      return call.recording.stage === 'sent' ? 'messageSent' : 'message';
    case 'ended':
      return 'ended';
    default:
      return service === 'closed' ? 'closed' : 'start';
  }
}
