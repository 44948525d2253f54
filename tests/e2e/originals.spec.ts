// Pages of the first kind and ours in one call: an embedder can replace one side at a time.
import { expect, test as base } from './harness/fixtures.ts';
import { DOCUMENTED_TOKEN, type OriginalPerson, OriginalSite } from './harness/original.ts';
import { callAndTalk, TONES } from './harness/people.ts';

interface Arrival { tone?: number; token?: string }

const test = base.extend<{ openOriginal: (role: 'agent' | 'user', arrival?: Arrival) => Promise<OriginalPerson> }>({
  openOriginal: async ({ server, openComputer }, use) => {
    const site = await OriginalSite.start(server);
    await use(async (role, { tone = role === 'agent' ? TONES.agent : TONES.visitor, token } = {}) => site.open(await openComputer({ tone }), role, token));
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

test.describe('with the token that every visitor of an original page carries', () => {
  test.use({ settings: { NODE_ENV: 'production', ACCEPT_ANONYMOUS_CUSTOMERS: '1', REGISTERED_COMPANIES_ONLY: '1', COMPANIES: 'default' } });

  test('three pages are three visitors: two talk to an agent each, and the third hears nothing of it', async ({ server, openOriginal }) => {
    const agentToken = (id: string) => server.sign({ id, role: 'agent', company_id: 'default' });
    const firstAgent = await openOriginal('agent', { token: agentToken('agent-1') });
    const first = await openOriginal('user', { token: DOCUMENTED_TOKEN });
    const second = await openOriginal('user', { token: DOCUMENTED_TOKEN, tone: TONES.secondVisitor });
    const third = await openOriginal('user', { token: DOCUMENTED_TOKEN, tone: TONES.supervisor });

    await callAndTalk(first, firstAgent);
    const secondAgent = await openOriginal('agent', { token: agentToken('agent-2'), tone: TONES.secondAgent });
    await callAndTalk(second, secondAgent);

    await first.hears(firstAgent);
    await firstAgent.hears(first);
    await expect(third.status).toHaveText('Online');
    expect(third.told('webrtc_answer')).toEqual([]);
    const own = [first, second, third].map((visitor) => visitor.told('connection_established')[0]?.userId);
    expect(new Set(own).size).toBe(3);

    await second.hangUp();
    await secondAgent.sees('Call ended');
    await first.hears(firstAgent);
    await firstAgent.hears(first);
  });
});
