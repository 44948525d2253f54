import { expect, test } from 'vitest';
import { durationAttribute, formatTimer, untilNextSecond } from './time.ts';

test('a timer shows minutes and seconds, and hours when there are any', () => {
  expect(formatTimer(7_999)).toBe('0:07');
  expect(formatTimer(754_000)).toBe('12:34');
  expect(formatTimer(3_723_000)).toBe('1:02:03');
  expect(formatTimer(3_599_999)).toBe('59:59');
  expect(formatTimer(3_600_000)).toBe('1:00:00');
});

test('a time before the start shows as zero', () => {
  expect(formatTimer(-1)).toBe('0:00');
  expect(durationAttribute(-1)).toBe('PT0S');
});

test('the next tick is when the next second begins', () => {
  expect(untilNextSecond(0)).toBe(1000);
  expect(untilNextSecond(1_250)).toBe(750);
  expect(untilNextSecond(-250)).toBe(250);
});
