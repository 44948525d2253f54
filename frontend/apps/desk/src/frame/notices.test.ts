import { expect, test } from 'vitest';
import { consultEndedWords, problemText, revokedText } from './notices.ts';

test('closing the question for the screen is no problem', () => {
  expect(problemText({ what: 'screen', code: 'permission_denied' })).toBeUndefined();
  expect(problemText({ what: 'screen', code: 'failed' })).toBe('problem.screen');
});

test('a call without a relay is told of as that, whatever the server answered', () => {
  expect(problemText({ what: 'relay', code: 'forbidden' })).toBe('problem.relay');
});

test('what the server says is told in its own words, and anything else in general ones', () => {
  expect(problemText({ what: 'transfer', code: 'not_found' })).toBe('problem.not_found');
  expect(problemText({ what: 'transfer', code: 'invalid' })).toBe('problem.server');
  expect(problemText({ what: 'consult', code: 'overloaded', retryAfterMs: 60_000 })).toBe('problem.overloaded');
});

test('an agent is told why it rings no longer, but not what they have done themselves', () => {
  expect(revokedText('visitor_left')).toBe('revoked.visitor_left');
  expect(revokedText('accepted')).toBeUndefined();
  expect(revokedText('declined')).toBeUndefined();
});

test('who has asked a colleague is told who did not come, with the name where there is one', () => {
  expect(consultEndedWords({ callId: 'c', colleague: { userId: 'ben', name: 'Ben' }, reason: 'missed' })).toEqual({
    text: 'consultEnded.missed',
    name: 'Ben',
  });
  expect(consultEndedWords({ callId: 'c', colleague: { userId: 'ben' }, reason: 'left' })).toEqual({ text: 'consultEnded.leftUnnamed' });
});
