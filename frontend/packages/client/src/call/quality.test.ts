import { describe, expect, it } from 'vitest';
import { mosOf, QualityMeter, rFactor, wordFor } from './quality.ts';
import type { Counters } from './statistics.ts';

const counters = (received: number, lost: number, more: Partial<Counters> = {}): Counters => ({
  received,
  lost,
  jitter: 0.004,
  roundTrip: 0.2,
  remoteFractionLost: undefined,
  bufferDelay: 0,
  bufferEmitted: 0,
  ...more,
});

describe('the E-model', () => {
  it('gives R 82.16 and MOS 4.10 for 100 ms and 1 % loss', () => {
    const r = rFactor({ delayMs: 100, lossPercent: 1 });

    expect(r).toBeCloseTo(82.16, 2);
    expect(mosOf(r)).toBeCloseTo(4.1, 2);
  });

  it('counts delay beyond 177.3 ms harder', () => {
    expect(rFactor({ delayMs: 277.3, lossPercent: 0 })).toBeCloseTo(93.2 - 0.024 * 277.3 - 11, 6);
  });

  it('has a word for every score', () => {
    expect([4.4, 4.0, 3.6, 3.1, 1.5].map(wordFor)).toEqual(['excellent', 'good', 'fair', 'poor', 'bad']);
  });
});

describe('the quality of a call', () => {
  it('is that of the last interval, not of the whole call', () => {
    const meter = new QualityMeter();
    meter.measure(0, counters(1_000, 500));
    const quality = meter.measure(5_000, counters(1_099, 501));

    expect(quality).toMatchObject({ rttMs: 200, jitterMs: 4, lossPercent: 1, word: 'excellent' });
  });

  it('is that of the worse direction', () => {
    const meter = new QualityMeter();
    meter.measure(0, counters(0, 0));

    expect(meter.measure(5_000, counters(250, 0, { remoteFractionLost: 0.1 }))?.lossPercent).toBe(10);
  });

  it('remembers the worst for 30 s', () => {
    const meter = new QualityMeter();
    meter.measure(0, counters(0, 0));
    const bad = meter.measure(5_000, counters(100, 100));
    const soon = meter.measure(30_000, counters(200, 100));
    const later = meter.measure(35_001, counters(300, 100));

    expect(soon?.worstMos).toBe(bad?.mos);
    expect(later?.worstMos).toBe(later?.mos);
  });

  it('is unknown while nothing comes, and after a change of the connection', () => {
    const meter = new QualityMeter();
    meter.measure(0, counters(100, 0));
    expect(meter.measure(5_000, counters(100, 0))).toBeUndefined();
    meter.restart();

    expect(meter.measure(10_000, counters(50, 0))).toBeUndefined();
  });
});
