// How a visitor's call ends, or goes on, when something has failed: what the visitor reads, and what there is to do.
import type { BrowserContext } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { cutMedia } from './harness/media.ts';
import { Network } from './harness/network.ts';
import { type Agent, talk, TONES, type Visitor } from './harness/people.ts';
import { askForCallback, heading, text, wait } from './harness/queueing.ts';

test('a call that gets no sound twice in 10 s has failed, and the visitor is offered a callback', { tag: '@long' }, async ({ openAvailableAgent, openVisitor }) => {
  test.slow();
  const agent = await openAvailableAgent('first', { relayOnly: true });
  const visitor = await openVisitor();
  await visitor.call();
  await agent.answer();
  await expect(agent.button('Answer'), 'it rings again after the first time').toBeVisible({ timeout: 30_000 });
  await agent.answer();

  await expect(heading(visitor, 'No sound could be set up between you and us.')).toBeVisible({ timeout: 20_000 });
  await visitor.sees('Call ended');
  await expect(text(visitor, 'How was your call?'), 'there was none').toBeHidden();
  await agent.isIn('Available');
  await expect(visitor.page.getByRole('group', { name: 'Other ways to reach us:' })).toBeVisible();
  await askForCallback(visitor);
});

test.describe('a callback that nobody answers', () => {
  const ringAndFail = async (visitor: Visitor, agent: Agent) => {
    await agent.answer();
    await expect(heading(visitor, 'Agent One is calling you back')).toBeVisible();
    await agent.button('No answer').click();
  };

  test('is tried again later, and the visitor reads when', async ({ configure, openAvailableAgent, openVisitor }) => {
    await configure({ queues: [{ id: 'default', callback_attempts_max: 2 }] });
    const visitor = await openVisitor();
    await wait(visitor);
    await askForCallback(visitor);

    await ringAndFail(visitor, await openAvailableAgent('first'));

    await expect(text(visitor, /^We did not reach you\. We try again at about .+\.$/)).toBeVisible();
    await visitor.sees('Callback');
  });

  test('at the last attempt has failed, and the visitor may ask for another one, or call', async ({ configure, openAvailableAgent, openVisitor }) => {
    await configure({ queues: [{ id: 'default', callback_attempts_max: 1 }] });
    const visitor = await openVisitor();
    await wait(visitor);
    await askForCallback(visitor);

    await ringAndFail(visitor, await openAvailableAgent('first'));

    await expect(heading(visitor, 'We could not reach you.')).toBeVisible();
    await expect(visitor.button('Leave a message')).toBeVisible();
    await expect(visitor.button('Call again')).toBeVisible();
    await askForCallback(visitor);
  });
});

test('a visitor whose network is gone for 45 s in a call reads afterwards that it was lost, and may call again', { tag: '@long' }, async ({ openAvailableAgent, openVisitor }) => {
  test.setTimeout(150_000);
  let network: Network | undefined;
  const agent = await openAvailableAgent('first');
  const visitor = await openVisitor({ prepare: async (context: BrowserContext) => { network = await Network.of(context); } });
  await visitor.call();
  await agent.answer();
  await talk(visitor, agent);

  await network?.cut();
  await cutMedia(visitor.page);
  await Promise.all([visitor.sees('Reconnecting'), agent.sees('Reconnecting', 20_000)]);
  await agent.reads('The visitor has lost the connection.');
  await agent.isIn('Wrap-up', 60_000);
  await network?.mend();

  await expect(heading(visitor, 'The connection was lost and could not be brought back.')).toBeVisible({ timeout: 15_000 });
  await visitor.sees('Call ended');
  await agent.button('Done').click();
  await visitor.button('Call again').click();
  await agent.answer();
  await talk(visitor, agent);
});

test.describe('an agent who is lost while the visitor is on hold', () => {
  test.describe.configure({ timeout: 120_000 });

  test('is waited for, 15 s; then the call rings at the next one, before who called later, and the visitor is off hold', { tag: '@long' }, async ({ call, openAvailableAgent, openVisitor }) => {
    const { visitor, agent } = await call();
    const later = await openVisitor({ tone: TONES.secondVisitor });
    await wait(later);
    await agent.hold();
    await expect(heading(visitor, 'You are on hold')).toBeVisible();

    const goneAt = Date.now();
    await agent.page.close();
    await visitor.sees('Reconnecting');
    await expect(text(visitor, 'The other side has lost its connection. We are holding your call.')).toBeVisible();
    await visitor.hearsNothing();
    await visitor.sees('Waiting', 30_000);
    expect(Date.now() - goneAt).toBeGreaterThanOrEqual(15_000);
    await expect(text(visitor, 'You are next')).toBeVisible();
    const second = await openAvailableAgent('second');
    await second.answer();

    await talk(visitor, second);
    await later.sees('Waiting');
  });

  test('and comes back after the 15 s gets the call again, off hold', { tag: '@long' }, async ({ call }) => {
    const { visitor, agent } = await call();
    await agent.hold();
    await expect(heading(visitor, 'You are on hold')).toBeVisible();
    await agent.page.goto('about:blank');
    await visitor.sees('Waiting', 30_000);

    await agent.page.goto(`${agent.server.url}/agent`);
    await agent.answer();

    await talk(visitor, agent);
  });

  test('and comes back within the 15 s has the visitor on hold still', async ({ call }) => {
    const { visitor, agent } = await call();
    await agent.hold();
    await expect(heading(visitor, 'You are on hold')).toBeVisible();

    await agent.page.reload();

    await agent.sees('On hold');
    await expect(heading(visitor, 'You are on hold')).toBeVisible();
    await agent.resume();
    await talk(visitor, agent);
  });
});
