// docs/protocol.md, "Version 2": sessions, answered commands, token refresh, ICE servers.
import { createHmac } from 'node:crypto';
import { Client, type Message } from './client.ts';
import { expect, test } from './fixtures.ts';
import { CallDocker } from '../harness/server.ts';

const PROTOCOL = ['calldocker.v2'];

interface Session { client: Client; established: Message }

async function open(server: CallDocker, company: string, id: string, query = '', role = 'agent'): Promise<Session> {
  const client = await Client.dial(server.signallingUrl, `?token=${server.sign({ id, role, company_id: company })}${query}`, PROTOCOL);
  return { client, established: await client.next('connection_established') };
}

test('the subprotocol is echoed, and the session introduces itself', async ({ server, company }) => {
  const { client, established } = await open(server, company, 'amina');

  const reset = await client.next('session_reset');

  expect(client.protocol).toBe('calldocker.v2');
  expect(established).toMatchObject({ userId: 'amina', role: 'agent', companyId: company, seq: 0, resumed: false, epoch: expect.anything() });
  for (const field of ['sessionId', 'resumeToken', 'serverTime']) expect(established[field]).toEqual(expect.any(String));
  expect(established.heartbeatMs).toEqual(expect.any(Number));
  expect(reset).toMatchObject({ seq: 1, reason: 'new', snapshot: { rooms: [], contacts: [] } });
  client.vanish();
});

test('every message is numbered, one after the other', async ({ server, company }) => {
  const { client } = await open(server, company, 'amina');
  await client.next('session_reset');

  for (const seq of [2, 3, 4]) {
    client.send({ type: 'ping' });
    expect((await client.next('pong')).seq).toBe(seq);
  }
  client.vanish();
});

test('after a lost connection what was missed follows, once and in order', async ({ server, company, connect }) => {
  const { client, established } = await open(server, company, 'amina');
  const { seq } = await client.next('session_reset');
  const visitor = await connect({ id: 'visitor', role: 'user' });
  client.vanish();
  for (const index of [1, 2, 3]) visitor.send({ type: 'ice_candidate', targetUserId: 'amina', candidate: { index } });
  await visitor.settled();

  const back = await open(server, company, 'amina', `&resume=${encodeURIComponent(String(established.resumeToken))}&seq=${String(seq)}`);

  expect(back.established).toMatchObject({ resumed: true, sessionId: established.sessionId, seq });
  for (const index of [1, 2, 3]) {
    expect(await back.client.next('ice_candidate')).toMatchObject({ candidate: { index }, seq: Number(seq) + index });
  }
  expect(await back.client.settled()).toEqual([]);
  back.client.vanish();
});

test('a reloaded page, which remembers no number, gets a snapshot', async ({ server, company }) => {
  const { client, established } = await open(server, company, 'amina');
  await client.next('session_reset');
  client.send({ type: 'join_room', roomId: 'agent-room' });
  await client.next('room_joined');
  client.vanish();

  const back = await open(server, company, 'amina', `&resume=${encodeURIComponent(String(established.resumeToken))}`);

  expect(await back.client.next('session_reset')).toMatchObject(
    { seq: Number(back.established.seq) + 1, reason: 'requested', snapshot: { rooms: [{ roomId: 'agent-room', users: ['amina'] }] } });
  back.client.vanish();
});

test('a session that is opened again elsewhere is taken over', async ({ server, company }) => {
  const first = await open(server, company, 'amina');
  await first.client.next('session_reset');

  const second = await open(server, company, 'amina', `&resume=${encodeURIComponent(String(first.established.resumeToken))}`);

  expect((await first.client.closed).code).toBe(4001);
  await second.client.next('session_reset');
  second.client.vanish();
});

