import { limits } from '../limits.ts';
import type { ServerMessageOf } from '../signalling/types.ts';

/** What another page says about a media connection. */
export type Relay = ServerMessageOf<'webrtc_offer'> | ServerMessageOf<'webrtc_answer'> | ServerMessageOf<'ice_candidate'>;

/** Relays of connections that this page does not know of yet: the contact that lists them is on its way. */
export class EarlyRelays {
  private waiting: Relay[] = [];

  add(relay: Relay): void {
    this.waiting.push(relay);
    if (this.waiting.length > limits.earlyRelaysMax) this.waiting.shift();
  }

  /** Takes out what somebody has said in a call, in the order in which it came. */
  take(callId: string, fromUserId: string): readonly Relay[] {
    const taken = this.waiting.filter((relay) => relay.callId === callId && relay.fromUserId === fromUserId);
    this.waiting = this.waiting.filter((relay) => !taken.includes(relay));
    return taken;
  }

  /** A call is over. */
  forget(callId: string): void {
    this.waiting = this.waiting.filter((relay) => relay.callId !== callId);
  }
}
