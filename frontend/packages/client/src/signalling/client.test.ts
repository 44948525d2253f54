import { describe, expect, vi } from 'vitest';
import { limits } from '../limits.ts';
import { established, message, reset } from '../testing.ts';
import { it, jwt, MemoryStorage } from './testing.ts';

describe('a refused command', () => {
  it('says when to come back, where the server says it', async ({ server }) => {
    const client = await server.connected();
    const asked = client.request({ type: 'get_directory' });
    server.last.say(
      message('error', 2, { id: server.last.sent.at(-1)?.id, code: 'overloaded', message: 'too many', retryAfterMs: 90_000 }),
    );

    await expect(asked).rejects.toMatchObject({ code: 'overloaded', retryAfterMs: 90_000 });
  });
});

describe('a client that resumes', () => {
  it('names its session and the last message it has seen', async ({ server }) => {
    await server.connected();
    server.last.say(message('pong', 2), message('pong', 3));
    server.last.drop();
    await server.reconnect();

    expect(server.claim).toEqual({ type: 'authenticate', token: jwt('u'), resumeToken: 'resume-1', seq: 3 });
  });

  it('hears what was missed once, in order', async ({ server }) => {
    const client = await server.connected();
    const heard: string[] = [];
    client.on('user_left', ({ userId }) => heard.push(userId));
    server.last.say(message('user_left', 2, { userId: 'a', roomId: 'r' }));
    server.last.drop();
    await server.reconnect();
    server.last.say(established({ resumed: true, seq: 2 }));
    server.last.say(...['a', 'b', 'c'].map((userId, index) => message('user_left', 2 + index, { userId, roomId: 'r' })));

    expect(heard).toEqual(['a', 'b', 'c']);
  });

  it('goes on under the token that came with the last connection, and voids the one before at once', async ({ server }) => {
    await server.connected();
    server.last.drop();
    await server.reconnect();
    server.last.say(established({ resumed: true, seq: 1, resumeToken: 'resume-2' }));
    expect(server.said).toEqual([{ type: 'ping', ack: 1 }]);
    server.last.drop();
    await server.reconnect();

    expect(server.claim).toMatchObject({ resumeToken: 'resume-2' });
  });

  it.for([
    ['until the server has answered under the new one', 'resume-1'],
    ['no longer than that', undefined],
  ] as const)('can fall back to the token before, %s', async ([_, fallsBackTo], { server }) => {
    await server.connected();
    server.last.drop();
    await server.reconnect();
    server.last.say(established({ resumed: true, seq: 1, resumeToken: 'resume-2' }));
    if (fallsBackTo === undefined) server.last.say(message('pong', 2));
    server.last.drop();
    await server.reconnect();
    for (let times = 0; times < 2; times += 1) {
      server.last.drop(1008, 'Invalid token');
      await server.reconnect();
    }

    expect(server.claim.resumeToken).toBe(fallsBackTo ?? 'resume-2');
    expect(server.sockets.length).toBe(fallsBackTo === undefined ? 4 : 5);
  });

  it('asks for a snapshot when a message is missing', async ({ server }) => {
    await server.connected();
    server.last.say(message('pong', 5));
    await server.reconnect();

    expect(server.sockets[0]?.closedWith).toBe(4000);
    expect(server.claim).toEqual({ type: 'authenticate', token: jwt('u'), resumeToken: 'resume-1' });
  });

  it('resumes after a reload of the page, without a seq', async ({ server }) => {
    const storage = new MemoryStorage();
    await server.connected({ storage });
    server.newClient({ storage }).connect();
    await vi.advanceTimersByTimeAsync(0);

    expect(server.claim).toEqual({ type: 'authenticate', token: jwt('u'), resumeToken: 'resume-1' });
  });

  it('does not resume the session of someone else who was signed in here', async ({ server }) => {
    const storage = new MemoryStorage();
    await server.connected({ storage });
    server.newClient({ storage, getToken: () => Promise.resolve(jwt('another')) }).connect();
    await vi.advanceTimersByTimeAsync(0);

    expect(server.claim).not.toHaveProperty('resumeToken');
  });

  it('goes on in a session of its own when another connection has taken this one', async ({ server }) => {
    await server.connected();
    server.last.drop(4001, 'taken over');
    await server.reconnect();

    expect(server.claim).toEqual({ type: 'authenticate', token: jwt('u') });
  });

  it('forgets the session on logout, ends it with 1000, and stays away', async ({ server }) => {
    const storage = new MemoryStorage();
    const client = await server.connected({ storage });
    client.logout();
    await vi.advanceTimersByTimeAsync(60_000);

    expect(server.last.closedWith).toBe(1000);
    expect(storage.items.size).toBe(0);
    expect(server.sockets.length).toBe(1);
  });

  it('joins its rooms again when the server has forgotten them', async ({ server }) => {
    const client = await server.connected();
    client.request({ type: 'join_room', roomId: 'r' }).catch(() => undefined);
    server.last.say(message('ack', 2, { id: server.said[0]?.id }));
    server.last.drop();
    await server.reconnect();
    server.last.say(established({ resumed: true, epoch: 'e2', seq: 2 }), reset({ reason: 'epoch' }));

    expect(server.said).toMatchObject([{ type: 'join_room', roomId: 'r' }]);
  });
});

