// What must hold on every page, whatever is done there: nobody else's servers, nothing broken, nobody shut out.
import type { BrowserContext } from '@playwright/test';
import { barriers } from './harness/barriers.ts';
import { expect, test } from './harness/fixtures.ts';
import { talk } from './harness/people.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no one is shut out from the ${colorScheme} pages, before, in and after a call`, async ({ openAgent, openVisitor }) => {
    const agent = await openAgent('first');
    const visitor = await openVisitor();
    for (const { page } of [agent, visitor]) await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const bothAreOpen = async () => {
      expect(await barriers(visitor.page)).toEqual([]);
      expect(await barriers(agent.page)).toEqual([]);
    };

    await bothAreOpen();
    await agent.goAvailable();
    await visitor.call();
    await expect(agent.button('Answer')).toBeVisible();
    await bothAreOpen();
    await agent.answer();
    await talk(visitor, agent);
    await bothAreOpen();
    await visitor.hangUp();
    await visitor.sees('Call ended');
    await bothAreOpen();
  });
}

test('the pages ask nobody but their own server for anything, and report no error', async ({ server, call }) => {
  const elsewhere: string[] = [];
  const prepare = async (context: BrowserContext) => {
    context.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
    });
    context.on('page', (page) => page.on('websocket', (socket) => {
      if (new URL(socket.url()).port !== String(server.port)) elsewhere.push(socket.url());
    }));
  };

  const { visitor, agent } = await call({ kind: 'video', visitor: { prepare }, agent: { prepare } });
  await visitor.hangUp();
  await visitor.sees('Call ended');

  expect(elsewhere).toEqual([]);
  expect(visitor.consoleErrors).toEqual([]);
  expect(agent.consoleErrors).toEqual([]);
});
