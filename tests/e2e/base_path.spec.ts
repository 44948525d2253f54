// Below a path of somebody's site, behind a real nginx: https://example.com/calls/ in place of a host of its own.
import type { BrowserContext, Page } from '@playwright/test';
import { Nginx } from '../harness/nginx.ts';
import { DEMO_AGENTS, expect, test as base } from './harness/fixtures.ts';
import { Agent, callAndTalk, DEMO_COMPANY, TONES, Visitor } from './harness/people.ts';
import { Site } from './harness/site.ts';

const test = base.extend<{ site: Site; nginx: Nginx; openAgentBelow: (prepare?: (context: BrowserContext) => void) => Promise<Agent> }>({
  site: async ({}, use) => {
    const site = await Site.start();
    await use(site);
    await site.stop();
  },
  settings: async ({ site }, use) => {
    await use({ ALLOWED_ORIGINS: site.origin });
  },
  nginx: async ({ server }, use) => {
    const nginx = await Nginx.inFrontOf(server.port);
    await use(nginx);
    await nginx.stop();
  },
  openAgentBelow: async ({ server, nginx, openComputer }, use) => {
    await use(async (prepare) => {
      const computer = await openComputer({ tone: TONES.agent });
      prepare?.(computer.context);
      const agent = await Agent.open(server, computer, DEMO_AGENTS.first, `${nginx.url}/agent`);
      await agent.goAvailable();
      return agent;
    });
  },
});

/** All that the pages ask for, of whomever. */
function askedBy(asked: string[]): (context: BrowserContext) => void {
  return (context) => context.on('page', (page: Page) => {
    page.on('request', (request) => asked.push(request.url()));
    page.on('websocket', (socket) => asked.push(socket.url().replace(/^ws/, 'http')));
  });
}

test('the landing page, the desk and a call work below a path, and ask for nothing above it', async ({ nginx, server, openComputer, openAgentBelow }) => {
  const asked: string[] = [];
  const agent = await openAgentBelow(askedBy(asked));
  const computer = await openComputer({ tone: TONES.visitor });
  askedBy(asked)(computer.context);
  const visitor = await Visitor.open(server, computer, `${nginx.url}/`);
  await expect(visitor.page.locator('#embed')).toContainText(`src="${nginx.url}/widget.js"`);

  await callAndTalk(visitor, agent);
  await agent.hold();
  await visitor.sees('On hold');
  await visitor.page.reload();
  await visitor.sees('On hold');
  await agent.resume();
  await visitor.hangUp();
  await agent.sees('Wrap-up');

  expect(asked.filter((address) => !address.startsWith(`${nginx.url}/`) && !address.startsWith('blob:') && !address.startsWith('data:'))).toEqual([]);
  expect(asked).toContain(`${nginx.url}/ws`);
  expect([...visitor.consoleErrors, ...agent.consoleErrors]).toEqual([]);
});

test('a path without its slash leads to the landing page, whose links stay below it', async ({ nginx, server, openComputer }) => {
  const visitor = await Visitor.open(server, await openComputer({ tone: TONES.visitor }), nginx.url);

  await expect(visitor.page).toHaveURL(`${nginx.url}/`);
  await visitor.page.getByRole('link', { name: 'Agent desk' }).click();
  await expect(visitor.page).toHaveURL(`${nginx.url}/agent`);
  await expect(visitor.page.getByRole('button', { name: DEMO_AGENTS.first })).toBeVisible();
});

test('a message is left with the widget of another site, and heard at the desk, below a path', async ({ nginx, server, site, openComputer, openAgentBelow, configure }) => {
  await configure({ queues: [{ id: 'default', name: 'Sales', voicemail: true }] });
  site.page = `<!doctype html><html lang="en"><title>Shoes</title><h1>Shoes</h1><script src="${nginx.url}/widget.js" data-company="demo" async></script></html>`;
  const visitor = await Visitor.open(server, await openComputer({ tone: TONES.visitor }), site.origin);
  await visitor.button('Call us').click();
  await visitor.button('Leave a message').click();
  await expect(visitor.page.getByRole('timer')).toContainText('0:01');
  await visitor.button('I have finished').click();
  await visitor.button('Send the message').click();
  await expect(visitor.page.getByRole('heading', { name: 'Your message is with us' })).toBeVisible();

  const agent = await openAgentBelow();
  await agent.answer();

  await expect.poll(() => agent.page.getByLabel('The message').evaluate((audio: HTMLAudioElement) => audio.readyState)).toBeGreaterThan(1);
  expect(visitor.consoleErrors).toEqual([]);
});

test('pages of the first kind connect below a path, and so does whoever speaks to the API', async ({ nginx, server, site, openComputer }) => {
  site.page = `<!doctype html><title>Shoes</title><script src="${nginx.url}/js/websocket-client.js"></script>`;
  const { page } = await Visitor.open(server, await openComputer({ tone: TONES.visitor }), site.origin);
  const token = server.sign({ id: 'amina', role: 'agent', company_id: DEMO_COMPANY });

  const welcome = await page.evaluate((with_) => new Promise((resolve) => {
    new (window as unknown as { WebSocketClient: new (...args: unknown[]) => unknown }).WebSocketClient(with_, resolve);
  }), token);

  expect(welcome).toMatchObject({ type: 'connection_established' });
  const configuration = await fetch(`${nginx.url}/api/v1/configuration`, { headers: { authorization: `Bearer ${server.sign({ id: 'ada', role: 'admin', company_id: DEMO_COMPANY })}` } });
  expect(configuration.status).toBe(200);
  expect((await fetch(`${nginx.url}/health`)).status).toBe(200);
});
