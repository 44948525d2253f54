import type { BrowserContext, WebSocket } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import { talk } from './harness/people.ts';
import { shortenTokens } from './harness/tokens.ts';

const SECONDS_TO_LIVE = 4;

test('tokens that expire in the middle of a call do not end it', async ({ server, call }) => {
  const expiries: (() => number)[] = [];
  const sockets: WebSocket[] = [];
  let refreshed = 0;
  const prepare = async (context: BrowserContext) => {
    expiries.push((await shortenTokens(context, server, SECONDS_TO_LIVE)).lastExpiry);
    context.on('page', (page) => page.on('websocket', (socket) => {
      sockets.push(socket);
      socket.on('framesent', ({ payload }) => { if (String(payload).includes('"refresh_token"')) refreshed += 1; });
    }));
  };
  const { visitor, agent } = await call({ visitor: { prepare }, agent: { prepare } });
  const duringTheCall = Math.max(...expiries.map((expiry) => expiry()));
  expect(duringTheCall).toBeGreaterThan(0);

  await expect.poll(() => Date.now() / 1000, { timeout: 15_000 }).toBeGreaterThan(duringTheCall + 1);

  await talk(visitor, agent);
  expect(refreshed, 'tokens renewed over the open connections').toBeGreaterThan(0);
  expect(sockets, 'one connection for each page, from the beginning').toHaveLength(2);
  await visitor.hangUp();
  await expect(agent.button('Hang up')).toBeHidden();
});
