import { expect, test } from 'vitest';
import { hear, isOver, type LineCheck, startLineCheck, verdict } from './line-check.ts';

function hearAll(levels: readonly number[], startedAt = 0): LineCheck {
  return levels.reduce((check, level, index) => hear(check, level, startedAt + index * 50), startLineCheck(startedAt));
}

test('a voice is heard, and the call goes out a moment later', () => {
  const check = hearAll(Array(10).fill(0.5));

  expect(verdict(check, 500)).toBe('heard');
  expect(isOver(check, 500)).toBe(false);
  expect(isOver(check, 1200)).toBe(true);
});

test('a single click is not a voice', () => {
  const check = hearAll([0, 0.9, 0, 0, 0, 0, 0, 0]);

  expect(verdict(check, 400)).toBe('listening');
});

test('silence is said to be silence, and does not keep the call', () => {
  const check = hearAll(Array(120).fill(0.05));

  expect(verdict(check, 3000)).toBe('quiet');
  expect(isOver(check, 5999)).toBe(false);
  expect(isOver(check, 6000)).toBe(true);
});
