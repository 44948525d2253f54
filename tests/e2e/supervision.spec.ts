// What a supervisor sees, hears and does.
import { expect, test } from './harness/fixtures.ts';
import { talk } from './harness/people.ts';

test.describe.configure({ timeout: 120_000 }); // three browsers, and at every step a check of which people hear which

test('a supervisor listens unheard, whispers to the agent, joins the call, and takes it over', async ({ call, openAgent }) => {
  const { visitor, agent } = await call();
  const supervisor = await openAgent('supervisor');
  await supervisor.openLive();
  await expect(supervisor.row('Contacts', 'A visitor')).toContainText('Talking');
  await expect(supervisor.row('Agents', 'Agent One')).toContainText('On call');

  await supervisor.supervise(agent, 'Listen');
  await supervisor.sees('Listening in');
  await Promise.all([supervisor.hears([visitor, agent]), visitor.hears(agent), agent.hears(visitor)]);
  await agent.reads('Supervisor One is listening');

  await supervisor.supervise(agent, 'Whisper');
  await Promise.all([supervisor.hears([visitor, agent]), visitor.hears(agent), agent.hears([visitor, supervisor])]);

  await supervisor.supervise(agent, 'Join');
  await Promise.all([supervisor.hears([visitor, agent]), visitor.hears([agent, supervisor]), agent.hears([visitor, supervisor])]);

  await supervisor.page.getByRole('region', { name: 'Listening in' }).getByRole('button', { name: 'Take over' }).click();
  await talk(visitor, supervisor);
  await agent.isIn('Wrap-up');
});

test('a supervisor sees how each queue is doing, from the log alone', async ({ configure, server, openAgent, openAvailableAgent, openVisitor }) => {
  await configure({ queues: [{ id: 'default', name: 'Sales', target_seconds: 60, wrap_up_seconds: 0 }] });
  const supervisor = await openAgent('supervisor');
  await supervisor.openLive();
  const reads = async (figures: Record<string, string | RegExp>) => {
    for (const [column, figure] of Object.entries(figures)) await expect(supervisor.cell('Queues', 'Sales', column), column).toHaveText(figure);
  };
  await reads({ State: /Quiet$/, Waiting: '0', 'Longest wait': '–', Answered: '0', Abandoned: '0', 'Service level': '–' });

  const visitor = await openVisitor();
  await visitor.enterQueue();
  await visitor.sees('Waiting', 15_000);
  await reads({ State: /Nobody there$/, Waiting: '1', 'Longest wait': /^0:\d\d$/ });
  const agent = await openAvailableAgent('first');
  await agent.answer();
  await talk(visitor, agent);
  await reads({ Waiting: '0', 'Longest wait': '–', Answered: '1', Abandoned: '0', 'Service level': '100% in 60 s' });
  await visitor.hangUp();
  await agent.isIn('Available');

  await server.kill();
  await server.restart();
  await reads({ Answered: '1', Abandoned: '0', 'Service level': '100% in 60 s' });
});

