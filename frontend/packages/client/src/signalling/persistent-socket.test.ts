import { expect, vi } from 'vitest';
import { limits } from '../limits.ts';
import { steadyNow } from '../steady.ts';
import { established, message, reset } from '../testing.ts';
import { it, jwt, promisedToken } from './testing.ts';
import { SignallingError } from './types.ts';

it('a connection asks for version 2 with the token alone the first time', async ({ server }) => {
  await server.connected();

  expect(server.last.protocol).toBe('calldocker.v2');
  expect(server.last.url).toBe('ws://server/ws');
  expect(server.last.sent).toEqual([{ type: 'authenticate', token: jwt('u') }]);
});

it('a connection is tried again without end, later and later', async ({ server }) => {
  const client = server.newClient();
  client.connect();
  await vi.advanceTimersByTimeAsync(0);
  for (let attempt = 1; attempt <= 30; attempt += 1) {
    server.last.drop();
    await server.reconnect();
  }

  expect(server.sockets.length).toBe(31);
  expect(client.connection.getSnapshot()).toEqual({ status: 'connecting', attempt: 31 });
});

it('a connection gives up a socket on which the server never lets it in', async ({ server }) => {
  const client = server.newClient();
  client.connect();
  await vi.advanceTimersByTimeAsync(limits.connectTimeoutMs);

  expect(server.last.closedWith).toBe(4000);
  expect(client.connection.getSnapshot().status).toBe('waiting');
});

it('a connection that is refused stops, says why, and fails what waits', async ({ server }) => {
  const client = await server.connected();
  const waiting = client.request({ type: 'ping' });
  server.last.drop(1008, 'Signed out');
  await expect(waiting).rejects.toMatchObject({ code: 'unauthenticated' });
  await vi.advanceTimersByTimeAsync(3_600_000);

  expect(client.connection.getSnapshot()).toEqual({ status: 'stopped', reason: 'refused', detail: 'Signed out' });
  expect(server.sockets.length).toBe(1);
});

it('a connection asks once for another token when the one it had is not taken', async ({ server }) => {
  const asked: (string | undefined)[] = [];
  const client = server.newClient({
    getToken: async (refused) => {
      asked.push(refused);
      return `token-${asked.length}`;
    },
  });
  client.connect();
  await vi.advanceTimersByTimeAsync(0);
  server.last.drop(1008, 'Invalid token');
  await server.reconnect();
  expect(server.claim).toMatchObject({ token: 'token-2' });
  server.last.drop(1008, 'Invalid token');
  await server.reconnect();

  expect(asked).toEqual([undefined, 'token-1']);
  expect(client.connection.getSnapshot()).toMatchObject({ status: 'stopped', reason: 'refused' });
});

it('a connection may ask for another token again after the server has let it in', async ({ server }) => {
  const client = await server.connected();
  for (let times = 0; times < 3; times += 1) {
    server.last.drop(1008, 'Invalid token');
    await server.reconnect();
    server.last.say(established(), reset());
  }

  expect(client.connection.getSnapshot().status).toBe('connected');
});

it('a connection stops when there is no token to be had, and tries again when there is only none right now', async ({ server }) => {
  const signedOut = server.newClient({ getToken: () => Promise.reject(new SignallingError('unauthenticated', 'sign in')) });
  const offline = server.newClient({ getToken: () => Promise.reject(new TypeError('fetch failed')) });
  signedOut.connect();
  offline.connect();
  await vi.advanceTimersByTimeAsync(0);

  expect(signedOut.connection.getSnapshot()).toMatchObject({ status: 'stopped', reason: 'no_token' });
  expect(offline.connection.getSnapshot().status).toBe('waiting');
});

it('a connection asks when it has heard nothing, and is given up when nothing comes', async ({ server }) => {
  const client = await server.connected();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(server.last.types()).toEqual(['authenticate', 'ping']);
  await vi.advanceTimersByTimeAsync(20_000);

  expect(server.last.closedWith).toBe(4000);
  expect(client.connection.getSnapshot().status).toBe('waiting');
});

it('a connection on which something is heard is kept', async ({ server }) => {
  const client = await server.connected();
  for (let seq = 2; seq < 12; seq += 1) {
    await vi.advanceTimersByTimeAsync(19_000);
    server.last.say(message('pong', seq));
  }

  expect(server.said).toEqual([]);
  expect(client.connection.getSnapshot().status).toBe('connected');
});

it('the network wakes a connection for as long as it is wanted', async ({ server }) => {
  const target = new EventTarget();
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
  const client = await server.connected();
  target.dispatchEvent(new Event('online'));
  expect(server.said).toMatchObject([{ type: 'ping' }]);
  const socket = server.last;
  server.last.drop(1008, 'Signed out');

  target.dispatchEvent(new Event('online'));
  await server.reconnect();

  expect(server.last).toBe(socket);
  client.logout();
  vi.unstubAllGlobals();
});

