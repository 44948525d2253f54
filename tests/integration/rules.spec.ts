// docs/protocol.md, "Rules": which users see each other, what each may do, and what is not announced.
import { expect, test } from './fixtures.ts';
import type { Client, Message } from './client.ts';
import { Raw } from './raw.ts';

const offer = { type: 'offer', sdp: 'v=0\r\n' };
const answer = { type: 'answer', sdp: 'v=0\r\n' };
const types = (messages: Message[]) => messages.map((message) => message.type);

async function join(client: Client, roomId: string): Promise<Message> {
  client.send({ type: 'join_room', roomId });
  for (;;) {
    const [joined] = (await client.settled()).filter((message) => message.type === 'room_joined');
    if (joined) return joined;
  }
}

test('names full of separators keep two companies apart', async ({ connect, company }) => {
  const pairs = [':', '/', '\\', '|', ' ', '"', '%1f', '\u00fc', '.', '-', '_'].flatMap((separator, index) =>
    [[`${index}a${separator}b`, 'c'], [`${index}a`, `b${separator}c`]] as const);
  const clients = await Promise.all(pairs.map(([suffix, id]) => connect({ id, company_id: `${company}${suffix}` })));
  for (const client of clients) {
    for (const roomId of ['agent-room', 'room:x', `${company}a:room`]) {
      client.send({ type: 'join_room', roomId });
      expect(((await client.next('room_joined')).users as string[])).toHaveLength(1);
    }
  }
  for (const client of clients) {
    for (const [, target] of pairs) client.send({ type: 'ice_candidate', targetUserId: target, candidate: { from: clients.indexOf(client) } });
    client.send({ type: 'webrtc_offer', targetUserId: 'room:x', offer, callId: 'k' });
    client.send({ type: 'call_started', roomId: 'room:x', callId: 'k' });
    client.send({ type: 'agent_status', status: 'online' });
  }
  for (const client of clients) {
    // What anybody said came back to the sender himself alone.
    const heard = await client.settled();
    for (const { candidate } of heard.filter((message) => message.type === 'ice_candidate')) expect(candidate).toEqual({ from: clients.indexOf(client) });
    expect(types(heard).filter((type) => type !== 'ice_candidate')).toEqual(['webrtc_offer', 'offer_sent', 'call_started']);
  }
});

test('a customer hears of no other customer, whatever happens in the room', async ({ connect }) => {
  const agent = await connect({ id: 'agent' });
  const first = await connect({ id: 'first', role: 'user' });
  await join(agent, 'public-calls');
  expect((await join(first, 'public-calls')).users).toEqual(['agent', 'first']);
  await agent.settled();

  const second = await connect({ id: 'second', role: 'customer' });
  expect((await join(second, 'public-calls')).users).toEqual(['agent', 'second']);
  second.send({ type: 'call_started', callId: 'k', roomId: 'public-calls', callType: 'video' });
  second.send({ type: 'webrtc_offer', targetUserId: 'public-calls', offer });
  second.send({ type: 'webrtc_offer', targetUserId: 'public-calls', offer, callId: 'k2' });
  second.send({ type: 'webrtc_offer', targetUserId: 'first', offer, callId: 'k3' });
  second.send({ type: 'webrtc_answer', targetUserId: 'first', answer, callId: 'k3' });
  second.send({ type: 'ice_candidate', targetUserId: 'first', candidate: null });
  second.send({ type: 'call_ended', callId: 'k', roomId: 'public-calls', reason: 'done' });
  await second.settled();
  second.close();
  await second.closed;
  await agent.next('user_joined');

  const heard = types(await agent.settled());
  expect(heard).toContain('call_started');
  expect(heard).toContain('webrtc_offer');
  expect(await first.settled()).toEqual([]);
});

test('a customer may not address a customer by "anonymous" either', async ({ connect }) => {
  const hidden = await connect({ id: 'x', role: 'user', anonymous: true });
  const agent = await connect({ id: 'agent' });
  hidden.send({ type: 'webrtc_offer', targetUserId: 'agent', offer, callId: 'k' });
  await hidden.next('offer_sent');
  await agent.next('webrtc_offer');
  const curious = await connect({ id: 'curious', role: 'user' });

  curious.send({ type: 'webrtc_answer', targetUserId: 'anonymous', answer, callId: 'k' });
  curious.send({ type: 'ice_candidate', targetUserId: 'anonymous', candidate: 1 });
  await curious.settled();
  expect(await hidden.settled()).toEqual([]);

  agent.send({ type: 'webrtc_answer', targetUserId: 'anonymous', answer, callId: 'k' });
  expect(await agent.nextFields('answer_sent')).toEqual({ type: 'answer_sent', targetUserId: 'anonymous', callId: 'k' });
  await hidden.next('webrtc_answer');
});

