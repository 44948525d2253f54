import { expect, test } from 'vitest';
import { wave } from './wave.ts';

test('a wave says how long it is, and has the mean of its channels', () => {
  const bytes = new DataView(wave([new Float32Array([1, 0.5, -3]), new Float32Array([1, -0.5, -3])], 24_000));
  const text = (at: number) => String.fromCharCode(...[0, 1, 2, 3].map((offset) => bytes.getUint8(at + offset)));

  expect([text(0), text(8), text(12), text(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
  expect(bytes.byteLength).toBe(44 + 6);
  expect(bytes.getUint32(4, true)).toBe(bytes.byteLength - 8);
  expect([bytes.getUint32(24, true), bytes.getUint32(28, true), bytes.getUint32(40, true)]).toEqual([24_000, 48_000, 6]);
  // One channel of PCM: the length of this part, the format, the channels, the bytes of a sample, its bits.
  expect(bytes.getUint32(16, true)).toBe(16);
  expect([20, 22, 32, 34].map((at) => bytes.getUint16(at, true))).toEqual([1, 1, 2, 16]);
  expect([0, 1, 2].map((index) => bytes.getInt16(44 + index * 2, true))).toEqual([32_767, 0, -32_767]);
});

test('a channel that is shorter than the first is silent after its end', () => {
  const bytes = new DataView(wave([new Float32Array([0.5, 0.5]), new Float32Array([0.5])], 24_000));

  expect([0, 1].map((index) => bytes.getInt16(44 + index * 2, true))).toEqual([16_384, 8_192]);
});
