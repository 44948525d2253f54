import type { ChatMessage } from '@calldocker/protocol';
import { expect, test } from 'vitest';
import { lastNumber, unread } from './chat-view.ts';

const line = (number: number, userId: string): ChatMessage => ({
  number,
  from: { userId },
  party: userId === 'me' ? 'agent' : 'visitor',
  text: 'x',
  at: '2026-05-04T10:00:00.000Z',
});
const lines = [line(1, 'mia'), line(2, 'me'), line(3, 'mia'), line(4, 'mia')];

test('unread is what others have written since', () => {
  expect(unread(lines, { read: 1, me: 'me' })).toBe(2);
  expect(unread(lines, { read: lastNumber(lines), me: 'me' })).toBe(0);
});

test('one’s own lines are never unread', () => {
  expect(unread([line(1, 'me')], { read: 0, me: 'me' })).toBe(0);
  expect(lastNumber([])).toBe(0);
});
