import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../limits.ts';
import { established, FakeSocket, message, reset } from '../testing.ts';
import { SignallingClient, type SignallingOptions } from './client.ts';
import { SignallingError } from './types.ts';

let sockets: FakeSocket[];
const last = (): FakeSocket => sockets.at(-1) as FakeSocket;
/** Who the last connection says it is, and what it says then. */
const claim = (): Record<string, unknown> => last().sent[0] ?? {};
const said = (): Record<string, unknown>[] => last().sent.slice(1);
const jwt = (id: string): string => `h.${btoa(JSON.stringify({ id, role: 'agent', company_id: 'c' }))}.s`;

class MemoryStorage {
  readonly items = new Map<string, string>();
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.items.set(key, value);
  removeItem = (key: string): void => void this.items.delete(key);
}

function newClient(options: Partial<SignallingOptions> = {}): SignallingClient {
  return new SignallingClient({
    url: 'ws://server/ws',
    getToken: () => Promise.resolve(jwt('u')),
    storageKey: 'desk',
    storage: new MemoryStorage(),
    random: () => 0.5,
    openSocket: (url, protocol) => {
      const socket = new FakeSocket(url, protocol);
      sockets.push(socket);
      queueMicrotask(() => socket.open());
      return socket as unknown as WebSocket;
    },
    ...options,
  });
}

async function connected(options: Partial<SignallingOptions> = {}): Promise<SignallingClient> {
  const client = newClient(options);
  client.connect();
  await vi.advanceTimersByTimeAsync(0);
  last().say(established(), reset());
  return client;
}

/** Lets the retry that is due within 10 s happen. */
const reconnect = (): Promise<unknown> => vi.advanceTimersByTimeAsync(limits.backoffCapMs);

