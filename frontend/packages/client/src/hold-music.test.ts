import { describe, expect, it } from 'vitest';
// The generator is plain JavaScript, run by node alone.
// @ts-expect-error it has no types
import { holdMusic, sampleRate, wavOf } from '../tools/hold-music.mjs';

const samples: Float32Array = holdMusic();
const loudest = (some: Float32Array): number => some.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

describe('the music on hold', () => {
  it('is 20 s long, heard all the time, and never too loud', () => {
    expect(samples.length / sampleRate).toBe(20);
    for (let second = 0; second < 20; second += 1) {
      const peak = loudest(samples.slice(second * sampleRate, (second + 1) * sampleRate));
      expect(peak).toBeGreaterThan(0.05);
      expect(peak).toBeLessThan(0.9);
    }
  });

  it('loops without a seam: the step over the end is no larger than those within', () => {
    const steps = samples.map((sample, index) => (samples[(index + 1) % samples.length] ?? 0) - sample);

    expect(Math.abs(steps.at(-1) ?? 1)).toBeLessThan(loudest(steps.slice(0, -1)));
  });

  it('is a WAV file of less than 350 kB', () => {
    const file: Buffer = wavOf(samples);

    expect(file.subarray(0, 4).toString()).toBe('RIFF');
    expect(file.readUInt32LE(40)).toBe(file.length - 44);
    expect(file.length).toBeLessThan(350_000);
  });
});
