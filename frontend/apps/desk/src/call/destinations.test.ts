import { expect, test } from 'vitest';
import { destinations, sameDestination } from './destinations.ts';

const agent = (userId: string, free: boolean, name?: string) => ({ userId, free, label: 'available', ...(name ? { name } : {}) }) as const;
const queue = (name: string, free: number, open = true) => ({ queueId: name.toLowerCase(), name, open, waiting: 0, free });
const directory = {
  queues: [queue('Billing', 0), queue('Support', 2), queue('Advice', 3, false)],
  agents: [agent('ben', false, 'Ben'), agent('cleo', true, 'Cleo'), agent('amina', true, 'Amina')],
};
const names = (query: string, without?: string) => {
  const found = destinations(directory, { query, without });
  return [found.queues.map(({ name }) => name), found.agents.map(({ name }) => name)];
};

test('agents who can take a call now come first, then by name', () => {
  expect(names('')).toEqual([
    ['Support', 'Advice', 'Billing'],
    ['Amina', 'Cleo', 'Ben'],
  ]);
});

test('a part of the name finds it, in any case', () => {
  expect(names(' bIl ')).toEqual([['Billing'], []]);
});

test('nobody hands a call to themselves', () => {
  expect(names('', 'amina')[1]).toEqual(['Cleo', 'Ben']);
});

test('an agent and a queue with the same id are not the same', () => {
  expect(sameDestination({ queueId: 'x' }, { queueId: 'x' })).toBe(true);
  expect(sameDestination({ queueId: 'x' }, { agentId: 'x' })).toBe(false);
  expect(sameDestination(undefined, { agentId: 'x' })).toBe(false);
  expect(sameDestination({ agentId: 'x' }, { agentId: 'x' })).toBe(true);
  expect(sameDestination({ agentId: 'x' }, { agentId: 'y' })).toBe(false);
  expect(sameDestination({ agentId: 'x' }, { queueId: 'x' })).toBe(false);
  expect(sameDestination({ queueId: 'x' }, { queueId: 'y' })).toBe(false);
});
