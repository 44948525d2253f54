import { expect, test } from 'vitest';
import { choosableReasons, systemText } from './words.ts';

test('the company decides which reasons can be chosen', () => {
  const own = [{ reason: 'DOG', name: 'Out with the dog', maxMinutes: 20 }];

  expect(choosableReasons(own)).toEqual(own);
});

test('without a word from the company there are the usual reasons', () => {
  expect(choosableReasons(undefined).map(({ reason }) => reason)).toContain('BREAK');
  expect(choosableReasons([]).length).toBeGreaterThan(0);
});

test('nobody chooses a reason of the system', () => {
  const all = [
    { reason: 'BREAK', name: '' },
    { reason: 'SYS_RONA', name: '' },
  ];

  expect(choosableReasons(all).map(({ reason }) => reason)).toEqual(['BREAK']);
});

test('the system explains itself, also for a reason that this page does not know', () => {
  expect(systemText('SYS_RONA')).toBe('sys.SYS_RONA');
  expect(systemText('SYS_NEW')).toBe('sys.other');
  expect(systemText('BREAK')).toBeUndefined();
  expect(systemText(undefined)).toBeUndefined();
});
