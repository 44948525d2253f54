import { limits } from '../limits.ts';
import type { Quality, QualityWord } from './snapshot.ts';
import type { Counters } from './statistics.ts';

/** What one direction of a call was like. `delayMs` is one way; `lossPercent` 0 to 100. */
export interface Line {
  readonly delayMs: number;
  readonly lossPercent: number;
}

/** Opus with concealment: no impairment of its own, and this robust against loss. */
const impairment = 0;
const lossRobustness = 10;

/** The simplified E-model (ITU-T G.107). @returns R, 0 to 93.2 */
export function rFactor({ delayMs, lossPercent }: Line): number {
  const delay = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
  const loss = impairment + ((95 - impairment) * lossPercent) / (lossPercent + lossRobustness);
  return Math.max(0, 93.2 - delay - loss);
}

/** @returns the mean opinion score of R, 1 to 4.5 */
export function mosOf(r: number): number {
  return Math.max(1, 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r));
}

export function wordFor(mos: number): QualityWord {
  if (mos >= 4.1) return 'excellent';
  if (mos >= 3.9) return 'good';
  if (mos >= 3.5) return 'fair';
  return mos >= 3 ? 'poor' : 'bad';
}

/** Quality over time: one call of `measure` every 5 s. */
export class QualityMeter {
  private last: Counters | undefined;
  private recent: { at: number; mos: number }[] = [];

  /** @returns undefined until there are two sets of counters of one RTCPeerConnection, and packets between them */
  measure(now: number, counters: Counters): Quality | undefined {
    const before = this.last;
    this.last = counters;
    if (before === undefined || counters.received <= before.received) return undefined;
    const lost = Math.max(0, counters.lost - before.lost);
    const lossIn = (100 * lost) / (lost + counters.received - before.received);
    const lossOut = 100 * (counters.remoteFractionLost ?? 0);
    const emitted = counters.bufferEmitted - before.bufferEmitted;
    const bufferMs = emitted > 0 ? (1000 * (counters.bufferDelay - before.bufferDelay)) / emitted : 0;
    const rttMs = 1000 * counters.roundTrip;
    const lossPercent = Math.max(lossIn, lossOut);
    const mos = mosOf(rFactor({ delayMs: rttMs / 2 + bufferMs, lossPercent }));
    this.recent = [...this.recent.filter((one) => now - one.at < limits.worstQualityMs), { at: now, mos }];
    return {
      word: wordFor(mos),
      mos,
      rttMs,
      jitterMs: 1000 * counters.jitter,
      lossPercent,
      worstMos: Math.min(...this.recent.map((one) => one.mos)),
    };
  }

  /** A new RTCPeerConnection counts from zero. */
  restart(): void {
    this.last = undefined;
  }
}