test('a command is answered, and its repetition changes nothing and gets the same answer', async ({ server, company, connect }) => {
  const { client } = await open(server, company, 'amina');
  await client.next('session_reset');
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const command = { type: 'ice_candidate', targetUserId: 'visitor', candidate: null, id: 'command-1' };

  client.send(command);
  expect(await client.next('ack')).toMatchObject({ id: 'command-1' });
  client.send(command);
  expect(await client.next('ack')).toMatchObject({ id: 'command-1' });

  expect((await visitor.settled()).map((message) => message.type)).toEqual(['ice_candidate']);
  client.vanish();
});

test('a command that cannot be done is answered with its id, a code and words', async ({ server, company }) => {
  const { client } = await open(server, company, 'visitor', '', 'user');
  await client.next('session_reset');

  client.send({ type: 'join_room', roomId: 'agent-room', id: 'command-1' });

  expect(await client.next('error')).toMatchObject({ id: 'command-1', code: 'forbidden', message: expect.any(String) });
  client.vanish();
});

test('a token is refreshed in band, for the same person only', async ({ server, company }) => {
  const { client } = await open(server, company, 'amina');
  await client.next('session_reset');
  const fresh = (id: string) => server.sign({ id, role: 'agent', company_id: company, exp: Math.floor(Date.now() / 1000) + 600 });

  client.send({ type: 'refresh_token', token: fresh('amina'), id: 'r1' });
  client.send({ type: 'refresh_token', token: fresh('bruno'), id: 'r2' });

  expect(await client.next('ack')).toMatchObject({ id: 'r1' });
  expect(await client.next('error')).toMatchObject({ id: 'r2' });
  client.vanish();
});

test('a connection whose token has expired is warned, and closed after the grace; who brought a new token stays', async ({ company, start }) => {
  const server = await start({ TOKEN_GRACE_SECONDS: '1' });
  const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
  const join = async (id: string, exp: number) => {
    const client = await Client.dial(server.signallingUrl, `?token=${server.sign({ id, role: 'agent', company_id: company, exp })}`, PROTOCOL);
    await client.next('connection_established');
    await client.next('session_reset');
    return client;
  };
  const expires = inSeconds(2);
  const careless = await join('careless', expires);
  const careful = await join('careful', expires);

  const expiresAt = new Date(expires * 1000).toISOString();
  for (const client of [careless, careful]) expect(await client.next('token_expiring')).toMatchObject({ expiresAt });
  careful.send({ type: 'refresh_token', token: server.sign({ id: 'careful', role: 'agent', company_id: company, exp: inSeconds(600) }), id: 'r' });
  await careful.next('ack');

  expect(await careless.closed).toEqual({ code: 1008, reason: 'Invalid token' });
  expect(Date.now()).toBeGreaterThanOrEqual((expires + 1) * 1000);
  expect(await careful.settled()).toEqual([]);
  careful.vanish();
});

test('a live contact outlives the tokens of its parties', async ({ company, start }) => {
  const server = await start({ TOKEN_GRACE_SECONDS: '1' });
  const exp = Math.floor(Date.now() / 1000) + 2;
  const dial = (id: string, role: string) =>
    Client.dial(server.signallingUrl, `?token=${server.sign({ id, role, company_id: company, exp })}`, PROTOCOL);
  const visitor = await dial('visitor', 'user');
  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer: { type: 'offer', sdp: 'v=0' }, callId: 'live' });
  const idle = await dial('idle', 'agent');

  expect((await idle.closed).code).toBe(1008);

  expect((await visitor.settled()).map((message) => message.type)).toContain('token_expiring');
  visitor.vanish();
});

