import { expect, test } from 'vitest';
import { consultEndedWords, problemText, revokedText } from './notices.ts';

test('closing the question for the screen is no problem', () => {
  expect(problemText({ what: 'screen', code: 'permission_denied' })).toBeUndefined();
  expect(problemText({ what: 'screen', code: 'failed' })).toBe('problem.screen');
});

test('the notice of a call without a relay is the same whatever the server answered', () => {
  expect(problemText({ what: 'relay', code: 'forbidden' })).toBe('problem.relay');
});

test('a known refusal of the server has words of its own, and any other refusal general ones', () => {
  expect(problemText({ what: 'transfer', code: 'not_found' })).toBe('problem.not_found');
  expect(problemText({ what: 'transfer', code: 'invalid' })).toBe('problem.server');
  expect(problemText({ what: 'consult', code: 'overloaded', retryAfterMs: 60_000 })).toBe('problem.overloaded');
});

test('an agent reads why a call no longer rings, but not what they have done themselves', () => {
  expect(revokedText('visitor_left')).toBe('revoked.visitor_left');
  expect(revokedText('accepted')).toBeUndefined();
  expect(revokedText('declined')).toBeUndefined();
});

test('an agent who has asked a colleague reads who did not come, with the name if there is one', () => {
  expect(consultEndedWords({ callId: 'c', colleague: { userId: 'ben', name: 'Ben' }, reason: 'missed' })).toEqual({
    text: 'consultEnded.missed',
    name: 'Ben',
  });
  expect(consultEndedWords({ callId: 'c', colleague: { userId: 'ben' }, reason: 'left' })).toEqual({ text: 'consultEnded.leftUnnamed' });
});
