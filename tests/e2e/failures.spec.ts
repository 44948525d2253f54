// When something does not work, people read what has happened and what they can do.
import { DEMO_AGENTS, expect, test } from './harness/fixtures.ts';
import { Agent, TONES } from './harness/people.ts';

test('a visitor who has denied the microphone reads how to allow it, and can try again', async ({ openVisitor }) => {
  const visitor = await openVisitor({ denied: true });

  await visitor.enterQueue();

  await expect(visitor.page.getByRole('alert')).toContainText('Your microphone is not allowed');
  await expect(visitor.page.getByRole('alert')).toContainText('allow the microphone there');
  await expect(visitor.button('Try again')).toBeVisible();
});

test('an agent who has denied the microphone reads how to allow it, and is not available', async ({ openAgent }) => {
  const agent = await openAgent('first', { denied: true });

  await agent.button('Go available').click();

  await expect(agent.page.getByRole('alert')).toContainText('allow the microphone there');
  await expect(agent.button('Go available')).toBeVisible();
});

test('a visitor who finds the server away reads so, and is in the queue as soon as it is back', async ({ server, openVisitor }) => {
  const visitor = await openVisitor();
  await server.kill();

  await visitor.enterQueue();
  await expect(visitor.page.getByRole('alert')).toContainText('Our call server cannot be reached', { timeout: 15_000 });
  await server.restart();

  await visitor.sees('Waiting', 20_000);
});

test('an agent who signs in while the server is away reads so, and gets in when it is back', async ({ server, openComputer }) => {
  const agent = await Agent.come(server, await openComputer({ tone: TONES.agent }));
  await expect(agent.page.getByRole('button', { name: DEMO_AGENTS.first })).toBeVisible();
  await server.kill();

  await agent.page.getByRole('button', { name: DEMO_AGENTS.first }).click();
  await expect(agent.page.getByRole('alert')).toContainText('The server cannot be reached. Check that it runs, then try again.');
  await server.restart();
  await agent.button('Try again').click();

  await agent.signIn(DEMO_AGENTS.first);
});
