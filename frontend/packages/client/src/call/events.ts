/** What a page hears once: the news of a call, and why something that a person asked for did not work. */
import type { ChatMessage, ConsultEnd, ContactView, EndReason, Party, Person, RevokeReason } from '@calldocker/protocol';
import type { DeviceKind } from './controls.ts';
import type { Lost } from './phases.ts';

/** What happens once and is not a state: for sounds, banners and announcements. */
export interface CallEvents {
  /** Agent: a contact begins to ring here. */
  offered: { readonly contact: ContactView };
  /** Agent: it rings here no longer. `accepted` when this page took it. */
  revoked: { readonly callId: string; readonly reason: RevokeReason | 'accepted' };
  /** Agent: the colleague that this agent consulted did not come, or has gone. */
  consult_ended: { readonly callId: string; readonly colleague: Person; readonly reason: ConsultEnd };
  /** Audio flows both ways for the first time in this call. */
  connected: { readonly callId: string };
  /** Media or a party went missing, and is back. */
  reconnecting: { readonly callId: string; readonly lost: readonly Lost[] };
  recovered: { readonly callId: string };
  /** Visitor: somebody has answered before the message was sent, which is discarded. */
  message_overtaken: { readonly callId: string };
  ended: { readonly callId: string; readonly endReason: EndReason | undefined; readonly endedBy: Party | undefined };
  /** A line of somebody else's. */
  chat: { readonly callId: string; readonly message: ChatMessage };
  /** The other side has pressed keys. */
  keypad: { readonly callId: string; readonly party: Party; readonly digits: string };
  /** The device in use was unplugged: `to` is what is used now, undefined if there is none. */
  device_lost: { readonly kind: DeviceKind; readonly lost: string; readonly to: string | undefined };
  /**
   * What a person asked for did not work. `code` is a MediaProblem, or the server's error code; with `overloaded`,
   * `retryAfterMs` says when to try again, where the server does.
   */
  problem: {
    readonly what: Attempt;
    readonly code: string;
    readonly retryAfterMs?: number;
  };
}

/** What a person asked for. */
export type Attempt =
  | 'accept'
  | 'decline'
  | 'start'
  /** A relay for the media, in the call's name; it goes on, and the relay is asked for again. */
  | 'relay'
  | 'camera'
  | 'screen'
  | 'microphone'
  | 'device'
  | 'intent'
  | 'hang_up'
  | 'queue_status'
  | 'place'
  /** A link back to the place, which is kept all the same. */
  | 'link'
  | 'callback'
  | 'voicemail'
  | 'rating'
  | 'chat'
  | 'keypad'
  | 'mute'
  | 'hold'
  | 'transfer'
  | 'consult'
  | 'notes'
  | 'disposition'
  | 'wrap_up'
  | 'directory'
  | 'live'
  | 'supervise';
