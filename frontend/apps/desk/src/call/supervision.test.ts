import { expect, test } from 'vitest';
import { isTalked, ownMode, participantText } from './supervision.ts';

const sue = { userId: 'sue', kind: 'supervision', mode: 'whisper', connected: true } as const;

test('a supervisor knows how they take part', () => {
  expect(ownMode({ participants: [sue] }, 'sue')).toBe('whisper');
  expect(ownMode({ participants: [sue] }, 'ben')).toBeUndefined();
  expect(ownMode(undefined, 'sue')).toBeUndefined();
});

test('everybody in a call is described in words', () => {
  expect(participantText(sue)).toBe('participant.whisper');
  expect(participantText({ kind: 'consult', connected: false })).toBe('participant.asked');
  expect(participantText({ kind: 'consult', connected: true })).toBe('participant.advises');
  expect(participantText({ kind: 'conference', connected: true })).toBe('participant.joined');
});

test('there is nothing to listen to before a call and after it', () => {
  expect(isTalked('held')).toBe(true);
  expect(isTalked('offering')).toBe(false);
  expect(isTalked('wrapup')).toBe(false);
});
