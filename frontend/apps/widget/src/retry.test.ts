import { expect, test } from 'vitest';
import { retryWords } from './retry.ts';

test.each([
  [undefined, 'retry.later', undefined],
  [0, 'retry.minutes', 1],
  [60_000, 'retry.minutes', 1],
  [60_001, 'retry.minutes', 2],
  [5_400_000, 'retry.minutes', 90],
  [5_400_001, 'retry.hours', 2],
  [7_200_000, 'retry.hours', 2],
  [7_200_001, 'retry.hours', 3],
] as const)('after %s ms a visitor reads %s %s', (ms, text, count) => {
  expect(retryWords(ms)).toEqual(count === undefined ? { text } : { text, values: { count } });
});
