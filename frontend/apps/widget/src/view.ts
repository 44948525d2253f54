import type { CallSnapshot, CallState, MediaProblem } from '@calldocker/client';
import type { WidgetText } from './text.ts';

/** Why there is no call, in terms of what the visitor can do about it. */
export type Failure =
  | 'noMicrophone'
  | 'noCamera'
  | 'denied'
  | 'deniedVideo'
  | 'busy'
  | 'insecure'
  | 'unsupported'
  | 'server'
  | 'refused'
  | 'overloaded'
  | 'other';

/** The one word for where the call is; it is announced and shown in the header. */
export function statusText(snapshot: CallSnapshot, failure: Failure | undefined): WidgetText {
  if (failure) return 'status.failed';
  switch (snapshot.call.phase) {
    case 'idle':
      return 'status.ready';
    case 'prequeue':
    case 'voicemail':
      return 'status.ready';
    case 'preparing':
      return 'status.permission';
    case 'line_check':
      return 'status.check';
    case 'blocked':
      return 'status.failed';
    case 'waiting':
      return 'status.waiting';
    case 'ringing':
      return 'status.ringing';
    case 'connecting':
      return 'status.connecting';
    case 'connected':
      return isCutOff(snapshot) ? 'status.reconnecting' : 'status.connected';
    case 'elsewhere':
    case 'held':
      return 'status.connected';
    case 'callback':
      return 'status.waiting';
    case 'reconnecting':
      return 'status.reconnecting';
    case 'ended':
    case 'wrapup':
      return 'status.ended';
  }
}

/** A call that a reload, a click on the launcher or a closed window must not lose. */
export function isLive(call: CallState): boolean {
  return ['waiting', 'ringing', 'connecting', 'connected', 'reconnecting', 'elsewhere'].includes(call.phase);
}

/** The media may well go on, but nothing that is done here reaches the server. */
export function isCutOff(snapshot: CallSnapshot): boolean {
  return snapshot.connection.status !== 'connected';
}

/** Nothing has been heard from the server yet, so "no call" says nothing. */
export function isUnknown({ call, connection, stale }: CallSnapshot): boolean {
  return call.phase === 'idle' && connection.status !== 'stopped' && (connection.status !== 'connected' || stale);
}

/** What stands in the way of a call, from what the engine knows. */
export function failureOf(snapshot: CallSnapshot, secure: boolean): Failure | undefined {
  const { call, connection } = snapshot;
  if (call.phase === 'blocked') return failureOfMedia(call.problem, call.channel === 'video', secure);
  if (call.phase === 'ended' || call.phase === 'idle' || call.phase === 'line_check' || call.phase === 'preparing') return undefined;
  // Two people who are talking go on talking.
  if (connection.status === 'stopped' && (call.phase === 'waiting' || call.phase === 'ringing')) return 'refused';
  if (call.phase === 'waiting' && !call.contact && connection.status === 'waiting') return 'server';
  return undefined;
}

function failureOfMedia(problem: MediaProblem, video: boolean, secure: boolean): Failure {
  switch (problem) {
    case 'permission_denied':
      return video ? 'deniedVideo' : 'denied';
    case 'no_device':
      return video ? 'noCamera' : 'noMicrophone';
    case 'device_busy':
      return 'busy';
    case 'unsupported':
      return secure ? 'unsupported' : 'insecure';
    case 'failed':
      return 'other';
  }
}

/** What is being mended, for a visitor whose call is interrupted. */
export function reconnectingText(snapshot: CallSnapshot): WidgetText {
  const { call } = snapshot;
  if (call.phase === 'reconnecting' && call.lost.includes('agent')) return 'reconnecting.agent';
  if (call.phase === 'reconnecting' && call.lost.includes('media')) return 'reconnecting.media';
  return isCutOff(snapshot) ? 'reconnecting.signalling' : 'reconnecting.resume';
}

export function endedText(call: Extract<CallState, { phase: 'ended' }>): WidgetText {
  switch (call.endReason) {
    case 'abandoned_queue':
    case 'abandoned_ringing':
      return 'ended.cancelled';
    case 'media_failed':
      return 'ended.media';
    case 'lost_visitor':
    case 'lost_agent':
      return 'ended.lost';
    default:
      if (call.endedBy === 'visitor') return 'ended.byYou';
      return call.endedBy === 'agent' ? 'ended.byTeam' : 'ended.system';
  }
}

/** Three words are enough for a visitor. */
export function qualityText(snapshot: CallSnapshot): 'quality.good' | 'quality.fair' | 'quality.poor' | undefined {
  switch (snapshot.quality?.word) {
    case undefined:
      return undefined;
    case 'excellent':
    case 'good':
      return 'quality.good';
    case 'fair':
      return 'quality.fair';
    default:
      return 'quality.poor';
  }
}
