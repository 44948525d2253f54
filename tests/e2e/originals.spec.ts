// Pages of the first kind and ours in one call: an embedder can replace one side at a time.
import { expect, test as base } from './harness/fixtures.ts';
import { type OriginalPerson, OriginalSite } from './harness/original.ts';
import { callAndTalk, TONES } from './harness/people.ts';

const test = base.extend<{ openOriginal: (role: 'agent' | 'user') => Promise<OriginalPerson> }>({
  openOriginal: async ({ server, openComputer }, use) => {
    const site = await OriginalSite.start(server);
    await use(async (role) => site.open(await openComputer({ tone: role === 'agent' ? TONES.agent : TONES.visitor }), role));
    await site.stop();
  },
});

test('a visitor at an original page calls an agent at our desk', async ({ openOriginal, openAvailableAgent }) => {
  const agent = await openAvailableAgent('first');
  const visitor = await openOriginal('user');

  await callAndTalk(visitor, agent);
  await agent.hangUp();

  await visitor.sees('Call ended');
  expect(visitor.consoleErrors).toEqual([]);
});

test('a visitor with our widget calls an agent at an original page', async ({ openOriginal, openVisitor }) => {
  const agent = await openOriginal('agent');
  const visitor = await openVisitor();

  await callAndTalk(visitor, agent);
  await agent.hangUp();

  await visitor.sees('Call ended');
  expect(agent.consoleErrors).toEqual([]);
});

test('two original pages talk to each other', async ({ openOriginal }) => {
  const agent = await openOriginal('agent');
  const visitor = await openOriginal('user');

  await callAndTalk(visitor, agent);
  await visitor.hangUp();

  await agent.sees('Call ended');
});