test('a resume token with an expired access token carries a live contact, begins no other, and ends with it', async ({ company, start }) => {
  const server = await start();
  const resumeExpired = ({ established }: Session, role: string) => {
    const token = server.sign({ id: established.userId, role, company_id: company, exp: Math.floor(Date.now() / 1000) - 5 });
    return Client.dial(server.signallingUrl, `?token=${token}&resume=${encodeURIComponent(String(established.resumeToken))}`, PROTOCOL);
  };
  const offer = (callId: string) => ({ type: 'webrtc_offer', targetUserId: 'agent-room', offer: { type: 'offer', sdp: 'v=0' }, callId });
  const visitor = await open(server, company, 'visitor', '', 'user');
  const idle = await open(server, company, 'idle');
  await visitor.client.command(offer('live'));
  for (const { client } of [visitor, idle]) client.vanish();

  expect(await (await resumeExpired(idle, 'agent')).closed).toEqual({ code: 1008, reason: 'Invalid token' });

  const back = await resumeExpired(visitor, 'user');
  await back.until('token_expiring');
  back.send({ ...offer('another'), id: 'refused' });
  expect(await back.until('error')).toMatchObject({ id: 'refused', code: 'unauthenticated', message: 'Invalid token' });
  await back.command({ type: 'end_contact', callId: 'live' });
  back.send(offer('another'));
  expect(await back.closed).toEqual({ code: 1008, reason: 'Invalid token' });
});

test('ICE servers come with their time to live', async ({ server, company }) => {
  const { client } = await open(server, company, 'amina');
  await client.next('session_reset');

  client.send({ type: 'get_ice_servers', callId: 'call-1' });

  const answer = await client.next('ice_servers');
  expect(answer).toMatchObject({ callId: 'call-1', iceServers: expect.any(Array), ttlSeconds: expect.any(Number) });
  client.vanish();
});

test('a client that does not ask for version 2 sees nothing of it', async ({ connect }) => {
  const client = await connect({ id: 'amina' });

  client.send({ type: 'ping', id: 'command-1' });

  expect(Object.keys(await client.next('pong')).sort()).toEqual(['timestamp', 'type']);
  expect(client.protocol).toBe('');
});

const resume = (session: Session, seq?: number) =>
  `&resume=${encodeURIComponent(String(session.established.resumeToken))}${seq === undefined ? '' : `&seq=${seq}`}`;

test('acknowledged messages are not sent again, and a number that was never given resets', async ({ server, company, connect }) => {
  const first = await open(server, company, 'amina');
  const seq = Number((await first.client.next('session_reset')).seq);
  const other = await connect({ id: 'other' });
  for (const candidate of [1, 2, 3]) other.send({ type: 'ice_candidate', targetUserId: 'amina', candidate });
  await other.settled();
  first.client.send({ type: 'ping', ack: seq + 2 });
  await first.client.settled();
  first.client.vanish();

  const second = await open(server, company, 'amina', resume(first, seq + 2));
  expect(second.established).toMatchObject({ resumed: true, seq: seq + 2 });
  expect(await second.client.next('ice_candidate')).toMatchObject({ candidate: 3, seq: seq + 3 });
  second.client.vanish();

  const third = await open(server, company, 'amina', resume(first, 999_999));
  expect(third.established.resumed).toBe(false);
  expect(await third.client.next('session_reset')).toMatchObject({ reason: 'overrun' });
  third.client.vanish();
});

test('a client that has missed more than the window holds gets a reset, and counts on from there', async ({ server, company, connect }) => {
  const first = await open(server, company, 'amina');
  const seq = Number((await first.client.next('session_reset')).seq);
  first.client.vanish();
  const other = await connect({ id: 'other' });
  for (let index = 0; index < 300; index += 1) other.send({ type: 'ice_candidate', targetUserId: 'amina', candidate: index });
  await other.settled();

  const back = await open(server, company, 'amina', resume(first, seq));

  expect(back.established.resumed).toBe(false);
  const reset = await back.client.next('session_reset');
  expect(reset).toMatchObject({ reason: 'overrun', snapshot: { rooms: [], contacts: [] } });
  expect(Number(reset.seq)).toBe(Number(back.established.seq) + 1);
  back.client.send({ type: 'ping' });
  expect((await back.client.next('pong')).seq).toBe(Number(reset.seq) + 1);
  back.client.vanish();
});

