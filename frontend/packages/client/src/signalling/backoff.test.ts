import { expect, it } from 'vitest';
import { limits } from '../limits.ts';
import { backoffMs, retryDelayMs } from './backoff.ts';

it('waits at most 250 ms before the first attempt, and twice as long before each next one', () => {
  expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, 1))).toEqual([250, 500, 1_000, 2_000]);
});

it('never waits for more than 10 s, however often it has failed', () => {
  expect([7, 20, 2_000].map((attempt) => backoffMs(attempt, 1))).toEqual([10_000, 10_000, 10_000]);
});

it('spreads attempts over the whole time', () => {
  expect([0, 0.5, 0.9].map((random) => backoffMs(10, random))).toEqual([0, 5_000, 9_000]);
});

it('waits as long as a server without room wants, and not for ever', () => {
  expect(retryDelayMs(1, 1)).toBe(250);
  expect(retryDelayMs(1, 0)).toBe(0);
  expect(retryDelayMs(7, 1, 4_000)).toBe(10_000);
  expect(retryDelayMs(7, 1, 40_000)).toBe(40_000);
  expect(retryDelayMs(7, 1, 10 * limits.retryAfterMaxMs)).toBe(limits.retryAfterMaxMs);
});