it('a connection begins the backoff anew only after one that held', async ({ server }) => {
  const client = await server.connected();
  server.last.drop();
  expect(client.connection.getSnapshot()).toMatchObject({ status: 'waiting', attempt: 2 });
  await server.reconnect();
  server.last.say(established({ resumed: true, seq: 1 }));
  await vi.advanceTimersByTimeAsync(limits.settledMs);
  server.last.drop();

  expect(client.connection.getSnapshot()).toMatchObject({ status: 'waiting', attempt: 1 });
});

it.for([
  ['comes', 'token'],
  ['does not come', new TypeError('fetch failed')],
  ['is refused', new SignallingError('unauthenticated', 'sign in')],
] as const)('a connection that was left stays left when its token %s', async ([_, answer], { server }) => {
  const token = promisedToken();
  const client = server.newClient({ getToken: () => token.promise });
  client.connect();
  client.logout();
  if (answer instanceof Error) token.refuse(answer);
  else token.give(answer);
  await server.reconnect();

  expect(server.sockets).toEqual([]);
  expect(client.connection.getSnapshot()).toEqual({ status: 'idle' });
});

it('a connection that was left and is wanted again opens one socket', async ({ server }) => {
  const tokens = [promisedToken(), promisedToken()] as const;
  let asked = 0;
  const client = server.newClient({ getToken: () => (tokens[asked++] ?? tokens[1]).promise });
  client.connect();
  client.logout();
  client.connect();
  for (const token of tokens) token.give('token');
  await vi.advanceTimersByTimeAsync(0);

  expect(server.sockets).toHaveLength(1);
});

it('a connection comes back no earlier than an overloaded server wants, and not for ever later', async ({ server }) => {
  let wantsMs = 60_000;
  const client = server.newClient({ getToken: () => Promise.reject(new SignallingError('overloaded', 'later', wantsMs)) });
  const waitsMs = (): number => {
    const state = client.connection.getSnapshot();
    return state.status === 'waiting' ? Math.round(state.retryAt - steadyNow()) : Number.NaN;
  };
  client.connect();
  await vi.advanceTimersByTimeAsync(0);
  expect(client.connection.getSnapshot()).toMatchObject({ status: 'waiting', attempt: 2, overloaded: true });
  expect(waitsMs()).toBe(60_000);
  wantsMs = 3_600_000;
  await vi.advanceTimersByTimeAsync(60_000);

  expect(waitsMs()).toBe(limits.retryAfterMaxMs);
});

it.for([
  ['wakes a connection that waits', false, 2],
  ['leaves a connection alone that the server wants later', true, 1],
] as const)('the network %s', async ([_, overloaded, asks], { server }) => {
  const target = new EventTarget();
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
  const getToken = vi.fn(async () => {
    throw overloaded ? new SignallingError('overloaded', 'later', 60_000) : new TypeError('fetch failed');
  });
  const client = server.newClient({ getToken });
  client.connect();
  await vi.advanceTimersByTimeAsync(0);

  target.dispatchEvent(new Event('online'));

  expect(getToken).toHaveBeenCalledTimes(asks);
  client.logout();
});

it('a connection that is woken while it waits is not tried again at the time that it waited for', async ({ server }) => {
  const target = new EventTarget();
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  const client = await server.connected();
  server.last.drop();
  target.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(limits.connectTimeoutMs - 1);

  expect(server.sockets).toHaveLength(2);
  expect(client.connection.getSnapshot()).toEqual({ status: 'connecting', attempt: 2 });
});

it('a socket that was given up is not heard any longer', async ({ server }) => {
  const client = await server.connected();
  const [former] = server.sockets;
  former?.say(message('pong', 5)); // a gap
  former?.say(established({ userId: 'x' }));
  former?.drop(1008, 'Signed out');

  expect(client.live.getSnapshot().identity?.userId).toBe('u');
  expect(client.connection.getSnapshot().status).toBe('waiting');
});

it('a connection is tried again when the browser refuses to try', async ({ server }) => {
  const client = server.newClient({
    openSocket: () => {
      throw new Error('SecurityError');
    },
  });
  client.connect();
  await vi.advanceTimersByTimeAsync(0);

  expect(client.connection.getSnapshot()).toMatchObject({ status: 'waiting', attempt: 2 });
});

it('a client connects once, however often it is asked to', async ({ server }) => {
  const client = await server.connected();
  client.connect();
  await vi.advanceTimersByTimeAsync(0);

  expect(server.sockets).toHaveLength(1);
});

it('a client that was refused connects again when it is asked to, and counts anew', async ({ server }) => {
  const client = await server.connected();
  server.last.drop(1008, 'Signed out');
  client.connect();
  await vi.advanceTimersByTimeAsync(0);

  expect(server.sockets).toHaveLength(2);
  expect(client.connection.getSnapshot()).toEqual({ status: 'connecting', attempt: 1 });
});