test('a resume token opens its own session alone', async ({ server, company }) => {
  const amina = await open(server, company, 'amina');
  await amina.client.next('session_reset');
  const token = String(amina.established.resumeToken);

  for (const [id, query] of [['bruno', resume(amina, 1)], ['amina', `&resume=${token.slice(0, -2)}xx&seq=1`], ['amina', '&resume=&seq=1']] as const) {
    const other = await open(server, company, id, query);
    expect(other.established).toMatchObject({ resumed: false, userId: id });
    expect(other.established.sessionId).not.toBe(amina.established.sessionId);
    other.client.vanish();
  }
  const elsewhere = await open(server, `${company}-other`, 'amina', resume(amina, 1));
  expect(elsewhere.established.sessionId).not.toBe(amina.established.sessionId);
  elsewhere.client.vanish();
  expect(await amina.client.settled()).toEqual([]);
  amina.client.vanish();
});

test('a version 2 session that is detached keeps its rooms, and nobody hears that it left', async ({ server, company, connect }) => {
  const watcher = await connect({ id: 'watcher' });
  watcher.send({ type: 'join_room', roomId: 'agent-room' });
  await watcher.next('room_joined');
  const { client, established } = await open(server, company, 'amina');
  await client.next('session_reset');
  client.send({ type: 'join_room', roomId: 'agent-room' });
  const { seq } = await client.next('room_joined');
  await watcher.next('user_joined');
  client.vanish();
  await client.closed;

  expect(await watcher.settled()).toEqual([]);
  const back = await open(server, company, 'amina', resume({ client, established }, Number(seq)));
  watcher.send({ type: 'call_started', callId: 'k', roomId: 'agent-room' });
  expect(await back.client.next('call_started')).toMatchObject({ seq: Number(seq) + 1 });
  back.client.close(1000); // for good

  expect((await watcher.next('call_started')).callId).toBe('k');
  expect((await watcher.next('user_left')).userId).toBe('amina');
});

test('a short token is warned about at once', async ({ server, company }) => {
  const token = server.sign({ id: 'amina', role: 'agent', company_id: company, exp: Math.floor(Date.now() / 1000) + 30 });
  const client = await Client.dial(server.signallingUrl, `?token=${token}`, PROTOCOL);
  await client.next('connection_established');
  await client.next('session_reset');
  expect((await client.next('token_expiring')).expiresAt).toMatch(/Z$/);
  client.vanish();
});

