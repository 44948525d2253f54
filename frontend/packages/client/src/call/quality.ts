import { limits } from '../limits.ts';
import type { Quality, QualityWord } from './types.ts';

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

/** Counters of getStats() that grow during a call, and the gauges beside them. Times in seconds, as there. */
export interface Counters {
  readonly received: number;
  readonly lost: number;
  readonly jitter: number;
  readonly roundTrip: number;
  /** What the other side reports to have lost of ours, 0 to 1; undefined before its first report. */
  readonly remoteFractionLost: number | undefined;
  /** The jitter buffer's delay, summed over what it emitted, and how much that was. */
  readonly bufferDelay: number;
  readonly bufferEmitted: number;
}

/** Reads the counters of the audio of one RTCPeerConnection. */
export function countersOf(report: RTCStatsReport): Counters {
  let counters: Counters = {
    received: 0,
    lost: 0,
    jitter: 0,
    roundTrip: 0,
    remoteFractionLost: undefined,
    bufferDelay: 0,
    bufferEmitted: 0,
  };
  report.forEach((entry: Record<string, unknown>) => {
    const number = (name: string): number => (typeof entry[name] === 'number' ? entry[name] : 0);
    if (entry.type === 'inbound-rtp' && entry.kind === 'audio') {
      counters = {
        ...counters,
        received: counters.received + number('packetsReceived'),
        lost: counters.lost + number('packetsLost'),
        jitter: Math.max(counters.jitter, number('jitter')),
        bufferDelay: counters.bufferDelay + number('jitterBufferDelay'),
        bufferEmitted: counters.bufferEmitted + number('jitterBufferEmittedCount'),
      };
    } else if (entry.type === 'remote-inbound-rtp' && entry.kind === 'audio') {
      const fraction = Math.min(1, Math.max(0, number('fractionLost')));
      counters = { ...counters, remoteFractionLost: Math.max(counters.remoteFractionLost ?? 0, fraction) };
    } else if (entry.type === 'candidate-pair' && entry.nominated === true && entry.state === 'succeeded') {
      counters = { ...counters, roundTrip: number('currentRoundTripTime') };
    }
  });
  return counters;
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
