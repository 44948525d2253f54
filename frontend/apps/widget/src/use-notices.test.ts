import { expect, test } from 'vitest';
import { noticeOf } from './use-notices.ts';

test.each([
  ['voicemail', 'unavailable', 'notice.voicemail'],
  ['voicemail', 'forbidden', 'notice.voicemailRefused'],
  ['voicemail', 'permission_denied', 'notice.microphone'],
  ['voicemail', 'forbidden_here', 'notice.forbidden'],
  ['microphone', 'permission_denied', 'notice.microphone'],
  ['microphone', 'no_device', 'notice.device'],
  ['callback', 'forbidden', 'notice.callbackRefused'],
  ['callback', 'conflict', 'notice.callback'],
  ['place', 'gone', 'notice.place'],
  ['screen', 'permission_denied', undefined],
  ['voicemail', 'not_found', 'notice.voicemailUnknown'],
  ['chat', 'conflict', 'notice.chatNobody'],
  ['chat', 'gone', 'notice.chat'],
  ['link', 'unavailable', 'notice.link'],
  ['relay', 'overloaded', 'notice.relay'],
  ['relay', 'forbidden', 'notice.relay'],
  ['queue_status', 'unavailable', undefined],
] as const)('of %s that comes to %s a visitor reads %s', (what, code, notice) => {
  expect(noticeOf({ what, code })?.text).toBe(notice);
});

test.each([
  [180_000, 'notice.retry.minutes', { count: 3 }],
  [undefined, 'notice.retry.later', undefined],
] as const)('of too much a visitor reads that it was, and when to come back: %s', (retryAfterMs, text, values) => {
  const problem = { code: 'overloaded', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };

  expect(noticeOf({ what: 'voicemail', ...problem })).toEqual(values ? { text, values } : { text });
  expect(noticeOf({ what: 'queue_status', ...problem })).toBeUndefined();
});
