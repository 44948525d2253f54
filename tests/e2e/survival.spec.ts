// What a call has to live through. `kill -9` and reloads happen in the middle of a sentence.
import { expect, test } from './harness/fixtures.ts';
import { connectionsOpened } from './harness/media.ts';
import { talk } from './harness/people.ts';

const BACK_WITHIN_MS = 5_000;

test('a killed server does not interrupt the voices, and after its restart the call can be ended and is on record whole', async ({ server, call }) => {
  const { visitor, agent } = await call();
  const openedBefore = await Promise.all([connectionsOpened(visitor.page), connectionsOpened(agent.page)]);

  await server.kill();
  await Promise.all([visitor.hears(agent), agent.hears(visitor)]);
  await server.restart();

  await Promise.all([visitor.sees('Connected', BACK_WITHIN_MS), agent.sees('Connected', BACK_WITHIN_MS)]);
  await Promise.all([visitor.hears(agent), agent.hears(visitor)]);
  expect(await Promise.all([connectionsOpened(visitor.page), connectionsOpened(agent.page)])).toEqual(openedBefore);
  await visitor.hangUp();
  await visitor.sees('Call ended');
  await expect(agent.button('Hang up')).toBeHidden();
  const record = server.record().filter(({ type }) => type.startsWith('contact.'));
  const happened = (type: string) => record.filter((event) => event.type === type);
  for (const once of ['contact.created', 'contact.offered', 'contact.accepted', 'contact.connected', 'contact.ended']) {
    expect(happened(once), once).toHaveLength(1);
  }
  expect(new Set(record.map(({ data }) => data.call)).size).toBe(1);
  expect(record.at(-1)).toMatchObject({ type: 'contact.ended', data: { reason: 'completed_visitor', by: 'visitor' } });
});

test('a visitor who reloads the page is back in the call', async ({ call }) => {
  const { visitor, agent } = await call();

  await visitor.page.reload();

  await talk(visitor, agent, BACK_WITHIN_MS);
  await expect(agent.button('Hang up')).toBeVisible();
});

test('an agent who reloads the page is back in the call', async ({ call }) => {
  const { visitor, agent } = await call();

  await agent.page.reload();

  await talk(visitor, agent, BACK_WITHIN_MS);
  await expect(visitor.button('Hang up')).toBeVisible();
});

for (const who of ['visitor', 'agent'] as const) {
  test(`the ${who}'s reloaded page goes on with the session of before, and not with a new one`, async ({ call }) => {
    const people = await call();
    const { [who]: person } = people;
    const [before] = person.told('connection_established');

    await person.page.reload();
    await talk(people.visitor, people.agent);

    const [, ...after] = person.told('connection_established');
    expect(after).toMatchObject([{ sessionId: before?.sessionId, epoch: before?.epoch }]);
    expect(person.told('session_reset').map(({ reason }) => reason)).toEqual(['new', 'requested']);
  });
}

test('a call whose server was killed while the visitor reloaded goes on', async ({ server, call }) => {
  const { visitor, agent } = await call();

  await server.kill();
  await server.restart();
  await visitor.page.reload();

  await talk(visitor, agent, 2 * BACK_WITHIN_MS);
});

test('a visitor who reloads while waiting is still in the queue, and is heard when someone answers', async ({ ring }) => {
  const { visitor, agent } = await ring();

  await visitor.page.reload();
  await visitor.sees('Ringing');
  await agent.answer();

  await talk(visitor, agent);
});

test('a server that was killed while it rang rings again, and the call comes about', async ({ server, ring }) => {
  const { visitor, agent } = await ring();

  await server.kill();
  await expect(agent.button('Answer')).toBeHidden();
  await server.restart();
  await agent.answer();

  await talk(visitor, agent);
});

test('a visitor whose agent has vanished is held, and talks to the next one', { tag: '@long' }, async ({ openAvailableAgent, call }) => {
  const { visitor, agent } = await call();
  const second = await openAvailableAgent('second');

  await agent.page.close();
  await visitor.sees('Reconnecting');
  await expect(second.button('Answer')).toBeVisible({ timeout: 25_000 });
  await second.answer();

  await talk(visitor, second);
});

test.describe('with a third person', () => {
  test.describe.configure({ timeout: 120_000 });

  test('anybody who reloads while one agent asks another, or while all three talk, is back', async ({ call, openAvailableAgent }) => {
    const { visitor, agent } = await call();
    const second = await openAvailableAgent('second');
    const areAsking = () => Promise.all([agent.hears(second), second.hears(agent), visitor.hearsNothing()]);
    const allTalk = () => Promise.all([visitor.hears([agent, second]), agent.hears([visitor, second]), second.hears([visitor, agent])]);
    await agent.consult(second);
    await second.answer();
    await areAsking();

    for (const { page } of [second, agent]) {
      await page.reload();
      await areAsking();
    }
    await agent.button('Talk all three').click();
    await allTalk();
    for (const { page } of [agent, second, visitor]) {
      await page.reload();
      await allTalk();
    }

    await visitor.hangUp();
    await agent.isIn('Wrap-up');
    await second.isIn('Available');
  });

  test('a supervisor who has joined is heard again whoever reloads, and leaves no trace when the page goes', async ({ call, openAgent }) => {
    const { visitor, agent } = await call();
    const supervisor = await openAgent('supervisor');
    const allTalk = () => Promise.all([supervisor.hears([visitor, agent]), visitor.hears([agent, supervisor]), agent.hears([visitor, supervisor])]);
    await supervisor.openLive();
    await supervisor.supervise(agent, 'Join');
    await allTalk();

    for (const { page } of [agent, visitor, supervisor]) {
      await page.reload();
      await allTalk();
    }
    await supervisor.page.close();

    await talk(visitor, agent);
  });

  test('a killed server interrupts nobody who asks a colleague, and after its restart the call can be handed over', async ({ server, call, openAvailableAgent }) => {
    const { visitor, agent } = await call();
    const second = await openAvailableAgent('second');
    await agent.consult(second);
    await second.answer();
    await Promise.all([agent.hears(second), second.hears(agent)]);

    await server.kill();
    await Promise.all([agent.hears(second), second.hears(agent), visitor.hearsNothing()]);
    await server.restart();
    await agent.button('Hand over to Agent Two').click();

    await talk(visitor, second);
    await agent.isIn('Wrap-up');
  });
});