test('the wallboard counts a call as it waits, is answered in time, and is wrapped up, and closes by a key', async ({ configure, openAgent, openVisitor }) => {
  await configure({ queues: [{ id: 'default', name: 'Sales', target_seconds: 60, wrap_up_seconds: 120 }] });
  const supervisor = await openAgent('supervisor');
  await supervisor.openWallboard();
  const sales = supervisor.page.getByRole('region', { name: 'Sales' });
  const reads = async (figures: { mood: string; waiting: string; longest: string | RegExp; free: string; level: string }) => {
    await expect(sales.locator('.tile-mood')).toContainText(figures.mood);
    await expect(sales.locator('.tile-waiting')).toHaveText(figures.waiting);
    for (const [name, figure] of [['Longest wait', figures.longest], ['Free', figures.free], ['Within 60 s', figures.level]] as const)
      await expect(sales.locator('.tile-facts > div').filter({ hasText: name }).getByRole('definition'), name).toHaveText(figure);
  };
  const counts = async (figures: Record<string, number>) => {
    const totals = supervisor.page.getByRole('list', { name: 'Agents' });
    for (const [state, count] of Object.entries(figures))
      await expect(totals.getByRole('listitem').filter({ hasText: state }).locator('strong'), state).toHaveText(String(count));
  };
  await reads({ mood: 'Quiet', waiting: '0waiting', longest: '–', free: '0 of 0', level: '–' });
  await counts({ Available: 0, Ringing: 0, 'On call': 0, 'On hold': 0, 'Wrap-up': 0, 'Not ready': 0 });

  const visitor = await openVisitor();
  await visitor.enterQueue();
  await visitor.sees('Waiting', 15_000);
  await reads({ mood: 'Nobody there', waiting: '1waiting', longest: /^0:\d\d$/, free: '0 of 0', level: '–' });
  const agent = await openAgent('first');
  await agent.goAvailable();
  await counts({ Available: 0, Ringing: 1 });
  await agent.answer();
  await talk(visitor, agent);
  await reads({ mood: 'Quiet', waiting: '0waiting', longest: '–', free: '0 of 1', level: '100%' });
  await counts({ Ringing: 0, 'On call': 1 });
  await agent.hold();
  await counts({ 'On call': 0, 'On hold': 1 });
  await visitor.hangUp();
  await counts({ 'On hold': 0, 'Wrap-up': 1 });
  await agent.button('Done').click();
  await reads({ mood: 'Quiet', waiting: '0waiting', longest: '–', free: '1 of 1', level: '100%' });
  await counts({ Available: 1, 'Wrap-up': 0 });

  await supervisor.page.keyboard.press('Escape');
  await expect(supervisor.row('Queues', 'Sales')).toBeVisible();
});

test('a supervisor sets a state with a note, moves a call to a queue, ends the wrap-up, and gives the call to another agent', async ({ openAgent, openAvailableAgent, openVisitor }) => {
  const supervisor = await openAgent('supervisor');
  await supervisor.openLive();
  await supervisor.reads('Nobody waits and nobody talks.');
  const agent = await openAgent('first');
  const visitor = await openVisitor();
  await agent.goAvailable();
  const row = supervisor.row('Agents', agent.name);
  await expect(row).toContainText('Available');

  await supervisor.chooseFor(row, 'Set the state');
  const dialog = supervisor.page.getByRole('dialog', { name: 'State of Agent One' });
  await dialog.getByRole('combobox', { name: 'New state' }).click();
  await supervisor.page.getByRole('option', { name: 'Not ready: Meeting' }).click();
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Room 4, please.');
  await dialog.getByRole('button', { name: 'Set the state' }).click();
  await agent.isIn('Not ready: Meeting');
  await agent.reads('Supervisor One has set your state: Not ready: Meeting.');
  await agent.reads('Room 4, please.');
  await expect(row).toContainText('Not ready: Meeting');

  await visitor.enterQueue();
  await visitor.sees('Waiting', 15_000);
  const contact = supervisor.row('Contacts', 'A visitor');
  await expect(contact).toContainText('Waiting');
  await agent.goAvailable();
  await agent.answer();
  await talk(visitor, agent);

  await expect(contact).toContainText('Talking');
  await supervisor.chooseFor(contact, 'Move to a queue');
  await supervisor.button('Move').click();
  await visitor.sees('Waiting');
  await agent.isIn('Wrap-up');
  await supervisor.chooseFor(row, 'End the wrap-up');
  await agent.isIn('Ringing');
  await agent.answer();
  await talk(visitor, agent);

  const second = await openAvailableAgent('second');
  await supervisor.chooseFor(contact, 'Give to an agent');
  await supervisor.page.getByRole('radio', { name: second.name }).check();
  await supervisor.button('Give').click();
  await second.answer();
  await talk(visitor, second);
  await agent.isIn('Wrap-up');
});
