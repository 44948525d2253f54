import { expect, it } from 'vitest';
import { countersOf, usesRelay } from './statistics.ts';

const report = (...entries: object[]) => new Map(entries.map((entry, index) => [`${index}`, entry])) as unknown as RTCStatsReport;

it('the counters are sums over the incoming audio, and the worst of its jitter', () => {
  const audio = { type: 'inbound-rtp', kind: 'audio' };

  const counters = countersOf(
    report(
      { ...audio, packetsReceived: 10, packetsLost: 1, jitter: 0.02, jitterBufferDelay: 3, jitterBufferEmittedCount: 100 },
      { ...audio, packetsReceived: 5, packetsLost: 2, jitter: 0.01, jitterBufferDelay: 4, jitterBufferEmittedCount: 200 },
      { type: 'inbound-rtp', kind: 'video', packetsReceived: 1_000, packetsLost: 1_000, jitter: 1 },
      { type: 'outbound-rtp', kind: 'audio', packetsReceived: 1_000 },
    ),
  );

  expect(counters).toEqual({
    received: 15,
    lost: 3,
    jitter: 0.02,
    roundTrip: 0,
    remoteFractionLost: undefined,
    bufferDelay: 7,
    bufferEmitted: 300,
  });
});

it('the loss that the other side reports is the worst of its audio, between none and all', () => {
  const remote = (fractionLost: number, kind = 'audio') => ({ type: 'remote-inbound-rtp', kind, fractionLost });
  const lost = (...entries: object[]) => countersOf(report(...entries)).remoteFractionLost;

  expect(lost(remote(0.2), remote(0.1))).toBe(0.2);
  expect(lost(remote(2))).toBe(1);
  expect(lost(remote(-1))).toBe(0);
  expect(lost(remote(0.5, 'video'))).toBeUndefined();
});

it('the round trip is that of the path in use', () => {
  const pair = { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.1 };
  const roundTrip = (...entries: object[]) => countersOf(report(...entries)).roundTrip;

  expect(roundTrip(pair, { ...pair, nominated: false, currentRoundTripTime: 0.2 })).toBe(0.1);
  expect(roundTrip(pair, { ...pair, state: 'failed', currentRoundTripTime: 0.2 })).toBe(0.1);
  expect(roundTrip({ ...pair, type: 'transport' })).toBe(0);
  expect(roundTrip({ ...pair, currentRoundTripTime: 'none' })).toBe(0);
});

it('a path runs over a relay only if its own end is one and the path is in use', () => {
  const relay = { type: 'local-candidate', candidateType: 'relay', id: 'r' };
  const pair = { type: 'candidate-pair', nominated: true, localCandidateId: 'r' };

  expect(usesRelay(report(relay, pair))).toBe(true);
  expect(usesRelay(report(pair, relay))).toBe(true);
  expect(usesRelay(report({ ...relay, candidateType: 'host' }, pair))).toBe(false);
  expect(usesRelay(report({ ...relay, type: 'remote-candidate' }, pair))).toBe(false);
  expect(usesRelay(report(relay, { ...pair, nominated: false }))).toBe(false);
  expect(usesRelay(report(relay, { ...pair, localCandidateId: 'h' }))).toBe(false);
  expect(usesRelay(report(relay, { ...pair, type: 'transport' }))).toBe(false);
});
