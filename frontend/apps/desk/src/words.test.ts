import { expect, test } from 'vitest';
import { choosableReasons, reasonText, stateText, systemText } from './words.ts';

/** Says which text it was asked for, and with which words in it. */
const t = ((key: string, values?: { reason: string }) => [key, ...(values ? [values.reason] : [])].join(' ')) as unknown as Parameters<
  typeof stateText
>[0];
const own = [{ reason: 'DOG', name: 'Out with the dog' }];

test('a reason has the name that the company gave it, or else its own', () => {
  expect(reasonText(t, 'DOG', own)).toBe('Out with the dog');
  expect(reasonText(t, 'CAT', own)).toBe('CAT');
  expect(reasonText(t, 'DOG', [{ reason: 'DOG', name: '' }])).toBe('DOG');
});

test('a state has its reason where it is one that has reasons', () => {
  expect(stateText(t, { label: 'not_ready', reason: 'DOG' }, own)).toBe('state.notReadyFor Out with the dog');
  expect(stateText(t, { label: 'system', reason: 'DOG' }, own)).toBe('Out with the dog');
  expect(stateText(t, { label: 'on_call', reason: 'DOG' }, own)).toBe('state.on_call');
  expect(stateText(t, { label: 'not_ready' }, own)).toBe('state.not_ready');
});

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