describe('commands', () => {
  it('resolve with their ack and reject with their error', async ({ server }) => {
    const client = await server.connected();
    const good = client.request({ type: 'set_media_ready', ready: true });
    const bad = client.request({ type: 'accept_contact', callId: 'c' });
    const [first, second] = server.said;
    server.last.say(message('error', 2, { id: second?.id, code: 'gone', message: 'over' }), message('ack', 3, { id: first?.id }));

    await expect(good).resolves.toBeUndefined();
    await expect(bad).rejects.toMatchObject({ code: 'gone' });
  });

  it('that have no answer are sent again after a reconnect, in order, under the same ids', async ({ server }) => {
    const client = await server.connected();
    for (const callId of ['1', '2', '3']) client.request({ type: 'claim_media', callId }).catch(() => undefined);
    const ids = server.said.map((one) => one.id);
    server.last.say(message('ack', 2, { id: ids[1] }));
    server.last.drop();
    client.request({ type: 'claim_media', callId: '4' }).catch(() => undefined);
    await server.reconnect();
    server.last.say(established({ resumed: true, seq: 2 }));

    expect(server.said.map((one) => one.callId)).toEqual(['1', '3', '4']);
    expect(server.said.slice(0, 2).map((one) => one.id)).toEqual([ids[0], ids[2]]);
  });

  it('wait for the connection in a bounded queue', async ({ server }) => {
    const client = server.newClient();
    for (let n = 0; n < limits.pendingCommandsMax; n += 1) client.request({ type: 'ping' }).catch(() => undefined);

    await expect(client.request({ type: 'ping' })).rejects.toMatchObject({ code: 'overloaded' });
  });

  it('are sent again when the server has lost what was not durable', async ({ server }) => {
    const client = await server.connected();
    client.request({ type: 'claim_media', callId: '1' }).catch(() => undefined);
    server.last.say(reset({ reason: 'unavailable' }));

    expect(server.said.map((one) => one.callId)).toEqual(['1', '1']);
    expect(server.said[0]?.id).toBe(server.said[1]?.id);
  });

  it('tell the last message that was seen in passing', async ({ server }) => {
    const client = await server.connected();
    server.last.say(message('pong', 2));
    client.send({ type: 'ping' });

    expect(server.said).toEqual([{ type: 'ping', ack: 2 }]);
  });
});

it('what a client knows may be out of date while the connection is lost, and when it is refused', async ({ server }) => {
  const client = await server.connected();
  expect(client.live.getSnapshot().stale).toBe(false);
  server.last.drop();
  expect(client.live.getSnapshot().stale).toBe(true);
  await server.reconnect();
  server.last.say(established({ resumed: true, seq: 1 }));
  expect(client.live.getSnapshot().stale).toBe(false);
  server.last.drop(1008, 'Signed out');

  expect(client.live.getSnapshot().stale).toBe(true);
});

it('a client acknowledges before the server has to keep 50 messages', async ({ server }) => {
  await server.connected();
  for (let seq = 2; seq <= 41; seq += 1) server.last.say(message('user_left', seq, { userId: 'a', roomId: 'r' }));

  expect(server.said).toEqual([{ type: 'ping', ack: expect.any(Number) }]);
});
