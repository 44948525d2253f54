import type { CallSnapshot, CallState, MediaProblem } from '@calldocker/client';
import type { Words } from './queue-view.ts';
import { retryWords } from './retry.ts';
import type { WidgetText } from './text.ts';

/** Why there is no call, in terms of what the visitor can do about it. */
export type Failure =
  | 'noMicrophone'
  | 'noCamera'
  | 'denied'
  | 'deniedVideo'
  | 'busy'
  | 'insecure'
  /** The page may not use a microphone, or a camera. */
  | 'forbidden'
  | 'forbiddenVideo'
  /** The page around it may be the reason. */
  | 'framed'
  | 'unsupported'
  | 'server'
  | 'refused'
  | 'overloaded'
  /** The server has no room for one more visitor: it is tried again by itself. */
  | 'crowded'
  | 'other';

export type Phase<P extends CallState['phase']> = Extract<CallState, { phase: P }>;

/** The one word for where the call is; it is announced and shown in the header. Undefined where a failure's own screen says all. */
export function statusText(snapshot: CallSnapshot, failure: Failure | undefined): WidgetText | undefined {
  if (failure) return undefined;
  const { call } = snapshot;
  switch (call.phase) {
    case 'idle':
    case 'prequeue':
      return 'status.ready';
    case 'voicemail':
      return voicemailStatus(call);
    case 'preparing':
      return 'status.permission';
    case 'line_check':
      return 'status.check';
    case 'blocked':
      return undefined;
    case 'waiting':
      return call.place?.away ? 'status.kept' : 'status.waiting';
    case 'ringing':
      return 'status.ringing';
    case 'connecting':
      return 'status.connecting';
    case 'connected':
      return isCutOff(snapshot) ? 'status.reconnecting' : 'status.connected';
    case 'elsewhere':
      return 'status.connected';
    case 'held':
      return isCutOff(snapshot) ? 'status.reconnecting' : 'status.held';
    case 'callback':
      return call.stage === 'dialing' ? 'status.calledBack' : 'status.callback';
    case 'reconnecting':
      return 'status.reconnecting';
    case 'ended':
    case 'wrapup':
      return 'status.ended';
  }
}

function voicemailStatus({ recording }: Phase<'voicemail'>): WidgetText {
  switch (recording.stage) {
    case 'recording':
      return 'status.recording';
    case 'sent':
      return 'status.sent';
    default:
      return 'status.recorded';
  }
}

/** When the visitor wants to know how the queue is; undefined: not now. */
export function momentOf({ phase }: CallState): 'before' | 'waiting' | 'after' | undefined {
  switch (phase) {
    case 'idle':
    case 'prequeue':
      return 'before';
    case 'waiting':
    case 'ringing':
      return 'waiting';
    case 'ended':
      return 'after';
    default:
      return undefined;
  }
}

/** The colour of the dot beside the status. The word says the same. */
export function toneOf(snapshot: CallSnapshot, failure: Failure | undefined): 'go' | 'wait' | '' {
  if (failure) return '';
  const { call } = snapshot;
  switch (call.phase) {
    case 'connected':
    case 'elsewhere':
      return isCutOff(snapshot) ? 'wait' : 'go';
    case 'callback':
      return call.stage === 'dialing' ? 'go' : 'wait';
    case 'voicemail':
      return call.recording.stage === 'sent' ? 'go' : 'wait';
    case 'waiting':
    case 'ringing':
    case 'connecting':
    case 'held':
    case 'reconnecting':
      return 'wait';
    default:
      return '';
  }
}

/** What a reload, a click on the launcher or a closed window must not lose: a call, a place, a callback, a message. */
export function isLive(call: CallState): boolean {
  if (call.phase === 'voicemail') return call.recording.stage !== 'sent';
  return ['waiting', 'ringing', 'connecting', 'connected', 'held', 'reconnecting', 'elsewhere', 'callback'].includes(call.phase);
}

