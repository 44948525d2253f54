import { expect, test } from 'vitest';
import { noticeOf } from './use-notices.ts';

test.each([
  ['voicemail', 'unavailable', 'notice.voicemail'],
  ['voicemail', 'forbidden', 'notice.voicemailRefused'],
  ['voicemail', 'permission_denied', 'notice.microphone'],
  ['microphone', 'permission_denied', 'notice.microphone'],
  ['microphone', 'no_device', 'notice.device'],
  ['callback', 'forbidden', 'notice.callbackRefused'],
  ['callback', 'conflict', 'notice.callback'],
  ['place', 'gone', 'notice.place'],
  ['screen', 'permission_denied', undefined],
  ['relay', 'overloaded', 'notice.relay'],
  ['relay', 'forbidden', 'notice.relay'],
  ['queue_status', 'unavailable', undefined],
] as const)('of %s that comes to %s a visitor reads %s', (what, code, notice) => {
  expect(noticeOf({ what, code })).toBe(notice);
});
