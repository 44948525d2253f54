import { expect, test } from './harness/fixtures.ts';
import { openComputer } from './harness/browser.ts';
import { talk, TONES, Visitor } from './harness/people.ts';
import { shortenTokens } from './harness/tokens.ts';

const SECONDS_TO_LIVE = 4;

test('a token that expires in the middle of a call does not end it', async ({ server, openAgent }) => {
  const agent = await openAgent('first');
  await agent.goAvailable();
  const computer = await openComputer({ tone: TONES.visitor });
  const issued = await shortenTokens(computer.context, server, SECONDS_TO_LIVE);
  const page = await computer.context.newPage();
  await page.goto(server.url);
  const visitor = new Visitor(server, computer, page, TONES.visitor);
  await visitor.call();
  await agent.answer();
  await talk(visitor, agent);
  const duringTheCall = issued.lastExpiry();
  expect(duringTheCall).toBeGreaterThan(0);

  await expect.poll(() => Date.now() / 1000, { timeout: 15_000 }).toBeGreaterThan(duringTheCall + 1);

  await talk(visitor, agent);
  await visitor.hangUp();
  await expect(agent.button('Hang up')).toBeHidden();
  await visitor.close();
});
