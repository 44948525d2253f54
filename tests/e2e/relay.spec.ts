import type { BrowserContext } from '@playwright/test';
import { Coturn } from '../harness/coturn.ts';
import { shortenCredentials } from './harness/credentials.ts';
import { type Call, expect, test as base } from './harness/fixtures.ts';
import { candidateTypes, connectionsOpened } from './harness/media.ts';
import { talk } from './harness/people.ts';

const SECONDS_TO_LIVE = 12;

const test = base.extend<{ coturn: Coturn }>({
  coturn: async ({}, use) => {
    const coturn = await Coturn.start();
    await use(coturn);
    await coturn.stop();
  },
  settings: async ({ coturn }, use) => { await use(coturn.settings); },
});

async function kindsOfPaths({ visitor, agent }: Call): Promise<Set<string>> {
  return new Set([...(await candidateTypes(visitor.page)), ...(await candidateTypes(agent.page))]);
}

test('callers who reach nothing but a TURN server hear each other through it', async ({ call }) => {
  const people = await call({ visitor: { relayOnly: true }, agent: { relayOnly: true } });

  expect(await kindsOfPaths(people)).toEqual(new Set(['relay']));
});

test('a call through a relay outlives its credentials one after another, and even the relay', { tag: '@long' }, async ({ coturn, call }) => {
  test.slow();
  const issued: { expiries: number[] }[] = [];
  const arrival = { relayOnly: true, prepare: async (context: BrowserContext) => issued.push(await shortenCredentials(context, coturn, SECONDS_TO_LIVE)) };
  const people = await call({ visitor: arrival, agent: arrival });
  const opened = () => Promise.all([connectionsOpened(people.visitor.page), connectionsOpened(people.agent.page)]);
  const openedBefore = await opened();
  const threeHaveExpired = () => issued.every(({ expiries: [, , third = Infinity] }) => Date.now() / 1000 > third);

  await expect.poll(threeHaveExpired, { timeout: 4 * SECONDS_TO_LIVE * 1000 }).toBe(true);
  await talk(people.visitor, people.agent);
  // With the relay go the paths through it: the next ones take an ICE restart, and credentials that hold.
  await coturn.restart();

  await talk(people.visitor, people.agent, 30_000);
  expect(await kindsOfPaths(people)).toEqual(new Set(['relay']));
  expect(await opened(), 'the same connections, on new paths').toEqual(openedBefore);
});
