import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { Agent, DEMO_COMPANY, Visitor } from './harness/people.ts';
import type { CallDocker } from '../harness/server.ts';

/** As a backend signs people in, or a page keeps a place. */
async function codeFor(server: CallDocker, token: string, body: object = { purpose: 'sign_in' }): Promise<string> {
  const response = await fetch(`${server.url}/api/v1/codes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { code: string }).code;
}

const tokenOf = (server: CallDocker, id: string, role: string, name: string, company = DEMO_COMPANY) =>
  server.sign({ id, role, name, company_id: company, exp: Math.floor(Date.now() / 1000) + 600 });

/** The sockets that a page opens from here on. */
function socketsOf(page: Page): string[] {
  const opened: string[] = [];
  page.on('websocket', (socket) => opened.push(socket.url()));
  return opened;
}

test('a sign-in link signs nobody in before it is confirmed, and leaves no code in the address', async ({ server, openComputer }) => {
  const agent = await Agent.come(server, await openComputer({ tone: 880 }));
  const opened = socketsOf(agent.page);
  const code = await codeFor(server, tokenOf(server, 'agent-1', 'agent', 'Agent One'));

  await agent.page.goto('about:blank');
  await agent.page.goto(`${server.url}/agent#code=${code}`);
  const question = agent.page.getByRole('dialog', { name: 'Sign in as Agent One?' });
  await expect(question).toContainText(`Agent at “${DEMO_COMPANY}”`);
  expect(agent.page.url()).toBe(`${server.url}/agent`);
  expect(opened).toEqual([]);
  await question.getByRole('button', { name: 'Sign in as Agent One' }).click();

  await expect(agent.button('Go available')).toBeVisible();
  expect(opened.every((address) => !address.includes('?')), `addresses: ${opened.join(' ')}`).toBe(true);
});

test('a sign-in link replaces a signed-in person only when they say so', async ({ server, openAgent }) => {
  const agent = await openAgent('supervisor');
  const attackers = await codeFor(server, tokenOf(server, 'mallory', 'agent', 'Mallory', 'other'));
  const open = (code: string) => agent.page.evaluate((hash) => { location.hash = hash; }, `code=${code}`);

  await open(attackers);
  const question = agent.page.getByRole('dialog', { name: 'Sign in as Mallory instead?' });
  await expect(question).toContainText('You are signed in as Supervisor One');
  await expect(question.getByRole('button', { name: 'Stay signed in as Supervisor One' })).toBeFocused();
  await agent.page.keyboard.press('Enter');

  await expect(question).toBeHidden();
  await expect(agent.page.getByRole('banner')).toContainText('Supervisor One');
  await agent.page.reload();
  await expect(agent.page.getByRole('banner')).toContainText('Supervisor One');
  await open(attackers);
  await expect(agent.page.getByRole('dialog', { name: 'This link no longer works' })).toBeVisible();
});

test('a visitor who opens somebody else’s link stays who they are, and connects nothing', async ({ server, openVisitor, openComputer }) => {
  const attacker = await openVisitor();
  await attacker.enterQueue();
  await attacker.button('Keep my place and leave').click();
  const link = await attacker.page.getByLabel('Link back to your place').inputValue();
  expect(link).toMatch(/#calldocker=[\w.~-]+$/);

  const victim = await Visitor.open(server, await openComputer({ tone: 620 }), 'about:blank');
  const opened = socketsOf(victim.page);
  await victim.page.goto(link);
  await expect(victim.page.getByRole('heading', { name: 'Continue on this page?' })).toBeVisible();
  await expect(victim.page.getByText('Continue only if you made this link yourself.')).toBeVisible();
  expect(victim.page.url()).not.toContain('calldocker=');
  expect(opened).toEqual([]);
  await victim.button('No, change nothing').click();

  await expect(victim.button('Start voice call')).toBeVisible();
  await attacker.sees('Place kept');
  await victim.page.goto('about:blank');
  await victim.page.goto(link);
  await expect(victim.page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
});

test('a kept place is continued on another device, and there alone', async ({ server, openAvailableAgent, openVisitor, openComputer }) => {
  const visitor = await openVisitor();
  await visitor.enterQueue();
  await visitor.button('Keep my place and leave').click();
  await visitor.sees('Place kept');
  const link = await visitor.page.getByLabel('Link back to your place').inputValue();

  const elsewhere = await Visitor.open(server, await openComputer({ tone: 620 }), link);
  await elsewhere.button('Continue here').click();
  await elsewhere.sees('Place kept');
  await openAvailableAgent('first');
  await elsewhere.button('I am back').click();

  await elsewhere.sees('Ringing', 15_000);
});

test('no page has a secret in the address of anything that it asks for', async ({ call }) => {
  const asked: string[] = [];
  const prepare = async (context: import('@playwright/test').BrowserContext) => {
    context.on('page', (page) => {
      page.on('websocket', (socket) => asked.push(socket.url()));
      page.on('request', (request) => asked.push(request.url()));
    });
  };

  await call({ visitor: { prepare }, agent: { prepare } });

  expect(asked.filter((address) => address.startsWith('ws'))).not.toEqual([]);
  expect(asked.filter((address) => /[?&#](token|resume|code|seq)=/.test(address))).toEqual([]);
});
