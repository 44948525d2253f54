import { expect, test } from './harness/fixtures.ts';
import { videoPackets } from './harness/media.ts';
import { talk, TONES } from './harness/people.ts';

test('an agent answers a visitor, and each hears the other', async ({ openAgent, openVisitor }) => {
  const agent = await openAgent('first');
  await agent.goAvailable();
  const visitor = await openVisitor();

  await visitor.call();
  await agent.answer();

  await talk(visitor, agent);
  expect(visitor.consoleErrors).toEqual([]);
  expect(agent.consoleErrors).toEqual([]);
});

test('in a video call pictures arrive at both ends, with the sound', async ({ openAgent, openVisitor }) => {
  const agent = await openAgent('first');
  await agent.goAvailable();
  const visitor = await openVisitor();

  await visitor.call('video');
  await agent.answer();

  await talk(visitor, agent);
  await expect.poll(() => videoPackets(agent.page)).toBeGreaterThan(20);
});

test('a visitor who waits before anyone is there is rung through as soon as someone is', async ({ openAgent, openVisitor }) => {
  const visitor = await openVisitor();
  await visitor.button('Call us').click();
  await visitor.button('Start voice call').click();
  await visitor.sees('Waiting', 15_000);
  const agent = await openAgent('first');

  await agent.goAvailable();
  await agent.answer();

  await talk(visitor, agent);
});

test('muting is silence at the other end, and unmuting brings the voice back', async ({ openAgent, openVisitor }) => {
  const agent = await openAgent('first');
  await agent.goAvailable();
  const visitor = await openVisitor();
  await visitor.call();
  await agent.answer();
  await talk(visitor, agent);

  await visitor.button('Mute').click();
  await agent.hearsNothing();
  await visitor.button('Unmute').click();

  await agent.hears(visitor);
});

test('two visitors at once: each talks to an agent of their own, and hears no one else', async ({ openAgent, openVisitor }) => {
  const first = await openAgent('first');
  await first.goAvailable();
  const visitor = await openVisitor();
  await visitor.call();
  await first.answer();
  await talk(visitor, first);

  const second = await openAgent('second', { tone: TONES.secondAgent });
  await second.goAvailable();
  const secondVisitor = await openVisitor({ tone: TONES.secondVisitor });
  await secondVisitor.call();
  await second.answer();

  await talk(secondVisitor, second);
  await talk(visitor, first);
});

test('two tabs of one agent both ring, and the one that answers has the call', async ({ openAgent, openVisitor }) => {
  const agent = await openAgent('first');
  await agent.goAvailable();
  const otherTab = await agent.openTab();
  const visitor = await openVisitor();
  await visitor.call();
  await expect(agent.button('Answer')).toBeVisible();

  await otherTab.answer();

  await talk(visitor, otherTab);
  await expect(agent.button('Answer')).toBeHidden();
  await agent.page.close();
  await talk(visitor, otherTab);
});

test('an agent takes the call to another tab, and the voices follow', async ({ openAgent, openVisitor }) => {
  const agent = await openAgent('first');
  await agent.goAvailable();
  const visitor = await openVisitor();
  await visitor.call();
  await agent.answer();
  await talk(visitor, agent);

  const otherTab = await agent.openTab();
  await otherTab.button('Take it here').click();

  await talk(visitor, otherTab);
  await expect(agent.button('Take it here')).toBeVisible();
  await agent.hearsNothing();
});

test('a declined call rings the next agent', async ({ openAgent, openVisitor }) => {
  const first = await openAgent('first');
  await first.goAvailable();
  const second = await openAgent('second', { tone: TONES.secondAgent });
  await second.goAvailable();
  const visitor = await openVisitor();
  await visitor.call();

  await first.decline();
  await second.answer();

  await talk(visitor, second);
  await expect(first.button('Answer')).toBeHidden();
});

test('when the visitor hangs up, both see that the call has ended and the agent can take the next', async ({ openAgent, openVisitor }) => {
  const agent = await openAgent('first');
  await agent.goAvailable();
  const visitor = await openVisitor();
  await visitor.call();
  await agent.answer();
  await talk(visitor, agent);

  await visitor.hangUp();

  await visitor.sees('Call ended');
  await expect(agent.button('Hang up')).toBeHidden();
  const next = await openVisitor({ tone: TONES.secondVisitor });
  await next.call();
  await agent.answer();
  await talk(next, agent);
});

test('when the agent hangs up, the visitor sees that the call has ended', async ({ openAgent, openVisitor }) => {
  const agent = await openAgent('first');
  await agent.goAvailable();
  const visitor = await openVisitor();
  await visitor.call();
  await agent.answer();
  await talk(visitor, agent);

  await agent.hangUp();

  await visitor.sees('Call ended');
  await expect(agent.button('Hang up')).toBeHidden();
});

test('a visitor who leaves while it rings stops the ringing', async ({ openAgent, openVisitor }) => {
  const agent = await openAgent('first');
  await agent.goAvailable();
  const visitor = await openVisitor();
  await visitor.call();
  await expect(agent.button('Answer')).toBeVisible();

  await visitor.button('Cancel the call').click();

  await expect(agent.button('Answer')).toBeHidden();
});
