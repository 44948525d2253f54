import { describe, expect, it } from 'vitest';
import { limits } from '../limits.ts';
import { message } from '../testing.ts';
import { EarlyRelays } from './early-relays.ts';

const candidate = (fromUserId: string, seq: number, callId = 'call-1') =>
  message('ice_candidate', seq, { fromUserId, candidate: null, callId });

describe('relays of connections that are not known yet', () => {
  it('wait for theirs, in order, and are given once', () => {
    const early = new EarlyRelays();
    for (const relay of [candidate('a', 1), candidate('b', 2), candidate('a', 3), candidate('a', 4, 'call-2')]) early.add(relay);

    expect(early.take('call-1', 'a').map(({ seq }) => seq)).toEqual([1, 3]);
    expect(early.take('call-1', 'a')).toEqual([]);
    expect(early.take('call-1', 'b')).toHaveLength(1);
  });

  it('are bounded: the oldest go first', () => {
    const early = new EarlyRelays();
    for (let seq = 0; seq <= limits.earlyRelaysMax; seq += 1) early.add(candidate('a', seq));
    const taken = early.take('call-1', 'a');

    expect(taken).toHaveLength(limits.earlyRelaysMax);
    expect(taken[0]?.seq).toBe(1);
  });

  it('of a call that is over are forgotten', () => {
    const early = new EarlyRelays();
    early.add(candidate('a', 1));
    early.forget('call-1');

    expect(early.take('call-1', 'a')).toEqual([]);
  });
});
