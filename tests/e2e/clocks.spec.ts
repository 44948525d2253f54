// Computers whose clocks are wrong, or are set while somebody works: nothing of ours goes by them.
import type { BrowserContext } from '@playwright/test';
import { setClock, wrongClock } from './harness/clock.ts';
import { expect, test } from './harness/fixtures.ts';
import { talk } from './harness/people.ts';
import { wait } from './harness/queueing.ts';
import { shortenTokens } from './harness/tokens.ts';

const minutes = 60_000;
const day = 24 * 60 * minutes;
const clocks = [['a day behind', -day], ['ten minutes behind', -10 * minutes], ['ten minutes ahead', 10 * minutes], ['a day ahead', day]] as const;

for (const [how, wrong] of clocks) {
  test(`a clock that is set to ${how} while the desk is open shortens no ring and no call`, async ({ openAvailableAgent, openVisitor }) => {
    const prepare = (context: BrowserContext) => context.addInitScript(wrongClock, 0);
    const agent = await openAvailableAgent('first', { prepare });
    const visitor = await openVisitor({ prepare });
    await setClock(agent.page, wrong);
    await setClock(visitor.page, -wrong);

    await visitor.call();

    const left = agent.page.getByRole('timer', { name: 'Seconds left to answer' });
    await expect.poll(async () => Number(await left.textContent())).toBeGreaterThan(10);
    await agent.answer();
    await talk(visitor, agent);
    await setClock(agent.page, -wrong);
    await expect(agent.page.getByRole('banner').getByRole('timer', { name: /^Time in the call/ })).toHaveText(/^0?0:\d\d$/);
  });
}

test.describe('tokens that expire', () => {
  const secondsToLive = 8;
  test.use({ settings: { TOKEN_GRACE_SECONDS: '1' } });

  for (const [how, wrong] of clocks) {
    test(`are renewed, each once, on computers whose clocks are ${how}`, async ({ server, openAgent, openVisitor }) => {
      const renewals: string[][] = [];
      const expiries: (() => number)[] = [];
      const prepare = async (context: BrowserContext) => {
        const tokens: string[] = [];
        renewals.push(tokens);
        await context.addInitScript(wrongClock, wrong);
        expiries.push((await shortenTokens(context, server, secondsToLive)).lastExpiry);
        context.on('page', (page) => page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => {
          const { type, token } = JSON.parse(String(payload)) as { type: string; token?: string };
          if (type === 'refresh_token' && token) tokens.push(token);
        })));
      };
      const agent = await openAgent('first', { prepare });
      const visitor = await openVisitor({ prepare });
      await wait(visitor);
      const first = Math.max(...expiries.map((expiry) => expiry()));

      await expect.poll(() => Date.now() / 1000, { timeout: 30_000 }).toBeGreaterThan(first + secondsToLive);

      await visitor.sees('Waiting');
      await agent.isIn('Offline');
      for (const tokens of renewals) {
        expect(tokens.length).toBeGreaterThan(0);
        expect(new Set(tokens).size, 'no token is sent twice').toBe(tokens.length);
      }
    });
  }
});

test('an agent whose token expires reads on the sign-in page why they are there', async ({ server, openAgent }) => {
  const agent = await openAgent('first', { prepare: (context) => context.addInitScript(wrongClock, -day) });
  const token = server.sign({ id: 'agent-2', role: 'agent', name: 'Agent Two', company_id: 'demo', exp: Math.floor(Date.now() / 1000) - 60 });
  const kept = JSON.stringify({ token, userId: 'agent-2', name: 'Agent Two', demo: false });
  await agent.page.evaluate((session) => localStorage.setItem('calldocker.desk', session), kept);

  await agent.page.reload();

  await expect(agent.alerts).toContainText('It has expired');
  await expect(agent.page.getByRole('button', { name: 'Agent Two' })).toBeVisible();
});
