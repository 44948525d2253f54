import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { initialLiveState } from '../signalling/reduce.ts';
import type { LiveState } from '../signalling/types.ts';
import { contact, timestamp } from '../testing.ts';
import { Ringing } from './ringing.ts';

const now = Date.parse(timestamp);
const expiresAt = (ms: number): string => new Date(now + ms).toISOString();
const ringing = (until: string | undefined, changes: Partial<LiveState> = {}): LiveState => {
  const view = contact({
    you: 'offered',
    offer: { kind: 'consult', since: timestamp, ...(until === undefined ? {} : { expiresAt: until }) },
  });
  return { ...initialLiveState, stale: false, offers: { 'call-1': view }, ...changes };
};

let expired: number;
let rings: Ringing;
beforeEach(() => {
  vi.useFakeTimers({ now });
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
    const live = ringing(expiresAt(20_000), { clockOffsetMs: 5_000 });
    rings.follow(live);
    vi.advanceTimersByTime(1_000);

    expect(rings.offers(live, Date.now())).toMatchObject([{ kind: 'consult', since: now, expiresAt: now + 15_000, accepting: false }]);
  });

  it('rings no longer than its time, though nothing has been heard', () => {
    const live = ringing(expiresAt(20_000));
    rings.follow(live);
    vi.advanceTimersByTime(20_000);

    expect(expired).toBe(1);
    expect(rings.offers(live, Date.now())).toEqual([]);
  });

  it('rings as long as the contact waits when it has no end', () => {
    const live = ringing(undefined);
    rings.follow(live);
    vi.advanceTimersByTime(600_000);

    expect(rings.offers(live, Date.now())).toHaveLength(1);
  });

  it('does not ring while nobody knows whether it still does, unless it is being accepted', () => {
    const live = ringing(undefined, { stale: true });
    rings.follow(live);
    expect(rings.offers(live, now)).toEqual([]);

    rings.beginAccept('call-1');

    expect(rings.offers(live, now)).toMatchObject([{ accepting: true }]);
  });
});
