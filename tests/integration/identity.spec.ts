// docs/protocol.md, "Identity": the token that every visitor of an old page carries, and a customer who has an agent's id.
import type { CallDocker } from '../harness/server.ts';
import { Client, type Message } from './client.ts';
import { expect, test } from './fixtures.ts';

const offer = (whose: string) => ({ type: 'offer', sdp: `v=0\r\ns=${whose}\r\n` });
const answer = (whose: string) => ({ type: 'answer', sdp: `v=0\r\ns=${whose}\r\n` });
const types = (messages: Message[]) => messages.map((message) => message.type);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The customer token of the original's documents, to the letter. */
const documented = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ id: 'anonymous', role: 'user', company_id: 'default', iat: 1672545670 })}.mock_signature`;

async function arrive(server: CallDocker, token: string): Promise<{ client: Client; userId: string }> {
  const client = await Client.dial(server.signallingUrl, `?token=${token}`);
  const { userId, role, companyId } = await client.next('connection_established');
  expect({ role, companyId }).toEqual({ role: 'user', companyId: 'default' });
  expect(userId).toMatch(/^anonymous-[0-9a-f]{24}$/);
  client.send({ type: 'join_room', roomId: 'public-calls' });
  expect((await client.next('room_joined')).users).toContain(userId);
  return { client, userId: String(userId) };
}

async function originalAgent(server: CallDocker, id: string): Promise<Client> {
  const agent = await Client.connect(server, { id, role: 'agent', company_id: 'default' });
  for (const roomId of ['agent-room', 'public-calls']) agent.send({ type: 'join_room', roomId });
  await agent.settled();
  return agent;
}

const ways: Record<string, { settings: Record<string, string>; token: (server: CallDocker) => string }> = {
  'that token in development': { settings: {}, token: () => documented },
  'that token in production, where it was opted in': {
    settings: { NODE_ENV: 'production', ACCEPT_ANONYMOUS_CUSTOMERS: '1', REGISTERED_COMPANIES_ONLY: '1', COMPANIES: 'default' },
    token: () => documented,
  },
  'its claims signed': { settings: {}, token: (server) => server.sign({ id: 'anonymous', role: 'user', company_id: 'default', iat: 1672545670 }) },
};

for (const [way, { settings, token }] of Object.entries(ways)) {
  test(`${way}: three pages are three visitors, and each one's answer is its own`, async ({ start }) => {
    const server = await start(settings);
    const agents = [await originalAgent(server, 'agent-1'), await originalAgent(server, 'agent-2'), await originalAgent(server, 'agent-3')];
    const visitors = [await arrive(server, token(server)), await arrive(server, token(server)), await arrive(server, token(server))];
    expect(new Set(visitors.map(({ userId }) => userId)).size).toBe(3);
    for (const { client } of visitors) await client.settled();
    for (const agent of agents) await agent.settled();

    for (const [index, visitor] of visitors.entries()) {
      const callId = `call-${index}`;
      visitor.client.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer: offer(callId), callId });
      expect(await visitor.client.nextFields('offer_sent')).toEqual({ type: 'offer_sent', targetUserId: 'agent-room', callId });
      const rung = agents[index]!;
      expect((await rung.until('webrtc_offer', (message) => message.callId === callId)).fromUserId).toBe(visitor.userId);
      // As the original's agent page does with the id that it got, and as a page does that only knows "anonymous".
      rung.send({ type: 'webrtc_answer', targetUserId: index === 1 ? 'anonymous' : visitor.userId, answer: answer(callId), callId });
      rung.send({ type: 'ice_candidate', targetUserId: index === 1 ? visitor.userId : 'anonymous', candidate: { callId }, callId });
      await rung.until('answer_sent');
      await rung.settled();
    }

    for (const [index, { client }] of visitors.entries()) {
      const heard = (await client.settled()).filter(({ type }) => type === 'webrtc_answer' || type === 'ice_candidate');
      expect(heard.map(({ type, callId }) => [type, callId])).toEqual([['webrtc_answer', `call-${index}`], ['ice_candidate', `call-${index}`]]);
    }
  });
}

test('with that token nobody takes over, ends or answers the call of another page', async ({ start }) => {
  const server = await start();
  const agent = await originalAgent(server, 'agent-1');
  const first = await arrive(server, documented);
  const second = await arrive(server, documented);
  await agent.settled();
  first.client.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer: offer('first'), callId: 'call-1' });
  await first.client.settled();
  expect((await agent.until('webrtc_offer')).fromUserId).toBe(first.userId);

  second.client.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer: offer('second'), callId: 'call-1' });
  second.client.send({ type: 'call_started', callId: 'call-1', roomId: 'public-calls', callType: 'voice' });
  second.client.send({ type: 'call_ended', callId: 'call-1', roomId: 'public-calls', reason: 'mine' });
  second.client.send({ type: 'webrtc_answer', targetUserId: first.userId, answer: answer('second'), callId: 'call-1' });
  second.client.send({ type: 'webrtc_answer', targetUserId: 'anonymous', answer: answer('second'), callId: 'call-1' });
  await second.client.settled();

  expect(await first.client.settled()).toEqual([]);
  expect(types(await agent.settled())).not.toContain('call_ended');
  agent.send({ type: 'webrtc_answer', targetUserId: 'anonymous', answer: answer('agent-1'), callId: 'call-1' });
  expect((await first.client.next('webrtc_answer')).answer).toEqual(answer('agent-1'));
  expect(types(await second.client.settled())).not.toContain('webrtc_answer');
});

