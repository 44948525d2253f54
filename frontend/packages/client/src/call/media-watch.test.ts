import { describe, expect, it } from 'vitest';
import { type Sample, startWatch, type Watch, watchMedia } from './media-watch.ts';

const flowing = (packets: number): Sample => ({ ice: 'connected', packets, signalling: true });
const up: Watch = watchMedia(startWatch(0), flowing(1), 0).watch;

/** Looks every 500 ms. @returns what was done, and when */
function run(from: Watch, untilMs: number, sample: (at: number) => Sample): { watch: Watch; done: [number, string][] } {
  const done: [number, string][] = [];
  let watch = from;
  for (let at = 500; at <= untilMs; at += 500) {
    const step = watchMedia(watch, sample(at), at);
    watch = step.watch;
    if (step.remedy) done.push([at, step.remedy]);
  }
  return { watch, done };
}

describe('the watch over the media', () => {
  it('finds media up with the first packet, and leaves it alone while packets come', () => {
    const { watch, done } = run(up, 60_000, (at) => flowing(at));

    expect(watch.up).toBe(true);
    expect(done).toEqual([]);
  });

  it('restarts ICE after 5 s without a packet', () => {
    const { watch, done } = run(up, 5_500, () => flowing(1));

    expect(watch.up).toBe(false);
    expect(done).toEqual([[5_000, 'restart']]);
  });

  it('restarts ICE after 3 s of being disconnected', () => {
    const { done } = run(up, 4_000, () => ({ ice: 'disconnected', packets: 1, signalling: true }));

    expect(done).toEqual([[3_500, 'restart']]);
  });

  it('restarts ICE at once when it has failed', () => {
    expect(run(up, 500, () => ({ ice: 'failed', packets: 1, signalling: true })).done).toEqual([[500, 'restart']]);
  });

  it('tries three times in 30 s, the third time with a new connection', () => {
    const { done } = run(up, 30_000, () => ({ ice: 'failed', packets: 1, signalling: true }));

    expect(done).toEqual([
      [500, 'restart'],
      [10_500, 'restart'],
      [20_500, 'rebuild'],
    ]);
  });

  it('tries three times as well where media has never come', () => {
    const { done } = run(startWatch(0), 30_000, () => flowing(0));

    expect(done.map(([, what]) => what)).toEqual(['restart', 'restart', 'rebuild']);
  });

  it('tries nothing while signalling is away, and then at once', () => {
    const { done } = run(up, 20_000, (at) => ({ ice: 'failed', packets: 1, signalling: at > 12_000 }));

    expect(done).toEqual([[12_500, 'restart']]);
  });

  it('takes a short interruption for what it is', () => {
    const { done } = run(up, 20_000, (at) => ({ ice: at < 3_000 ? 'disconnected' : 'connected', packets: at, signalling: true }));

    expect(done).toEqual([]);
  });

  it('is up again when packets come again, be their count a new one', () => {
    const lost = run(up, 6_000, () => flowing(500)).watch;

    expect(watchMedia({ ...lost, up: false }, flowing(3), 6_500).watch.up).toBe(true);
  });
});
