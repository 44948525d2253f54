import { expect, vi } from 'vitest';
import { limits } from '../limits.ts';
import { established, message } from '../testing.ts';
import type { SignallingClient } from './client.ts';
import { it, promisedToken } from './testing.ts';
import { renewalWaitMs } from './token-renewal.ts';
import { SignallingError } from './types.ts';

it('a session goes on under a new token when the old one expires', async ({ server }) => {
  const old: (string | undefined)[] = [];
  await server.connected({ getToken: async (given) => `token-${old.push(given)}` });
  server.last.say(message('token_expiring', 2, { expiresAt: '2026-01-02T03:05:04.678Z' }));
  await vi.advanceTimersByTimeAsync(0);

  expect(server.said).toMatchObject([{ type: 'refresh_token', token: 'token-2' }]);
  server.last.say(message('ack', 3, { id: server.said[0]?.id }));
  await vi.advanceTimersByTimeAsync(15_000);
  expect(server.said.filter(({ type }) => type === 'refresh_token')).toHaveLength(1);
  expect(old).toEqual([undefined, 'token-1']);
});

it('a session keeps the token that it has if there is no other, and stops asking', async ({ server }) => {
  const getToken = vi.fn(async (old?: string) => {
    if (old !== undefined) throw new SignallingError('unauthenticated', 'sign in');
    return 'pasted';
  });
  const client = await server.connected({ getToken });
  server.last.say(message('token_expiring', 2, { expiresAt: '2026-01-02T03:05:04.678Z' }));
  await vi.advanceTimersByTimeAsync(15_000);

  expect(getToken).toHaveBeenCalledTimes(2);
  expect(client.connection.getSnapshot().status).toBe('connected');
});

it('a session does not ask in a circle where tokens live shorter than the warning comes before their end', async ({ server }) => {
  let count = 0;
  await server.connected({ getToken: () => Promise.resolve(`token-${++count}`) });
  const warning = { expiresAt: '2026-01-02T03:04:10.678Z' };
  server.last.say(message('token_expiring', 2, warning));
  await vi.advanceTimersByTimeAsync(2_499);
  expect(count, 'before half of its 5 s').toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(count).toBe(2);
  server.last.say(message('token_expiring', 3, warning));
  await vi.advanceTimersByTimeAsync(limits.tokenRetryMs - 1);
  expect(count).toBe(2);

  await vi.advanceTimersByTimeAsync(1);

  expect(count).toBe(3);
});

const inAMinute = { expiresAt: '2026-01-02T03:05:04.678Z' };
const renewals = (sent: readonly Record<string, unknown>[]) => sent.filter(({ type }) => type === 'refresh_token');

it('a session asks for another token again after a while when it got none', async ({ server }) => {
  let asked = 0;
  const getToken = async () => {
    asked += 1;
    if (asked === 2) throw new TypeError('fetch failed');
    return `token-${asked}`;
  };
  await server.connected({ getToken });
  server.last.say(message('token_expiring', 2, inAMinute));
  await vi.advanceTimersByTimeAsync(limits.tokenRetryMs - 1);
  expect(asked).toBe(2);

  await vi.advanceTimersByTimeAsync(1);

  expect(renewals(server.said)).toMatchObject([{ token: 'token-3' }]);
});

it('a token that comes after its connection was lost is not given to the next one', async ({ server }) => {
  const late = promisedToken();
  await server.connected({ getToken: (old) => (old === undefined ? Promise.resolve('first') : late.promise) });
  server.last.say(message('token_expiring', 2, inAMinute));
  server.last.drop();
  late.give('late');
  await server.reconnect();
  server.last.say(established({ resumed: true, seq: 2 }));

  expect(renewals(server.said)).toEqual([]);
  expect(server.claim).toMatchObject({ token: 'first' });
});

it('a renewal that the server has not answered is given up with its connection', async ({ server }) => {
  await server.connected({ getToken: async (old) => old ?? 'first' });
  server.last.say(message('token_expiring', 2, inAMinute));
  await vi.advanceTimersByTimeAsync(0);
  expect(renewals(server.said)).toHaveLength(1);
  server.last.drop();
  await server.reconnect();
  server.last.say(established({ resumed: true, seq: 2 }));

  expect(renewals(server.said)).toEqual([]);
});

it('a session that is warned again asks for one token', async ({ server }) => {
  let asked = 0;
  await server.connected({ getToken: async () => `token-${++asked}` });
  server.last.say(message('token_expiring', 2, { expiresAt: '2026-01-02T03:04:25.678Z' }), message('token_expiring', 3, inAMinute));
  await vi.advanceTimersByTimeAsync(15_000);

  expect(asked).toBe(2);
});

it.for([
  ['refused', () => undefined],
  ['left', (client: SignallingClient) => client.logout()],
] as const)('a session that is %s asks for no further token', async ([how, leave], { server }) => {
  const late = promisedToken();
  const getToken = vi.fn((old?: string) => (old === undefined ? Promise.resolve('first') : late.promise));
  const client = await server.connected({ getToken });
  server.last.say(message('token_expiring', 2, inAMinute));
  leave(client);
  if (how === 'refused') server.last.drop(1008, 'Signed out');
  late.refuse(new TypeError('fetch failed'));
  await vi.advanceTimersByTimeAsync(60_000);

  expect(getToken).toHaveBeenCalledTimes(2);
});

it.for([
  ['lost', 1006],
  ['refused', 1008],
] as const)('a session whose connection is %s does not wait for the token of the old one', async ([_, code], { server }) => {
  const getToken = vi.fn(async (old?: string) => old ?? 'first');
  await server.connected({ getToken });
  server.last.say(message('token_expiring', 2, { expiresAt: '2026-01-02T03:04:25.678Z' }));
  server.last.drop(code, 'Signed out');
  await vi.advanceTimersByTimeAsync(60_000);

  expect(getToken.mock.calls.filter(([old]) => old !== undefined)).toEqual([]);
});

it('a token is renewed at once, or at half of a short life, and not too often', () => {
  expect(renewalWaitMs(60_000, Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(0);
  expect(renewalWaitMs(limits.tokenShortMs, Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(0);
  expect(renewalWaitMs(limits.tokenShortMs - 2, Number.POSITIVE_INFINITY)).toBe(limits.tokenShortMs / 2 - 1);
  expect(renewalWaitMs(60_000, 1_000)).toBe(limits.tokenRetryMs - 1_000);
  expect(renewalWaitMs(4_000, 1_000)).toBe(limits.tokenRetryMs - 1_000);
});