test('"anonymous": by callId its caller; unknown or gone, nobody; without callId the only one', async ({ connect }) => {
  const agent = await connect({ id: 'agent' });
  const first = await connect({ id: 'same', role: 'user', anonymous: true });
  const say = (callId?: string) => agent.send({ type: 'ice_candidate', targetUserId: 'anonymous', candidate: { callId }, ...callId && { callId } });

  say();
  await agent.settled();
  expect(types(await first.settled())).toEqual(['ice_candidate']);

  const second = await connect({ id: 'same', role: 'user', anonymous: true });
  say();
  say('unknown');
  await agent.settled();
  expect(await first.settled()).toEqual([]);
  expect(await second.settled()).toEqual([]);

  second.send({ type: 'webrtc_offer', targetUserId: 'agent', offer, callId: 'k' });
  await second.next('offer_sent');
  const { fromUserId } = await agent.next('webrtc_offer');
  say('k');
  await agent.settled();
  expect(await first.settled()).toEqual([]);
  expect(types(await second.settled())).toEqual(['ice_candidate']);
  agent.send({ type: 'ice_candidate', targetUserId: String(fromUserId), candidate: 2 });
  await agent.settled();
  expect(types(await second.settled())).toEqual(['ice_candidate']);

  second.vanish();
  await second.closed;
  say('k');
  expect(types(await agent.settled())).not.toContain('error');
  expect(await first.settled()).toEqual([]);
});

test('an anonymous caller is named by the id of its own wherever it is named', async ({ connect }) => {
  const agent = await connect({ id: 'agent' });
  await join(agent, 'public-calls');
  const visitor = await connect({ id: 'same', role: 'user', anonymous: true });
  const users = (await join(visitor, 'public-calls')).users as string[];
  const own = users.find((user) => user !== 'agent')!;
  expect(own).toMatch(/^anonymous-[0-9a-f]{24}$/);
  expect((await agent.next('user_joined')).userId).toBe(own);

  visitor.send({ type: 'call_started', callId: 'k', roomId: 'public-calls' });
  visitor.send({ type: 'call_ended', callId: 'k', roomId: 'public-calls' });

  expect((await agent.next('call_started')).initiatedBy).toBe(own);
  expect((await agent.next('call_ended')).endedBy).toBe(own);
});

test("the client's own claims about itself are not passed on", async ({ connect }) => {
  const agent = await connect({ id: 'agent' });
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const lies = { fromUserId: 'boss', userId: 'boss', initiatedBy: 'boss', endedBy: 'boss', companyId: 'other', role: 'admin', timestamp: '1970', seq: 7, extra: 1 };
  for (const client of [agent, visitor]) await join(client, 'public-calls');
  await agent.settled();

  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent', offer, callId: 'k', ...lies });
  visitor.send({ type: 'ice_candidate', targetUserId: 'agent', candidate: {}, ...lies });
  visitor.send({ type: 'call_started', callId: 'k', roomId: 'public-calls', ...lies });
  visitor.send({ type: 'call_ended', callId: 'k', roomId: 'public-calls', ...lies });

  expect(await agent.nextFields('webrtc_offer')).toEqual({ type: 'webrtc_offer', fromUserId: 'visitor', offer, callId: 'k' });
  expect(await agent.nextFields('ice_candidate')).toEqual({ type: 'ice_candidate', fromUserId: 'visitor', candidate: {} });
  expect(await agent.nextFields('call_started')).toEqual({ type: 'call_started', callId: 'k', initiatedBy: 'visitor' });
  expect(await agent.nextFields('call_ended')).toEqual({ type: 'call_ended', callId: 'k', endedBy: 'visitor' });
});

test('opaque members arrive byte for byte', async ({ server, company, connect }) => {
  const agent = await Raw.open(server.signallingPort, server.sign({ id: 'agent', role: 'agent', company_id: company }));
  await agent.message();
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const odd = '{ "z" : 1.0 , "a":[ 1e3,-0.0, "\\u00fc\\/" ,{}],"z2":"\\ud83d\\ude00" }';

  visitor.sendRaw(`{"type":"webrtc_offer","targetUserId":"agent","offer":${odd}}`);

  expect((await agent.frame()).payload.toString()).toContain(`"offer":${odd}`);
  agent.destroy();
});

