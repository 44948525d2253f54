// What a screen reader says by itself during a call, to its visitor and to its agent: each change of its state, once, and nothing else.
import { listenToAnnouncements } from './harness/announcements.ts';
import { expect, test } from './harness/fixtures.ts';

test('a call that goes on says nothing, and each change of it is said once', async ({ call }) => {
  const { visitor, agent } = await call();
  const said = await listenToAnnouncements(visitor.page);
  const timer = visitor.page.getByRole('timer');

  await expect(timer).toHaveText(/0:1\d/, { timeout: 20_000 });
  expect(await said(), 'ten seconds of a call').toEqual([]);

  await agent.hold();
  await visitor.sees('On hold');
  expect(await said()).toEqual(['On hold']);
  await agent.resume();
  await visitor.sees('Connected');
  expect(await said()).toEqual(['Connected']);
  await agent.button('Mute').click();
  await expect(visitor.page.getByText('The other side is muted at the moment.')).toBeVisible();
  expect(await said()).toEqual(['The other side is muted at the moment.']);
  await visitor.button('Mute').click();
  await visitor.button('Unmute').click();
  expect(await said(), 'what one has done oneself').toEqual([]);
  await agent.hangUp();
  await visitor.sees('Call ended');
  expect(await said()).toEqual(['Call ended']);
});

test('the focus stays on a button of the call when the call changes', async ({ call }) => {
  const { visitor, agent } = await call();
  await visitor.button('Mute').focus();

  await agent.hold();
  await visitor.sees('On hold');

  await expect(visitor.button('Mute')).toBeFocused();
  await agent.resume();
  await visitor.sees('Connected');
  await agent.hangUp();
  await expect(visitor.page.getByRole('heading', { level: 2 }).last(), 'the button is gone').toBeFocused();
});

test('an agent hears of a ring with the name, and of each state of the call once', async ({ openAvailableAgent, openVisitor }) => {
  const agent = await openAvailableAgent('first');
  const visitor = await openVisitor();
  const said = await listenToAnnouncements(agent.page);
  const spoken: string[] = [];
  /** What has been said since, up to a word for where the call is. */
  const saidUpTo = async (word: string): Promise<string[]> => {
    await expect.poll(async () => {
      spoken.push(...await said());
      return spoken;
    }, { message: word }).toContain(word);
    return spoken.splice(0);
  };

  await visitor.call();
  expect(await saidUpTo('A visitor is calling. Press A to answer, D to decline.')).toHaveLength(1);
  await agent.answer();
  expect(await saidUpTo('Connected')).toEqual(['Connecting', 'Connected']);
  await expect(agent.page.getByRole('timer').first()).toHaveText(/0:0[5-9]/, { timeout: 20_000 });
  expect(await said(), 'five seconds of a call').toEqual([]);
  await agent.button('Mute').click();
  await agent.button('Unmute').click();
  expect(await said(), 'what one has done oneself').toEqual([]);
  await agent.hold();
  expect(await saidUpTo('On hold')).toEqual(['On hold']);
  await agent.resume();
  expect(await saidUpTo('Connected')).toEqual(['Connected']);
  await visitor.hangUp();
  expect(await saidUpTo('Wrap-up')).toEqual(['Wrap-up']);
  await agent.button('Done').click();
  await expect(agent.status).toHaveText('No call');
  expect(await said(), 'that nothing goes on').toEqual([]);
});
