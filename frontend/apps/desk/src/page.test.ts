import { afterEach, expect, test, vi } from 'vitest';
import { openPage, pageOf, pageToShow } from './page.ts';

afterEach(() => vi.unstubAllGlobals());

test('a page that is opened has an address of its own, once', () => {
  const pushState = vi.fn();
  vi.stubGlobal('location', { hash: '#live' });
  vi.stubGlobal('history', { state: 'kept', pushState });
  openPage('live');
  expect(pushState).not.toHaveBeenCalled();

  openPage('home');

  expect(pushState.mock.calls).toEqual([['kept', '', '#home']]);
});

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