test('another agent\'s answer to a call from the queue gets an error, and the first remains', async ({ connect }) => {
  const agents = [await connect({ id: 'one' }), await connect({ id: 'two' })] as const;
  for (const agent of agents) await join(agent, 'agent-room');
  await agents[0].settled();
  const visitor = await connect({ id: 'visitor', role: 'user' });
  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: 'k' });
  await visitor.next('offer_sent');
  for (const agent of agents) expect(await agent.nextFields('webrtc_offer')).toEqual({ type: 'webrtc_offer', fromUserId: 'visitor', offer, callId: 'k' });

  agents[1].send({ type: 'webrtc_answer', targetUserId: 'visitor', answer, callId: 'k' });
  await agents[1].next('answer_sent');
  agents[0].send({ type: 'webrtc_answer', targetUserId: 'visitor', answer, callId: 'k' });

  await agents[0].next('error');
  expect((await visitor.next('webrtc_answer')).fromUserId).toBe('two');
  expect(await visitor.settled()).toEqual([]);
});

test('the end of a call reaches its parties and free staff, not staff in another call', async ({ connect }) => {
  const agents = [await connect({ id: 'one' }), await connect({ id: 'two' }), await connect({ id: 'three' })] as const;
  const visitors = [await connect({ id: 'v1', role: 'user' }), await connect({ id: 'v2', role: 'user' })] as const;
  for (const client of [...agents, ...visitors]) await join(client, 'public-calls');
  for (const index of [0, 1] as const) {
    visitors[index].send({ type: 'webrtc_offer', targetUserId: agents[index] === agents[0] ? 'one' : 'two', offer, callId: `k${index}` });
    await visitors[index].settled();
    agents[index].send({ type: 'webrtc_answer', targetUserId: index === 0 ? 'v1' : 'v2', answer, callId: `k${index}` });
    await agents[index].settled();
    await visitors[index].settled();
  }
  for (const client of agents) await client.settled();

  visitors[0].send({ type: 'call_ended', callId: 'k0', roomId: 'public-calls', reason: 'done' });

  expect(await visitors[0].nextFields('call_ended')).toEqual({ type: 'call_ended', callId: 'k0', endedBy: 'v1', reason: 'done' });
  await agents[0].next('call_ended');
  await agents[2].next('call_ended');
  expect(types(await agents[1].settled())).toEqual([]);
  expect(types(await visitors[1].settled())).toEqual([]);
});

test('before an answer staff of the room may end a call, and a customer may not', async ({ connect }) => {
  const agent = await connect({ id: 'agent' });
  const visitor = await connect({ id: 'v1', role: 'user' });
  const other = await connect({ id: 'v2', role: 'user' });
  for (const client of [agent, visitor, other]) await join(client, 'public-calls');
  visitor.send({ type: 'call_started', callId: 'k', roomId: 'public-calls' });
  await visitor.next('call_started');

  other.send({ type: 'call_ended', callId: 'k', roomId: 'public-calls' });
  await other.next('error');
  expect(types(await visitor.settled())).toEqual([]);
  agent.send({ type: 'call_ended', callId: 'k', roomId: 'public-calls', reason: 'busy' });

  expect((await visitor.next('call_ended')).endedBy).toBe('agent');
  expect(types(await other.settled())).toEqual([]);
});

test('before an answer staff end a call where it rings, and nowhere else', async ({ connect }) => {
  const asked = await connect({ id: 'asked' });
  const other = await connect({ id: 'other' });
  const visitor = await connect({ id: 'visitor', role: 'user' });
  for (const client of [asked, other, visitor]) for (const room of ['lobby', 'public-calls']) await join(client, room);
  visitor.send({ type: 'call_started', callId: 'of the lobby', roomId: 'lobby' });
  visitor.send({ type: 'webrtc_offer', targetUserId: 'asked', offer, callId: 'to a person' });
  visitor.send({ type: 'webrtc_offer', targetUserId: 'public-calls', offer, callId: 'to the queue' });
  for (const client of [visitor, asked, other]) await client.settled();

  const end = (client: Client, callId: string, roomId: string) => client.send({ type: 'call_ended', callId, roomId });
  end(other, 'of the lobby', 'public-calls');
  end(other, 'to a person', 'lobby');
  end(other, 'to the queue', 'lobby');
  expect(types(await other.settled())).toEqual(['error', 'error', 'error']);
  expect(types(await visitor.settled())).toEqual([]);

  for (const [client, callId, room] of [[other, 'of the lobby', 'lobby'], [asked, 'to a person', 'lobby'], [other, 'to the queue', 'public-calls']] as const) {
    end(client, callId, room);
    expect((await visitor.next('call_ended')).callId).toBe(callId);
  }
});

