import { expect, test } from './harness/fixtures.ts';
import { Coturn } from '../harness/coturn.ts';
import { candidateTypes } from './harness/media.ts';
import { talk } from './harness/people.ts';

const relayTest = test.extend<{ coturn: Coturn }>({
  coturn: async ({}, use) => {
    const coturn = await Coturn.start();
    await use(coturn);
    await coturn.stop();
  },
  settings: async ({ coturn }, use) => { await use(coturn.settings); },
});

relayTest('callers who reach nothing but a TURN server hear each other through it', async ({ openAgent, openVisitor }) => {
  const agent = await openAgent('first', { relayOnly: true });
  await agent.goAvailable();
  const visitor = await openVisitor({ relayOnly: true });

  await visitor.call();
  await agent.answer();

  await talk(visitor, agent);
  expect(new Set([...(await candidateTypes(visitor.page)), ...(await candidateTypes(agent.page))])).toEqual(new Set(['relay']));
});