test('a live call, its sessions and what was done to it survive the death of the server', async ({ start }) => {
  const server = await start({ TURN_URLS: 'turn:127.0.0.1:3478', TURN_SECRET: 'for this test' });
  const visitor = await open(server, 'acme', 'visitor', '', 'user');
  const agent = await open(server, 'acme', 'amina');
  for (const { client } of [visitor, agent]) await client.next('session_reset');
  agent.client.send({ type: 'set_media_ready', ready: true });
  agent.client.send({ type: 'set_agent_intent', intent: 'available', id: 'intent' });
  await agent.client.until('ack');
  visitor.client.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer: { sdp: 'x' }, callId: 'k', id: 'call' });
  await visitor.client.until('ack');
  await agent.client.until('contact_offered');
  agent.client.send({ type: 'accept_contact', callId: 'k', id: 'accept' });
  expect(await agent.client.until('webrtc_offer')).toMatchObject({ fromUserId: 'visitor', callId: 'k', offer: { sdp: 'x' } });
  await agent.client.until('ack');
  for (const { client } of [visitor, agent]) client.send({ type: 'media_state', callId: 'k', state: 'up', id: 'up' });
  for (const { client } of [visitor, agent]) await client.until('ack');

  await server.kill();
  await Promise.all([visitor.client.closed, agent.client.closed]);
  await server.restart();
  const visitorBack = await open(server, 'acme', 'visitor', resume(visitor, 3), 'user');
  const agentBack = await open(server, 'acme', 'amina', resume(agent, 3));

  for (const [before, back, party] of [[visitor, visitorBack, 'visitor'], [agent, agentBack, 'agent']] as const) {
    expect(back.established).toMatchObject({ resumed: false, sessionId: before.established.sessionId });
    expect(back.established.epoch).not.toBe(before.established.epoch);
    expect(await back.client.next('session_reset')).toMatchObject({
      reason: 'epoch', seq: 1, snapshot: { rooms: [], contacts: [{ callId: 'k', state: 'connected', you: party, mediaOwner: true, agent: { userId: 'amina' } }] },
    });
  }
  // What has had its effect before is acknowledged again and done once.
  agentBack.client.send({ type: 'accept_contact', callId: 'k', id: 'accept' });
  expect(await agentBack.client.until('ack')).toMatchObject({ id: 'accept' });
  visitorBack.client.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer: { sdp: 'x' }, callId: 'k', id: 'call' });
  expect(await visitorBack.client.until('ack')).toMatchObject({ id: 'call' });
  agentBack.client.send({ type: 'get_ice_servers', callId: 'k' });
  const { iceServers, ttlSeconds } = await agentBack.client.until('ice_servers') as unknown as
    { iceServers: { urls: string[]; username?: string; credential?: string }[]; ttlSeconds: number };
  const turn = iceServers.find((entry) => entry.urls.some((url) => url.startsWith('turn:')))!;
  expect(turn.username).toMatch(/^\d+:/);
  expect(Number(turn.username!.split(':')[0]) - Date.now() / 1000).toBeGreaterThan(ttlSeconds - 30);
  expect(turn.credential).toBe(createHmac('sha1', 'for this test').update(turn.username!).digest('base64'));

  agentBack.client.send({ type: 'end_contact', callId: 'k', reason: 'done', id: 'end' });
  await agentBack.client.until('ack');
  expect(await visitorBack.client.until('call_ended')).toMatchObject({ callId: 'k', endedBy: 'amina', reason: 'done' });
  for (const { client } of [visitorBack, agentBack]) client.vanish();
});

test('messages of version 2 never reach a version 1 socket', async ({ server, company, connect }) => {
  const old = await connect({ id: 'amina' });
  const { client } = await open(server, company, 'amina');
  await client.next('session_reset');
  const visitor = await connect({ id: 'visitor', role: 'user' });
  old.send({ type: 'join_room', roomId: 'agent-room' });
  await old.next('room_joined');
  client.send({ type: 'set_media_ready', ready: true });
  client.send({ type: 'set_agent_intent', intent: 'available', id: 'i' });
  await client.settled();
  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer: {}, callId: 'k' });
  await visitor.next('offer_sent');
  client.send({ type: 'accept_contact', callId: 'k', id: 'a' });
  await client.settled();
  client.send({ type: 'webrtc_answer', targetUserId: 'visitor', answer: {}, callId: 'k', id: 'b' });
  client.send({ type: 'end_contact', callId: 'k', id: 'c' });
  await client.settled();

  const allowed = new Set(['type', 'timestamp', 'fromUserId', 'offer', 'answer', 'callId', 'endedBy', 'reason']);
  for (const socket of [old, visitor]) {
    for (const message of await socket.settled()) {
      expect(['webrtc_offer', 'webrtc_answer', 'call_ended', 'answer_sent'], JSON.stringify(message)).toContain(message.type);
      for (const field of Object.keys(message)) expect(allowed.has(field), JSON.stringify(message)).toBe(true);
    }
  }
  for (const version2Only of ['refresh_token', 'get_ice_servers', 'accept_contact', 'set_agent_intent']) {
    old.send({ type: version2Only, token: 'x', callId: 'k', intent: 'available', id: 'x' });
    expect(await old.nextFields('error')).toEqual({ type: 'error', message: `Unknown message type: ${version2Only}` });
  }
  client.vanish();
});