/** The media may well go on, but nothing that is done here reaches the server. */
export function isCutOff(snapshot: CallSnapshot): boolean {
  return snapshot.connection.status !== 'connected';
}

/** What a click on the launcher opens. */
export function launcherText(call: CallState, live: boolean): WidgetText {
  if (!live) return 'launcher.call';
  if (call.phase === 'callback') return 'launcher.callback';
  return call.phase === 'voicemail' ? 'launcher.message' : 'launcher.open';
}

/** Nothing has been heard from the server yet, so "no call" says nothing. */
export function isUnknown({ call, connection, stale }: CallSnapshot): boolean {
  return call.phase === 'idle' && connection.status !== 'stopped' && (connection.status !== 'connected' || stale);
}

/** What the page lets calls have. */
export interface Surroundings {
  /** It came by HTTPS, or from this computer. */
  readonly secure: boolean;
  /** It is inside of another site's. */
  readonly framed: boolean;
  /** Its policy lets it use a microphone, or the browser does not say. */
  readonly mayTalk: boolean;
}

/** What stands in the way of a call, from what the engine knows. */
export function failureOf(snapshot: CallSnapshot, here: Surroundings): Failure | undefined {
  const { call, connection } = snapshot;
  if (call.phase === 'blocked') return failureOfMedia(call.problem, call.channel === 'video', here);
  // Nobody is to give a name and a microphone to a site that may not call.
  if (call.phase === 'idle' && connection.status === 'stopped') return 'refused';
  if ((call.phase === 'idle' || call.phase === 'waiting') && isCrowdedOut(connection)) return 'crowded';
  if (call.phase === 'ended' || call.phase === 'idle' || call.phase === 'line_check' || call.phase === 'preparing') return undefined;
  // Two people who are talking go on talking.
  if (connection.status === 'stopped' && (call.phase === 'waiting' || call.phase === 'ringing')) return 'refused';
  if (call.phase === 'waiting' && !call.contact && connection.status === 'waiting') return 'server';
  return undefined;
}

/** When the server, that has no room now, is asked again by itself. */
export function againOf({ connection }: CallSnapshot, now: number): Words | undefined {
  return isCrowdedOut(connection) ? retryWords(connection.retryAt - now) : undefined;
}

type Connection = CallSnapshot['connection'];

function isCrowdedOut(connection: Connection): connection is Extract<Connection, { status: 'waiting' }> {
  return connection.status === 'waiting' && connection.overloaded === true;
}

function failureOfMedia(problem: MediaProblem, video: boolean, { secure, framed, mayTalk }: Surroundings): Failure {
  switch (problem) {
    case 'forbidden_here':
      if (video && mayTalk && !framed) return 'forbiddenVideo';
      return framed ? 'framed' : 'forbidden';
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

export function endedText(call: Phase<'ended'>): WidgetText {
  if (call.contact?.callback && call.endedBy === 'visitor' && call.talkedMs === 0) return 'ended.callbackCancelled';
  switch (call.endReason) {
    case 'abandoned_queue':
    case 'abandoned_ringing':
      return 'ended.cancelled';
    case 'rejected_closed':
      return 'ended.closed';
    case 'rejected_full':
    case 'flowout_overflow':
      return 'ended.full';
    case 'callback_failed':
      return 'ended.callbackFailed';
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

/** The person at the other end has switched the microphone off: silence is no fault. */
export function isOtherMuted({ contact }: Phase<'connected' | 'held' | 'reconnecting'>): boolean {
  return contact.muted?.includes('agent') ?? false;
}

/** Nobody was spoken to, and it was not the visitor's wish: there is another way to reach us. */
export function isUnserved({ talkedMs, endedBy }: Phase<'ended'>): boolean {
  return talkedMs === 0 && endedBy !== 'visitor';
}

/** "Amina Diallo" becomes "AD". */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
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