test('a user leaves with the last tab, and a late close of an old one changes nothing', async ({ connect }) => {
  const watcher = await connect({ id: 'watcher' });
  await join(watcher, 'agent-room');
  const old = await connect({ id: 'agent' });
  await join(old, 'agent-room');
  const fresh = await connect({ id: 'agent' });
  await join(fresh, 'agent-room');
  await watcher.settled();

  old.vanish();
  await old.closed;
  await fresh.settled();
  expect(await watcher.settled()).toEqual([]);
  watcher.send({ type: 'ice_candidate', targetUserId: 'agent', candidate: 1 });
  await fresh.next('ice_candidate');
  fresh.vanish();

  expect(await watcher.nextFields('user_left')).toEqual({ type: 'user_left', userId: 'agent', roomId: 'agent-room' });
});

test('a message in a room reaches every tab that joined it, and no other tab', async ({ connect }) => {
  const inside = [await connect({ id: 'agent' }), await connect({ id: 'agent' })] as const;
  const outside = await connect({ id: 'agent' });
  const visitor = await connect({ id: 'visitor', role: 'user' });
  for (const client of [...inside, visitor]) await join(client, 'public-calls');
  for (const client of inside) await client.settled();

  visitor.send({ type: 'call_started', callId: 'k', roomId: 'public-calls' });

  for (const tab of inside) await tab.next('call_started');
  expect(await outside.settled()).toEqual([]);
});

test('when an original page vanishes in a call, the other party gets call_ended after five seconds', async ({ connect }) => {
  const agent = await connect({ id: 'agent' });
  await join(agent, 'agent-room');
  const visitor = await connect({ id: 'visitor', role: 'user' });
  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: 'k' });
  await agent.next('webrtc_offer');
  agent.send({ type: 'webrtc_answer', targetUserId: 'visitor', answer, callId: 'k' });
  await agent.next('answer_sent');
  await visitor.settled();

  const left = Date.now();
  visitor.vanish();

  const ended = await agent.next('call_ended', 8_000);
  expect(ended).toMatchObject({ callId: 'k', endedBy: 'visitor', reason: 'connection_lost' });
  expect(Date.now() - left).toBeGreaterThan(4_500);
});

test('names of 128 bytes are names, and those of 129 are not', async ({ connect }) => {
  const client = await connect({ id: 'a' });
  const long = 'ü'.repeat(64);
  client.send({ type: 'join_room', roomId: long });
  expect((await client.next('room_joined')).roomId).toBe(long);
  for (const message of [
    { type: 'join_room', roomId: `${long}x` }, { type: 'webrtc_offer', targetUserId: `${long}x`, offer }, { type: 'webrtc_offer', targetUserId: 'b', offer, callId: `${long}x` },
    { type: 'call_started', callId: 'k', roomId: 'r', callType: `${long}x` }, { type: 'call_ended', callId: 'k', roomId: 'r', reason: `${long}x` },
    { type: 'agent_status', status: `${long}x` }, { type: 'agent_status', status: 's', availability: `${long}x` }, { type: 'agent_status' },
    { type: 'webrtc_answer', targetUserId: 'b', answer, callId: '' }, { type: 'ice_candidate', targetUserId: 'b', candidate: 1, callId: 'a\u0000' },
    { type: 'ice_candidate', targetUserId: 'b', candidate: 1, callId: 'a\u007f' }, { type: 'join_room', roomId: 'a\u0085' }, { type: 'webrtc_offer', targetUserId: 'b' },
    { type: 'webrtc_answer', targetUserId: 'b' }, { type: 'ice_candidate', targetUserId: 'b' }, { type: 'join_room', roomId: null },
  ]) {
    client.send(message);
    expect((await client.next('error')).message, JSON.stringify(message)).toBe('Invalid message format');
  }
});

test('the messages of one sender keep their order at every receiver', async ({ connect }) => {
  const sender = await connect({ id: 'sender' });
  const receivers = [await connect({ id: 'one' }), await connect({ id: 'two', role: 'user' })] as const;
  for (let index = 0; index < 150; index += 1) sender.send({ type: 'ice_candidate', targetUserId: index % 2 ? 'one' : 'two', candidate: index });
  await sender.settled();
  for (const [offset, receiver] of [[1, receivers[0]], [0, receivers[1]]] as const) {
    expect((await receiver.settled()).map((message) => message.candidate)).toEqual(Array.from({ length: 75 }, (_, index) => index * 2 + offset));
  }
});
