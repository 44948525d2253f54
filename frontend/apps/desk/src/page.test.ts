import { expect, test } from 'vitest';
import { pageOf, pageToShow } from './page.ts';

test('the address names a page, or none', () => {
  expect(pageOf('#live')).toBe('live');
  expect(pageOf('#page')).toBeUndefined();
  expect(pageOf('')).toBeUndefined();
});

test('the page of the call goes home with the call', () => {
  expect(pageToShow('call', { inCall: true, supervisor: false })).toBe('call');
  expect(pageToShow('call', { inCall: false, supervisor: false })).toBe('home');
});

test('only supervisors watch', () => {
  expect(pageToShow('live', { inCall: false, supervisor: true })).toBe('live');
  expect(pageToShow('wallboard', { inCall: false, supervisor: false })).toBe('home');
});
