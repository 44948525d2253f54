import { expect, test } from 'vitest';
import { averageTalkMs, servedQueues } from './day.ts';

test('the average is per contact, and there is none before the first', () => {
  expect(averageTalkMs({ handled: 4, talkedMs: 1_000_001 })).toBe(250_000);
  expect(averageTalkMs({ handled: 0, talkedMs: 0 })).toBeUndefined();
  expect(averageTalkMs({})).toBeUndefined();
});

test('an agent sees the queues they serve, the fullest first', () => {
  const queue = (queueId: string, waiting: number) => ({ queueId, name: queueId, open: true, waiting, free: 0 });
  const mine = ['a', 'b', 'c'].map((queueId) => ({ queueId, name: queueId }));

  expect(servedQueues(mine, [queue('b', 3), queue('c', 1), queue('other', 9)]).map(({ queueId }) => queueId)).toEqual(['b', 'c', 'a']);
});

test('the queues are there before it is known how they are', () => {
  expect(servedQueues([{ queueId: 'a', name: 'A' }], undefined)).toEqual([{ queueId: 'a', name: 'A', now: undefined }]);
});
