import type { ContactView } from '@calldocker/protocol';
import type { LiveState } from '../signalling/types.ts';
import { steadyNow } from '../steady.ts';
import type { Offer } from './snapshot.ts';

/** What rings at an agent's page. It stops on this page's own clock, too: the server's word that it has stopped may be on its way. */
export class Ringing {
  private readonly onExpired: () => void;
  private readonly since = new Map<string, number>();
  private readonly accepts = new Set<string>();
  private stopped: readonly string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onExpired  called when an offer has run out */
  constructor(onExpired: () => void) {
    this.onExpired = onExpired;
  }

  /** An accept has not been answered yet. */
  get accepting(): boolean {
    return this.accepts.size > 0;
  }

  isAccepting(callId: string): boolean {
    return this.accepts.has(callId);
  }

  beginAccept(callId: string): void {
    this.accepts.add(callId);
  }

  endAccept(callId: string): void {
    this.accepts.delete(callId);
  }

  /** It rang until what the server said last. */
  hasStopped(callId: string): boolean {
    return this.stopped.includes(callId);
  }

  /** Takes in what the server says. */
  follow(live: LiveState): void {
    const now = steadyNow();
    this.stopped = [...this.since.keys()].filter((callId) => !(callId in live.offers));
    for (const callId of this.stopped) this.since.delete(callId);
    for (const callId of Object.keys(live.offers)) if (!this.since.has(callId)) this.since.set(callId, now);
    clearTimeout(this.timer);
    const next = Math.min(...this.offers(live, now).map((offer) => offer.expiresAt ?? Number.POSITIVE_INFINITY));
    if (Number.isFinite(next)) this.timer = setTimeout(this.onExpired, next - now);
  }

  /** The offers that can still be answered, oldest first: one that cannot may be ringing at someone else. */
  offers(live: LiveState, now: number): readonly Offer[] {
    return Object.values(live.offers)
      .map((contact) => this.offer(contact, live.clockOffsetMs, now))
      .filter(({ accepting, expiresAt }) => accepting || (!live.stale && (expiresAt === undefined || expiresAt > now)));
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private offer(contact: ContactView, clockOffsetMs: number, now: number): Offer {
    const { offer, callId } = contact;
    return {
      contact,
      kind: offer?.kind ?? 'contact',
      since: this.since.get(callId) ?? now,
      expiresAt: offer?.expiresAt === undefined ? undefined : Date.parse(offer.expiresAt) - clockOffsetMs,
      accepting: this.accepts.has(callId),
    };
  }
}
