import { liveMicrophones, watchMicrophones } from './harness/devices.ts';
import { expect, test } from './harness/fixtures.ts';
import { videoPackets } from './harness/media.ts';
import { callAndTalk, talk, TONES } from './harness/people.ts';

test('an agent answers a visitor, and each hears the other', async ({ call }) => {
  const { visitor, agent } = await call();

  expect(visitor.consoleErrors).toEqual([]);
  expect(agent.consoleErrors).toEqual([]);
});

test('in a video call pictures arrive at both ends, with the sound', async ({ call }) => {
  const { visitor, agent } = await call({ kind: 'video' });

  await expect.poll(() => videoPackets(agent.page)).toBeGreaterThan(20);
  await agent.button('Camera on').click();
  await expect.poll(() => videoPackets(visitor.page)).toBeGreaterThan(20);
});

test('a visitor who waits before anyone is there is rung through as soon as someone is', async ({ openAgent, openVisitor }) => {
  const visitor = await openVisitor();
  await visitor.enterQueue();
  await visitor.sees('Waiting', 15_000);
  const agent = await openAgent('first');

  await agent.goAvailable();
  await agent.answer();

  await talk(visitor, agent);
});

test('muting is silence at the other end, and unmuting brings the voice back', async ({ call }) => {
  const { visitor, agent } = await call();

  await visitor.button('Mute').click();
  await agent.hearsNothing();
  await visitor.button('Unmute').click();

  await agent.hears(visitor);
});

test('two visitors at once: each talks to an agent of their own, and hears no one else', async ({ call, openAvailableAgent, openVisitor }) => {
  const { visitor, agent } = await call();

  const second = await openAvailableAgent('second');
  const secondVisitor = await openVisitor({ tone: TONES.secondVisitor });
  await callAndTalk(secondVisitor, second);

  await talk(visitor, agent);
});

test('two tabs of one agent both ring, and the one that answers has the call', async ({ openAvailableAgent, openVisitor }) => {
  const agent = await openAvailableAgent('first');
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

test('an agent takes the call to another tab, and the voices follow', async ({ call }) => {
  const { visitor, agent } = await call({ agent: { prepare: (context) => context.addInitScript(watchMicrophones) } });

  const otherTab = await agent.openTab();
  await otherTab.button('Take it here').click();

  await talk(visitor, otherTab);
  await expect(agent.button('Take it here')).toBeVisible();
  await agent.hearsNothing();
  await expect.poll(() => liveMicrophones(agent.page), { message: 'the tab that has the call no longer listens to nobody' }).toBe(0);
  expect(await liveMicrophones(otherTab.page)).toBeGreaterThan(0);
  await visitor.hangUp();
  await otherTab.sees('Wrap-up');
  await expect.poll(() => liveMicrophones(agent.page), { message: 'both tabs can be rung again' }).toBeGreaterThan(0);
});

test('a call rings no longer where it was declined, and another agent takes it', async ({ openAvailableAgent, openVisitor }) => {
  const first = await openAvailableAgent('first');
  const second = await openAvailableAgent('second');
  const visitor = await openVisitor();
  await visitor.call();

  await first.decline();
  await expect(first.button('Answer')).toBeHidden();
  await second.answer();

  await talk(visitor, second);
});

test('when the visitor hangs up, both see that the call has ended and the agent can take the next', async ({ call, openVisitor }) => {
  const { visitor, agent } = await call();

  await visitor.hangUp();

  await visitor.sees('Call ended');
  await expect(agent.button('Hang up')).toBeHidden();
  await agent.button('Done').click(); // with the wrap-up
  await callAndTalk(await openVisitor({ tone: TONES.secondVisitor }), agent);
});

test('when the agent hangs up, the visitor sees that the call has ended', async ({ call }) => {
  const { visitor, agent } = await call();

  await agent.hangUp();

  await visitor.sees('Call ended');
  await expect(agent.button('Hang up')).toBeHidden();
});

test('a visitor who leaves while it rings stops the ringing', async ({ ring }) => {
  const { visitor, agent } = await ring();

  await visitor.button('Cancel the call').click();

  await expect(agent.button('Answer')).toBeHidden();
});
