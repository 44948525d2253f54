import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { initialLiveState } from '../signalling/reduce.ts';
import type { LiveState } from '../signalling/types.ts';
import { steadyNow } from '../steady.ts';
import { contact, timestamp } from '../testing.ts';
import { Ringing } from './ringing.ts';

/** By the server's clock; this page's has nothing to do with it. */
const now = Date.parse(timestamp);
const expiresAt = (ms: number): string => new Date(now + ms).toISOString();
let begunAt: number;
const ringing = (until: string | undefined, changes: Partial<LiveState> = {}): LiveState => {
  const view = contact({
    you: 'offered',
    offer: { kind: 'consult', since: timestamp, ...(until === undefined ? {} : { expiresAt: until }) },
  });
  return { ...initialLiveState, stale: false, clockOffsetMs: now - begunAt, offers: { 'call-1': view }, ...changes };
};

let expired: number;
let rings: Ringing;
beforeEach(() => {
  vi.useFakeTimers();
  begunAt = steadyNow();
  expired = 0;
  rings = new Ringing(() => {
    expired += 1;
  });
});
afterEach(() => {
  rings.stop();
  vi.useRealTimers();
});

describe('an offer', () => {
  it('tells what is asked, since when, and until when on this clock', () => {
    const live = ringing(expiresAt(20_000));
    rings.follow(live);
    vi.advanceTimersByTime(1_000);

    const asked = { kind: 'consult', since: begunAt, expiresAt: begunAt + 20_000, accepting: false };
    expect(rings.offers(live, steadyNow())).toMatchObject([asked]);
  });

  it.each([-86_400_000, -600_000, 600_000, 86_400_000])('rings as long when the computer’s clock is set by %i ms meanwhile', (ms) => {
    const live = ringing(expiresAt(20_000));
    rings.follow(live);

    vi.setSystemTime(Date.now() + ms);
    rings.follow(live);
    vi.advanceTimersByTime(19_999);

    expect(rings.offers(live, steadyNow())).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect([expired, rings.offers(live, steadyNow())]).toEqual([1, []]);
  });

  it('rings no longer than its time, though nothing has been heard', () => {
    const live = ringing(expiresAt(20_000));
    rings.follow(live);
    vi.advanceTimersByTime(20_000);

    expect(expired).toBe(1);
    expect(rings.offers(live, steadyNow())).toEqual([]);
  });

  it('rings as long as the contact waits when it has no end', () => {
    const live = ringing(undefined);
    rings.follow(live);
    vi.advanceTimersByTime(600_000);

    expect(rings.offers(live, steadyNow())).toHaveLength(1);
  });

  it('does not ring while nobody knows whether it still does, unless it is being accepted', () => {
    const live = ringing(undefined, { stale: true });
    rings.follow(live);
    expect(rings.offers(live, begunAt)).toEqual([]);

    rings.beginAccept('call-1');

    expect(rings.offers(live, begunAt)).toMatchObject([{ accepting: true }]);
  });
});