beforeEach(() => {
  sockets = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('a refused command', () => {
  it('says when to come back, where the server says it', async () => {
    const client = await connected();
    const asked = client.request({ type: 'get_directory' });
    last().say(message('error', 2, { id: last().sent.at(-1)?.id, code: 'overloaded', message: 'too many', retryAfterMs: 90_000 }));

    await expect(asked).rejects.toMatchObject({ code: 'overloaded', retryAfterMs: 90_000 });
  });
});

describe('connecting', () => {
  it('asks for version 2 with the token alone the first time', async () => {
    await connected();

    expect(last().protocol).toBe('calldocker.v2');
    expect(last().url).toBe('ws://server/ws');
    expect(last().sent).toEqual([{ type: 'authenticate', token: jwt('u') }]);
  });

  it('tries again without end, later and later', async () => {
    const client = newClient();
    client.connect();
    await vi.advanceTimersByTimeAsync(0);
    for (let attempt = 1; attempt <= 30; attempt += 1) {
      last().drop();
      await reconnect();
    }

    expect(sockets.length).toBe(31);
    expect(client.connection.getSnapshot()).toEqual({ status: 'connecting', attempt: 31 });
  });

  it('gives up a socket that never says who we are', async () => {
    const client = newClient();
    client.connect();
    await vi.advanceTimersByTimeAsync(limits.connectTimeoutMs);

    expect(last().closedWith).toBe(4000);
    expect(client.connection.getSnapshot().status).toBe('waiting');
  });

  it('stops when it is refused, says why, and fails what waits', async () => {
    const client = await connected();
    const waiting = client.request({ type: 'ping' });
    last().drop(1008, 'Signed out');
    await expect(waiting).rejects.toMatchObject({ code: 'unauthenticated' });
    await vi.advanceTimersByTimeAsync(3_600_000);

    expect(client.connection.getSnapshot()).toEqual({ status: 'stopped', reason: 'refused', detail: 'Signed out' });
    expect(sockets.length).toBe(1);
  });

  it('asks once for another token when the one it had is not taken', async () => {
    const asked: (string | undefined)[] = [];
    const client = newClient({
      getToken: async (refused) => {
        asked.push(refused);
        return `token-${asked.length}`;
      },
    });
    client.connect();
    await vi.advanceTimersByTimeAsync(0);
    last().drop(1008, 'Invalid token');
    await reconnect();
    expect(claim()).toMatchObject({ token: 'token-2' });
    last().drop(1008, 'Invalid token');
    await reconnect();

    expect(asked).toEqual([undefined, 'token-1']);
    expect(client.connection.getSnapshot()).toMatchObject({ status: 'stopped', reason: 'refused' });
  });

  it('asks again after a connection that was taken', async () => {
    const client = await connected();
    for (let times = 0; times < 3; times += 1) {
      last().drop(1008, 'Invalid token');
      await reconnect();
      last().say(established(), reset());
    }

    expect(client.connection.getSnapshot().status).toBe('connected');
  });

  it('stops when there is no token to be had, and tries again when there is only none right now', async () => {
    const signedOut = newClient({ getToken: () => Promise.reject(new SignallingError('unauthenticated', 'sign in')) });
    const offline = newClient({ getToken: () => Promise.reject(new TypeError('fetch failed')) });
    signedOut.connect();
    offline.connect();
    await vi.advanceTimersByTimeAsync(0);

    expect(signedOut.connection.getSnapshot()).toMatchObject({ status: 'stopped', reason: 'no_token' });
    expect(offline.connection.getSnapshot().status).toBe('waiting');
  });
});

describe('resuming', () => {
  it('names its session and the last message it has seen', async () => {
    await connected();
    last().say(message('pong', 2), message('pong', 3));
    last().drop();
    await reconnect();

    expect(claim()).toEqual({ type: 'authenticate', token: jwt('u'), resumeToken: 'resume-1', seq: 3 });
  });

  it('hears what was missed once, in order', async () => {
    const client = await connected();
    const heard: string[] = [];
    client.on('user_left', ({ userId }) => heard.push(userId));
    last().say(message('user_left', 2, { userId: 'a', roomId: 'r' }));
    last().drop();
    await reconnect();
    last().say(established({ resumed: true, seq: 2 }));
    last().say(...['a', 'b', 'c'].map((userId, index) => message('user_left', 2 + index, { userId, roomId: 'r' })));

    expect(heard).toEqual(['a', 'b', 'c']);
  });

  it('goes on under the token that came with the last connection, and voids the one before at once', async () => {
    await connected();
    last().drop();
    await reconnect();
    last().say(established({ resumed: true, seq: 1, resumeToken: 'resume-2' }));
    expect(said()).toEqual([{ type: 'ping', ack: 1 }]);
    last().drop();
    await reconnect();

    expect(claim()).toMatchObject({ resumeToken: 'resume-2' });
  });

  it.each([
    ['until the server has answered under the new one', 'resume-1'],
    ['no longer than that', undefined],
  ])('can fall back to the token before, %s', async (_, fallsBackTo) => {
    await connected();
    last().drop();
    await reconnect();
    last().say(established({ resumed: true, seq: 1, resumeToken: 'resume-2' }));
    if (fallsBackTo === undefined) last().say(message('pong', 2));
    last().drop();
    await reconnect();
    for (let times = 0; times < 2; times += 1) {
      last().drop(1008, 'Invalid token');
      await reconnect();
    }

    expect(claim().resumeToken).toBe(fallsBackTo ?? 'resume-2');
    expect(sockets.length).toBe(fallsBackTo === undefined ? 4 : 5);
  });

  it('asks for a snapshot when a message is missing', async () => {
    await connected();
    last().say(message('pong', 5));
    await reconnect();

    expect(sockets[0]?.closedWith).toBe(4000);
    expect(claim()).toEqual({ type: 'authenticate', token: jwt('u'), resumeToken: 'resume-1' });
  });

  it('resumes after a reload of the page, without a seq', async () => {
    const storage = new MemoryStorage();
    await connected({ storage });
    newClient({ storage }).connect();
    await vi.advanceTimersByTimeAsync(0);

    expect(claim()).toEqual({ type: 'authenticate', token: jwt('u'), resumeToken: 'resume-1' });
  });

  it('does not resume the session of someone else who was signed in here', async () => {
    const storage = new MemoryStorage();
    await connected({ storage });
    newClient({ storage, getToken: () => Promise.resolve(jwt('another')) }).connect();
    await vi.advanceTimersByTimeAsync(0);

    expect(claim()).not.toHaveProperty('resumeToken');
  });

  it('goes on in a session of its own when another connection has taken this one', async () => {
    await connected();
    last().drop(4001, 'taken over');
    await reconnect();

    expect(claim()).toEqual({ type: 'authenticate', token: jwt('u') });
  });

  it('forgets the session on logout, ends it with 1000, and stays away', async () => {
    const storage = new MemoryStorage();
    const client = await connected({ storage });
    client.logout();
    await vi.advanceTimersByTimeAsync(60_000);

    expect(last().closedWith).toBe(1000);
    expect(storage.items.size).toBe(0);
    expect(sockets.length).toBe(1);
  });

  it('joins its rooms again when the server has forgotten them', async () => {
    const client = await connected();
    client.request({ type: 'join_room', roomId: 'r' }).catch(() => undefined);
    last().say(message('ack', 2, { id: said()[0]?.id }));
    last().drop();
    await reconnect();
    last().say(established({ resumed: true, epoch: 'e2', seq: 2 }), reset({ reason: 'epoch' }));

    expect(said()).toMatchObject([{ type: 'join_room', roomId: 'r' }]);
  });
});

describe('commands', () => {
  it('resolve with their ack and reject with their error', async () => {
    const client = await connected();
    const good = client.request({ type: 'set_media_ready', ready: true });
    const bad = client.request({ type: 'accept_contact', callId: 'c' });
    const [first, second] = said();
    last().say(message('error', 2, { id: second?.id, code: 'gone', message: 'over' }), message('ack', 3, { id: first?.id }));

    await expect(good).resolves.toBeUndefined();
    await expect(bad).rejects.toMatchObject({ code: 'gone' });
  });

  it('that have no answer are sent again after a reconnect, in order, under the same ids', async () => {
    const client = await connected();
    for (const callId of ['1', '2', '3']) client.request({ type: 'claim_media', callId }).catch(() => undefined);
    const ids = said().map((one) => one.id);
    last().say(message('ack', 2, { id: ids[1] }));
    last().drop();
    client.request({ type: 'claim_media', callId: '4' }).catch(() => undefined);
    await reconnect();
    last().say(established({ resumed: true, seq: 2 }));

    expect(said().map((one) => one.callId)).toEqual(['1', '3', '4']);
    expect(
      said()
        .slice(0, 2)
        .map((one) => one.id),
    ).toEqual([ids[0], ids[2]]);
  });

  it('wait for the connection in a bounded queue', async () => {
    const client = newClient();
    for (let n = 0; n < limits.pendingCommandsMax; n += 1) client.request({ type: 'ping' }).catch(() => undefined);

    await expect(client.request({ type: 'ping' })).rejects.toMatchObject({ code: 'overloaded' });
  });

  it('are sent again when the server has lost what was not durable', async () => {
    const client = await connected();
    client.request({ type: 'claim_media', callId: '1' }).catch(() => undefined);
    last().say(reset({ reason: 'unavailable' }));

    expect(said().map((one) => one.callId)).toEqual(['1', '1']);
    expect(said()[0]?.id).toBe(said()[1]?.id);
  });

  it('tell the last message that was seen in passing', async () => {
    const client = await connected();
    last().say(message('pong', 2));
    client.send({ type: 'ping' });

    expect(said()).toEqual([{ type: 'ping', ack: 2 }]);
  });
});

describe('time', () => {
  it('acknowledges before the server has to keep 50 messages', async () => {
    await connected();
    for (let seq = 2; seq <= 41; seq += 1) last().say(message('user_left', seq, { userId: 'a', roomId: 'r' }));

    expect(said()).toEqual([{ type: 'ping', ack: expect.any(Number) }]);
  });

  it('asks when it has heard nothing, and gives the connection up when nothing comes', async () => {
    const client = await connected();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(last().types()).toEqual(['authenticate', 'ping']);
    await vi.advanceTimersByTimeAsync(20_000);

    expect(last().closedWith).toBe(4000);
    expect(client.connection.getSnapshot().status).toBe('waiting');
  });

  it('keeps a connection on which something is heard', async () => {
    const client = await connected();
    for (let seq = 2; seq < 12; seq += 1) {
      await vi.advanceTimersByTimeAsync(19_000);
      last().say(message('pong', seq));
    }

    expect(said()).toEqual([]);
    expect(client.connection.getSnapshot().status).toBe('connected');
  });

  it('goes on under a new token when the old one expires', async () => {
    const old: (string | undefined)[] = [];
    await connected({ getToken: async (given) => `token-${old.push(given)}` });
    last().say(message('token_expiring', 2, { expiresAt: '2026-01-02T03:05:04.678Z' }));
    await vi.advanceTimersByTimeAsync(0);

    expect(said()).toMatchObject([{ type: 'refresh_token', token: 'token-2' }]);
    last().say(message('ack', 3, { id: said()[0]?.id }));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(said().filter(({ type }) => type === 'refresh_token')).toHaveLength(1);
    expect(old).toEqual([undefined, 'token-1']);
  });

  it('keeps the token that it has if there is no other, and stops asking', async () => {
    const getToken = vi.fn(async (old?: string) => {
      if (old !== undefined) throw new SignallingError('unauthenticated', 'sign in');
      return 'pasted';
    });
    const client = await connected({ getToken });
    last().say(message('token_expiring', 2, { expiresAt: '2026-01-02T03:05:04.678Z' }));
    await vi.advanceTimersByTimeAsync(15_000);

    expect(getToken).toHaveBeenCalledTimes(2);
    expect(client.connection.getSnapshot().status).toBe('connected');
  });

  it('does not ask in a circle where tokens live shorter than the warning comes before their end', async () => {
    let count = 0;
    await connected({ getToken: () => Promise.resolve(`token-${++count}`) });
    const warning = { expiresAt: '2026-01-02T03:04:10.678Z' };
    last().say(message('token_expiring', 2, warning));
    await vi.advanceTimersByTimeAsync(2_499);
    expect(count, 'before half of its 5 s').toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(count).toBe(2);
    last().say(message('token_expiring', 3, warning));
    await vi.advanceTimersByTimeAsync(limits.tokenRetryMs - 1);
    expect(count).toBe(2);

    await vi.advanceTimersByTimeAsync(1);

    expect(count).toBe(3);
  });

  it('is woken by the network for as long as it is wanted', async () => {
    const target = new EventTarget();
    vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
    vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
    const client = await connected();
    target.dispatchEvent(new Event('online'));
    expect(said()).toMatchObject([{ type: 'ping' }]);
    const socket = last();
    last().drop(1008, 'Signed out');

    target.dispatchEvent(new Event('online'));
    await reconnect();

    expect(last()).toBe(socket);
    client.logout();
    vi.unstubAllGlobals();
  });

  it('begins the backoff anew only after a connection that held', async () => {
    const client = await connected();
    last().drop();
    expect(client.connection.getSnapshot()).toMatchObject({ status: 'waiting', attempt: 2 });
    await reconnect();
    last().say(established({ resumed: true, seq: 1 }));
    await vi.advanceTimersByTimeAsync(limits.settledMs);
    last().drop();

    expect(client.connection.getSnapshot()).toMatchObject({ status: 'waiting', attempt: 1 });
  });
});
