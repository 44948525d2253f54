// What sets an agent aside other than the agent's own wish, what the agent reads of it, and the one click back.
import type { BrowserContext } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { receiveNothing } from './harness/media.ts';
import { Network } from './harness/network.ts';
import { talk } from './harness/people.ts';
import { wait } from './harness/queueing.ts';

test('an agent who chooses a break while a call rings reads that it begins at once, and the call rings a colleague', async ({ configure, openAgent, openAvailableAgent, openVisitor }) => {
  await configure({ queues: [{ id: 'default', metric: 'longest_idle' }] });
  const first = await openAvailableAgent('first');
  const second = await openAgent('second');
  const visitor = await openVisitor();
  await first.openStates();
  await visitor.enterQueue();
  await first.isIn('Ringing');
  await first.reads('At once: the call that rings goes to somebody else');
  await second.goAvailable();

  await first.page.getByRole('menuitem', { name: 'Break' }).click();

  await first.isIn('Not ready: Break');
  await expect(first.button('Answer')).toBeHidden();
  await expect(first.page.getByText(/^Next:/)).toBeHidden();
  await second.answer();
  await talk(visitor, second);
});

test('an agent who declines too many calls in a row stops getting calls, reads why, and comes back with one click', async ({ configure, openAvailableAgent, openVisitor }) => {
  await configure({ queues: [{ id: 'default', declines_max: 2 }] });
  const agent = await openAvailableAgent('first');
  const visitor = await openVisitor();
  await visitor.call();
  await agent.decline();
  await expect(agent.button('Answer')).toBeHidden();
  await agent.isIn('Available');
  await expect(agent.button('Answer'), 'there is nobody else').toBeVisible({ timeout: 15_000 });

  await agent.decline();

  await agent.isIn('Too many calls declined');
  await agent.page.setViewportSize({ width: 360, height: 740 });
  const tops = await agent.page.getByRole('banner').getByRole('button').evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));
  expect(new Set(tops).size, 'also on a telephone all of the bar is in one row').toBe(1);
  await agent.reads('You have declined several calls in a row, so no more come to you. Go on when you can take them.');
  await visitor.sees('Waiting');
  await agent.goAvailable();
  await agent.answer();
  await talk(visitor, agent);
});

test('an agent who hears nothing of an answered call is set not ready after 10 s, reads why, and comes back with one click, while a colleague has the call', async ({ configure, openAgent, openAvailableAgent, openVisitor }) => {
  test.slow();
  await configure({ queues: [{ id: 'default', metric: 'longest_idle' }] });
  const deaf = await openAvailableAgent('first', { prepare: (context) => context.addInitScript(receiveNothing) });
  const second = await openAgent('second');
  const visitor = await openVisitor();
  await visitor.call();
  await deaf.answer();
  await second.goAvailable();

  await deaf.isIn('Sound trouble', 20_000);
  await deaf.reads('Sound did not work at your desk, so no more calls come to you. Check your microphone, your headset and your network, then go on.');
  await second.answer();
  await talk(visitor, second);
  await deaf.goAvailable();
  await deaf.isIn('Available');
});

test('an agent whose connection is gone is set aside after 30 s, before the eyes of the supervisor; back within 60 s it is as before, and later it takes one click', { tag: '@long' }, async ({ openAgent, openAvailableAgent, openVisitor }) => {
  test.setTimeout(180_000);
  const networks: Network[] = [];
  const prepare = async (context: BrowserContext) => networks.push(await Network.of(context));
  const first = await openAvailableAgent('first', { prepare });
  const second = await openAvailableAgent('second', { prepare });
  const supervisor = await openAgent('supervisor');
  await supervisor.openLive();
  const rowOf = ({ name }: { name: string }) => supervisor.row('Agents', name);
  await expect(rowOf(first)).toContainText('Available');

  const goneAt = Date.now();
  await Promise.all(networks.map((network) => network.cut()));
  await first.reads('You cannot be rung without the server.');
  await expect(first.page.getByText('The next call rings here.')).toBeHidden();
  for (const agent of [first, second]) await expect(rowOf(agent)).toContainText('Connection lost', { timeout: 45_000 });
  expect(Date.now() - goneAt).toBeGreaterThanOrEqual(30_000);
  await networks[0]!.mend();
  await first.isIn('Available');
  await expect(rowOf(first)).toContainText('Available');

  await expect.poll(() => Date.now() - goneAt, { timeout: 60_000, intervals: [1_000] }).toBeGreaterThan(61_000);
  await networks[1]!.mend();
  await second.isIn('Connection lost');
  await second.reads('The connection to your desk was gone for a while, so you were taken out of line.');
  await first.chooseState('Go offline');
  const visitor = await openVisitor();
  await wait(visitor);
  await second.goAvailable();
  await second.answer();
  await talk(visitor, second);
});
