// docs/protocol.md, "Version 2": sessions, answered commands, token refresh, ICE servers.
import { Client, type Message } from './client.ts';
import { expect, test } from './fixtures.ts';
import type { CallDocker } from '../harness/server.ts';

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