test('with that token one page sees no other in the room, and leaves it alone', async ({ start }) => {
  const server = await start();
  const agent = await originalAgent(server, 'agent-1');
  const first = await arrive(server, documented);
  const second = await arrive(server, documented);

  expect((await agent.settled()).filter(({ type }) => type === 'user_joined').map(({ userId }) => userId)).toEqual([first.userId, second.userId]);
  second.client.close();
  await second.client.closed;

  expect((await agent.until('user_left')).userId).toBe(second.userId);
  expect(await first.client.settled()).toEqual([]);
});

test('in production that token needs its opt-in, and nothing else comes in by it', async ({ start }) => {
  const closedServer = await start({ NODE_ENV: 'production' });
  expect(await (await Client.dial(closedServer.signallingUrl, `?token=${documented}`)).closed).toEqual({ code: 1008, reason: 'Invalid token' });

  const server = await start({ NODE_ENV: 'production', ACCEPT_ANONYMOUS_CUSTOMERS: '1', REGISTERED_COMPANIES_ONLY: '1', COMPANIES: 'default' });
  for (const claims of [
    { id: 'anonymous', role: 'agent', company_id: 'default' }, { id: 'anonymous', role: 'admin', company_id: 'default' },
    { id: 'someone', role: 'user', company_id: 'default' }, { id: 'someone', role: 'user', company_id: 'default', anonymous: true },
    { id: 'anonymous', role: 'user', company_id: 'elsewhere' },
  ]) {
    const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.mock_signature`;
    expect(await (await Client.dial(server.signallingUrl, `?token=${token}`)).closed, JSON.stringify(claims)).toEqual({ code: 1008, reason: 'Invalid token' });
  }
});

test('an admin who is nobody in particular may not set up the company', async ({ server, company }) => {
  for (const claims of [{ id: 'anonymous', role: 'admin' }, { id: 'ada', role: 'admin', anonymous: true }]) {
    const authorization = `Bearer ${server.sign({ ...claims, company_id: company })}`;
    const put = await fetch(`${server.url}/api/v1/configuration`, { method: 'PUT', headers: { authorization }, body: '{}' });
    expect(put.status).toBe(403);
    expect((await fetch(`${server.url}/api/v1/configuration`, { headers: { authorization } })).status).toBe(403);
  }
});

test('a customer whose token has an agent\'s id is somebody else', async ({ server, company }) => {
  const session = async (id: string, role: string) => {
    const client = await Client.dial(server.signallingUrl, `?token=${server.sign({ id, role, company_id: company })}`, ['calldocker.v2']);
    await client.until('session_reset');
    return client;
  };
  const agent = await session('agent-1', 'agent');
  await agent.command({ type: 'set_media_ready', ready: true });
  await agent.command({ type: 'set_agent_intent', intent: 'available' });
  const namesake = await session('agent-1', 'user');
  const visitor = await session('visitor', 'user');

  await visitor.command({ type: 'webrtc_offer', targetUserId: 'agent-room', offer: offer('visitor'), callId: 'call-1' });
  await agent.until('contact_offered');
  await agent.command({ type: 'accept_contact', callId: 'call-1' });

  for (const attempt of [
    { type: 'claim_media' }, { type: 'get_chat' }, { type: 'set_notes', notes: 'x' }, { type: 'send_chat', text: 'x' }, { type: 'end_contact' },
    { type: 'media_state', state: 'down' },
  ]) {
    await expect(namesake.command({ ...attempt, callId: 'call-1' }), attempt.type).rejects.toThrow('was refused');
  }
  visitor.send({ type: 'ice_candidate', targetUserId: 'agent-1', candidate: {}, callId: 'call-1' });
  await visitor.settled();
  expect(types(await agent.settled())).toContain('ice_candidate');
  expect(await namesake.settled()).toEqual([]);

  // Called by the namesake, the agent answers the namesake: each reads the other's id.
  await agent.command({ type: 'end_contact', callId: 'call-1' });
  await namesake.command({ type: 'webrtc_offer', targetUserId: 'agent-room', offer: offer('namesake'), callId: 'call-2' });
  await agent.until('contact_offered');
  await agent.command({ type: 'accept_contact', callId: 'call-2' });
  agent.send({ type: 'webrtc_answer', targetUserId: 'agent-1', answer: answer('agent'), callId: 'call-2' });

  expect((await namesake.until('webrtc_answer')).fromUserId).toBe('agent-1');
  for (const client of [agent, namesake, visitor]) client.vanish();
});

test('callId: null counts as left out', async ({ connect }) => {
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const agent = await connect({ id: 'agent' });

  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent', offer: offer('visitor'), callId: null });
  visitor.send({ type: 'ice_candidate', targetUserId: 'agent', candidate: null, callId: null });

  expect(await visitor.nextFields('offer_sent')).toEqual({ type: 'offer_sent', targetUserId: 'agent' });
  expect(await agent.nextFields('webrtc_offer')).toEqual({ type: 'webrtc_offer', fromUserId: 'visitor', offer: offer('visitor') });
  expect(await agent.nextFields('ice_candidate')).toEqual({ type: 'ice_candidate', fromUserId: 'visitor', candidate: null });
});
