import { expect, it } from 'vitest';
import { message } from '../testing.ts';
import { errorOf, parseMessage } from './server-messages.ts';

it('a message of the server is read', () => {
  expect(parseMessage('{"type":"pong","seq":1}')).toEqual({ type: 'pong', seq: 1 });
});

it.each([
  ['bytes', new ArrayBuffer(2)],
  ['no JSON', '{'],
  ['no object', '"pong"'],
  ['nothing', 'null'],
  ['no type', '{"seq":1}'],
  ['no number', '{"type":"pong"}'],
])('anything else is no message: %s', (_, data) => {
  expect(parseMessage(data)).toBeUndefined();
});

it('a refusal says when to come back only as a number', () => {
  const refusal = { code: 'overloaded', message: 'too many' };

  expect(errorOf(message('error', 1, { ...refusal, retryAfterMs: 5 }))).toMatchObject({ code: 'overloaded', retryAfterMs: 5 });
  expect(errorOf(message('error', 1, { ...refusal, retryAfterMs: '5' })).retryAfterMs).toBeUndefined();
  expect(errorOf(message('error', 1, refusal)).message).toBe('too many');
});
