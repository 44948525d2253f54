// What becomes of an agent after a call, or without one.
import { expect, test } from './harness/fixtures.ts';
import { talk } from './harness/people.ts';

test('after the call the agent writes down what matters, takes more time, and is then what was chosen in the call', async ({ configure, call }) => {
  await configure({ company: { dispositions: ['Solved', 'Call again'] }, queues: [{ id: 'default', wrap_up_seconds: 120 }] });
  const { visitor, agent } = await call();

  await agent.chooseState('Break');
  await agent.reads('Next: Not ready: Break');
  await agent.isIn('On call');
  await agent.notes.fill('Parcel 4711 is lost.');
  await visitor.hangUp();
  await Promise.all([agent.sees('Wrap-up'), agent.isIn('Wrap-up')]);
  const left = agent.page.getByRole('timer', { name: 'Seconds left' });
  await expect.poll(async () => Number(await left.textContent())).toBeLessThanOrEqual(120);
  await agent.button('More time (2 times left)').click();
  await expect.poll(async () => Number(await left.textContent())).toBeGreaterThan(120);
  await expect(agent.button('More time (1 time left)')).toBeVisible();
  await agent.notes.pressSequentially(' Refund promised.');
  await agent.page.getByRole('combobox', { name: 'Outcome' }).click();
  await agent.page.getByRole('option', { name: 'Call again' }).click();
  await agent.reads('Saved');
  await agent.page.reload();
  await expect(agent.notes).toHaveValue('Parcel 4711 is lost. Refund promised.');
  await expect(agent.page.getByRole('combobox', { name: 'Outcome' })).toHaveValue('Call again');
  await agent.button('Done').click();

  await agent.isIn('Not ready: Break');
  await expect(agent.button('Go available')).toBeVisible();
  await expect(agent.alerts).toHaveCount(0);
});

test('a call that is not answered goes to the next agent, and the one who missed it comes back with one click', async ({ configure, openAvailableAgent, openVisitor }) => {
  await configure({ queues: [{ id: 'default', metric: 'longest_idle', ring_seconds: 5, wrap_up_seconds: 2 }] });
  const first = await openAvailableAgent('first');
  const visitor = await openVisitor();
  const second = await openAvailableAgent('second');
  await visitor.call();
  await expect(first.button('Answer')).toBeVisible();

  await expect(second.button('Answer')).toBeVisible({ timeout: 15_000 });
  await expect(first.button('Answer')).toBeHidden();
  await first.isIn('A call was not answered');
  await first.reads('A call rang here and was not answered');
  await second.answer();
  await talk(visitor, second);
  await first.goAvailable();
  await first.isIn('Available');
  await visitor.hangUp();
  await second.isIn('Available'); // the wrap-up ends by itself
});

test('notes that an agent is typing when the wrap-up ends are on record, whoever ends it', async ({ server, configure, call }) => {
  await configure({ queues: [{ id: 'default', wrap_up_seconds: 8 }] });
  const { visitor, agent } = await call();
  await visitor.hangUp();
  await agent.sees('Wrap-up');
  const text = 'parcel 4711 is lost and the refund was promised by Friday '.repeat(2);
  await agent.notes.focus();

  await agent.page.keyboard.type(text, { delay: 100 });

  await agent.isIn('Available');
  const written = () => server.record().filter(({ type }) => type === 'contact.notes_set').map(({ data }) => String(data.notes));
  await expect.poll(() => written().length).toBeGreaterThan(4);
  // The field is gone with the wrap-up: all of its text is there, except for the last second of it.
  await expect.poll(() => written().at(-1)?.length ?? 0).toBeGreaterThan(40);
  expect(text.startsWith(written().at(-1) ?? '-')).toBe(true);
  await expect(agent.alerts).toHaveCount(0);
});
