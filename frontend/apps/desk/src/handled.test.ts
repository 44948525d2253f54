import { contact } from '@calldocker/mock-engine';
import { expect, test } from 'vitest';
import { addHandled, endingOf, type HandledCall, type OverCall } from './handled.ts';

const ended: OverCall & { phase: 'ended' } = {
  phase: 'ended',
  callId: 'call-1',
  channel: 'voice',
  contact: undefined,
  endReason: 'completed_agent',
  endedBy: 'agent',
  talkedMs: 60_000,
};

test('a call that has ended is listed once, newest first', () => {
  const first = addHandled([], ended, 1000);
  const both = addHandled(first, { ...ended, callId: 'call-2' }, 2000);

  expect(addHandled(both, ended, 3000).map(({ callId }) => callId)).toEqual(['call-2', 'call-1']);
});

test('what the server says of a listed call later puts it right', () => {
  const hungUp = addHandled([], { ...ended, endReason: undefined, endedBy: undefined, talkedMs: 59_000 }, 1000);

  expect(addHandled(hungUp, ended, 2000)).toEqual([{ callId: 'call-1', name: undefined, endedAt: 1000, talkedMs: 60_000, how: 'you' }]);
});

test('a call that was never talked is not a handled one', () => {
  expect(addHandled([], { ...ended, talkedMs: 0 }, 1000)).toEqual([]);
});

test('a call is listed when its wrap-up begins', () => {
  const wrapUp: OverCall = { ...ended, phase: 'wrapup', contact: contact(), wrapUpUntil: undefined, extensionsLeft: 0 };

  expect(addHandled([], wrapUp, 1000).map(({ name, talkedMs }) => [name, talkedMs])).toEqual([['Mia Berger', 60_000]]);
});

test('the list does not grow without end', () => {
  let list: readonly HandledCall[] = [];
  for (let index = 0; index < 250; index += 1) list = addHandled(list, { ...ended, callId: `call-${index}` }, index);

  expect(list).toHaveLength(200);
  expect(list[0]?.callId).toBe('call-249');
});

test('a lost connection is nobody hanging up', () => {
  expect(endingOf({ endReason: 'lost_visitor', endedBy: 'system' })).toBe('lost');
  expect(endingOf({ endReason: 'completed_visitor', endedBy: 'visitor' })).toBe('visitor');
  expect(endingOf({ endReason: undefined, endedBy: undefined })).toBe('system');
});
