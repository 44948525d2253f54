import { expect, test } from 'vitest';
import { fitting, nearlyFull } from './limit.ts';

test.each(['x', 'ж', 'ก', '漢', 'ש', '😀'])('a field takes as many of %s as of any other letter', (letter) => {
  expect([...fitting(letter.repeat(100), 60)]).toHaveLength(60);
  expect(fitting(letter.repeat(60), 60)).toBe(letter.repeat(60));
});

test('no letter is cut in two', () => {
  expect(fitting('ab😀', 3)).toBe('ab😀');
  expect(fitting('ab😀c', 3)).toBe('ab😀');
});

test('a field says how full it is when little is left', () => {
  expect(nearlyFull('x'.repeat(399), 500)).toBeUndefined();
  expect(nearlyFull('x'.repeat(400), 500)).toBe(400);
  expect(nearlyFull('😀'.repeat(250), 500)).toBeUndefined();
  expect(nearlyFull('x'.repeat(50), 60)).toBe(50);
  expect([899, 900].map((used) => nearlyFull('x'.repeat(used), 1000))).toEqual([undefined, 900]);
});
