// docs/protocol.md, "Version 1": each row of its table, and the rules below it.
import { expect, test } from './fixtures.ts';

const offer = { type: 'offer', sdp: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n', nested: { kept: [1, 2.50, 'ü', null] } };
const answer = { type: 'answer', sdp: 'v=0\r\na=inactive\r\n' };
const candidate = { candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMLineIndex: 0 };

test('join_room: the room with oneself, and word to those who are in it', async ({ connect }) => {
  const first = await connect({ id: 'first' });
  const second = await connect({ id: 'second' });

  first.send({ type: 'join_room', roomId: 'agent-room' });
  expect(await first.nextFields('room_joined')).toEqual({ type: 'room_joined', roomId: 'agent-room', users: ['first'] });
  second.send({ type: 'join_room', roomId: 'agent-room' });

  expect(await second.nextFields('room_joined')).toEqual({ type: 'room_joined', roomId: 'agent-room', users: ['first', 'second'] });
  expect(await first.nextFields('user_joined')).toEqual({ type: 'user_joined', userId: 'second', roomId: 'agent-room' });
});

test('a repeated join is announced again, and counts once', async ({ connect }) => {
  const first = await connect({ id: 'first' });
  const second = await connect({ id: 'second' });
  for (const client of [first, second]) {
    client.send({ type: 'join_room', roomId: 'a room' });
    await client.next('room_joined');
  }
  await first.next('user_joined');

  second.send({ type: 'join_room', roomId: 'a room' });

  expect((await second.next('room_joined')).users).toEqual(['first', 'second']);
  expect((await first.next('user_joined')).userId).toBe('second');
});

test('leave_room: nothing for the leaver, user_left for the others', async ({ connect }) => {
  const first = await connect({ id: 'first' });
  const second = await connect({ id: 'second' });
  for (const client of [first, second]) {
    client.send({ type: 'join_room', roomId: 'agent-room' });
    await client.next('room_joined');
  }
  await first.next('user_joined');

  second.send({ type: 'leave_room', roomId: 'agent-room' });

  expect(await second.settled()).toEqual([]);
  expect(await first.nextFields('user_left')).toEqual({ type: 'user_left', userId: 'second', roomId: 'agent-room' });
});

for (const [how, leave] of [['leave_room without a room', 'message'], ['a clean close', 'close'], ['a lost connection', 'vanish']] as const) {
  test(`${how}: user_left for every room, in the order of joining`, async ({ connect }) => {
    const first = await connect({ id: 'first' });
    const second = await connect({ id: 'second' });
    for (const client of [first, second]) {
      for (const roomId of ['one room', 'another room']) {
        client.send({ type: 'join_room', roomId });
        await client.next('room_joined');
      }
    }
    await first.next('user_joined');
    await first.next('user_joined');

    if (leave === 'message') second.send({ type: 'leave_room' });
    else if (leave === 'close') second.close();
    else second.vanish();

    expect((await first.next('user_left')).roomId).toBe('one room');
    expect((await first.next('user_left')).roomId).toBe('another room');
  });
}

test('webrtc_offer to a user: delivered unchanged, then confirmed', async ({ connect }) => {
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const agent = await connect({ id: 'agent' });

  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent', offer, callId: 'call-1', fromUserId: 'someone else' });

  expect(await visitor.nextFields('offer_sent')).toEqual({ type: 'offer_sent', targetUserId: 'agent', callId: 'call-1' });
  expect(await agent.nextFields('webrtc_offer')).toEqual({ type: 'webrtc_offer', fromUserId: 'visitor', offer, callId: 'call-1' });
});

test('fields that were left out stay out', async ({ connect }) => {
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const agent = await connect({ id: 'agent' });

  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent', offer });

  expect(await visitor.nextFields('offer_sent')).toEqual({ type: 'offer_sent', targetUserId: 'agent' });
  expect(await agent.nextFields('webrtc_offer')).toEqual({ type: 'webrtc_offer', fromUserId: 'visitor', offer });
});

test('webrtc_offer to agent-room reaches those who are in it, from outside', async ({ connect }) => {
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const inside = await connect({ id: 'inside' });
  const outside = await connect({ id: 'outside' });
  inside.send({ type: 'join_room', roomId: 'agent-room' });
  await inside.next('room_joined');

  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: 'call-1' });

  await visitor.next('offer_sent');
  expect((await inside.next('webrtc_offer')).fromUserId).toBe('visitor');
  expect(await outside.settled()).toEqual([]);
});

test('an offer to nobody is confirmed like any other, so that no one learns who exists', async ({ connect }) => {
  const visitor = await connect({ id: 'visitor', role: 'user' });

  visitor.send({ type: 'webrtc_offer', targetUserId: 'nobody', offer, callId: 'call-1' });

  expect(await visitor.nextFields('offer_sent')).toEqual({ type: 'offer_sent', targetUserId: 'nobody', callId: 'call-1' });
});

test('webrtc_answer to a user: delivered unchanged, then confirmed', async ({ connect }) => {
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const agent = await connect({ id: 'agent' });
  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent', offer, callId: 'call-1' });
  await visitor.next('offer_sent');
  await agent.next('webrtc_offer');

  agent.send({ type: 'webrtc_answer', targetUserId: 'visitor', answer, callId: 'call-1' });

  expect(await agent.nextFields('answer_sent')).toEqual({ type: 'answer_sent', targetUserId: 'visitor', callId: 'call-1' });
  expect(await visitor.nextFields('webrtc_answer')).toEqual({ type: 'webrtc_answer', fromUserId: 'agent', answer, callId: 'call-1' });
});

test('the second agent to answer a call gets an error, and the visitor hears nothing of it', async ({ connect }) => {
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const agents = [await connect({ id: 'agent-1' }), await connect({ id: 'agent-2' })] as const;
  for (const agent of agents) {
    agent.send({ type: 'join_room', roomId: 'agent-room' });
    await agent.next('room_joined');
  }
  await agents[0].next('user_joined');
  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: 'call-1' });
  await visitor.next('offer_sent');
  for (const agent of agents) await agent.next('webrtc_offer');
  agents[0].send({ type: 'webrtc_answer', targetUserId: 'visitor', answer, callId: 'call-1' });
  await agents[0].next('answer_sent');
  await visitor.next('webrtc_answer');

  agents[1].send({ type: 'webrtc_answer', targetUserId: 'visitor', answer, callId: 'call-1' });

  await agents[1].next('error');
  expect(await visitor.settled()).toEqual([]);
});

test('ice_candidate: delivered unchanged, null too, and not confirmed', async ({ connect }) => {
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const agent = await connect({ id: 'agent' });

  visitor.send({ type: 'ice_candidate', targetUserId: 'agent', candidate, callId: 'call-1' });
  visitor.send({ type: 'ice_candidate', targetUserId: 'agent', candidate: null });

  expect(await visitor.settled()).toEqual([]);
  expect(await agent.nextFields('ice_candidate')).toEqual({ type: 'ice_candidate', fromUserId: 'visitor', candidate, callId: 'call-1' });
  expect(await agent.nextFields('ice_candidate')).toEqual({ type: 'ice_candidate', fromUserId: 'visitor', candidate: null });
});

test('call_started: to all in the room, the sender included, without the room', async ({ connect }) => {
  const first = await connect({ id: 'first' });
  const second = await connect({ id: 'second' });
  for (const client of [first, second]) {
    client.send({ type: 'join_room', roomId: 'agent-room' });
    await client.next('room_joined');
  }
  await first.next('user_joined');

  second.send({ type: 'call_started', callId: 'call-1', roomId: 'agent-room', callType: 'video', initiatedBy: 'first' });

  for (const client of [first, second]) {
    expect(await client.nextFields('call_started')).toEqual({ type: 'call_started', callId: 'call-1', initiatedBy: 'second', callType: 'video' });
  }
});

test('call_ended: to the parties, saying who ended it and why', async ({ connect }) => {
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const agent = await connect({ id: 'agent' });
  for (const client of [visitor, agent]) {
    client.send({ type: 'join_room', roomId: 'public-calls' });
    await client.next('room_joined');
  }
  await visitor.next('user_joined');
  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent', offer, callId: 'call-1' });
  await visitor.next('offer_sent');
  await agent.next('webrtc_offer');
  agent.send({ type: 'webrtc_answer', targetUserId: 'visitor', answer, callId: 'call-1' });
  await agent.next('answer_sent');
  await visitor.next('webrtc_answer');

  agent.send({ type: 'call_ended', callId: 'call-1', roomId: 'public-calls', reason: 'done' });

  for (const client of [visitor, agent]) {
    expect(await client.nextFields('call_ended')).toEqual({ type: 'call_ended', callId: 'call-1', endedBy: 'agent', reason: 'done' });
  }
});

test('agent_status: to all others of the company, also those in no room', async ({ connect }) => {
  const agent = await connect({ id: 'agent' });
  const visitor = await connect({ id: 'visitor', role: 'user' });

  agent.send({ type: 'agent_status', status: 'online', availability: 'available' });

  expect(await visitor.nextFields('agent_status_changed')).toEqual(
    { type: 'agent_status_changed', userId: 'agent', status: 'online', availability: 'available' });
  expect(await agent.settled()).toEqual([]);
});

test('ping: pong, with the time alone', async ({ connect }) => {
  const client = await connect({ id: 'a' });

  client.send({ type: 'ping' });

  expect(await client.nextFields('pong')).toEqual({ type: 'pong' });
});

test('call_rejected: nothing for anyone, and the connection goes on', async ({ connect }) => {
  const agent = await connect({ id: 'agent' });
  const visitor = await connect({ id: 'visitor', role: 'user' });

  agent.send({ type: 'call_rejected', callId: 'call-1', reason: 'busy' });

  expect(await agent.settled()).toEqual([]);
  expect(await visitor.settled()).toEqual([]);
});

test('an unknown type is named in the error, cut to 64 bytes', async ({ connect }) => {
  const client = await connect({ id: 'a' });

  client.send({ type: 'dance' });
  client.send({ type: 'x'.repeat(1000) });

  expect((await client.next('error')).message).toBe('Unknown message type: dance');
  expect((await client.next('error')).message).toBe(`Unknown message type: ${'x'.repeat(64)}`);
});

const malformed: Record<string, string> = {
  'no JSON': '{"type":',
  'nothing': '',
  'an array': '[]',
  'a number': '7',
  'no type': '{"roomId":"a"}',
  'a type that is no string': '{"type":7}',
  'an offer to nobody': '{"type":"webrtc_offer","offer":{}}',
  'a room without a name': '{"type":"join_room","roomId":""}',
  'a room with a control character': '{"type":"join_room","roomId":"a\\u0007"}',
  'a room that is a number': '{"type":"join_room","roomId":5}',
  'a room of 129 bytes': JSON.stringify({ type: 'join_room', roomId: 'r'.repeat(129) }),
  'no room to join': '{"type":"join_room"}',
  'an answer to nobody': '{"type":"webrtc_answer","answer":{}}',
  'a candidate to nobody': '{"type":"ice_candidate","candidate":null}',
  'a call without a room': '{"type":"call_started","callId":"c"}',
  'words behind the object': '{"type":"ping"} x',
  'nesting of 65': `{"type":"ping","x":${'['.repeat(64)}${']'.repeat(64)}}`,
};
for (const [what, text] of Object.entries(malformed)) {
  test(`${what}: "Invalid message format", and the connection goes on`, async ({ connect }) => {
    const client = await connect({ id: 'a' });

    client.sendRaw(text);

    expect((await client.next('error')).message).toBe('Invalid message format');
    expect(await client.settled()).toEqual([]);
  });
}

test('equal names in two companies never meet', async ({ connect, company }) => {
  const here = await connect({ id: 'agent' });
  const there = await connect({ id: 'agent', company_id: `${company}-other` });
  for (const client of [here, there]) client.send({ type: 'join_room', roomId: 'agent-room' });

  expect((await here.next('room_joined')).users).toEqual(['agent']);
  expect((await there.next('room_joined')).users).toEqual(['agent']);
  there.send({ type: 'agent_status', status: 'online' });
  there.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: 'call-1' });
  await there.settled();
  expect(await here.settled()).toEqual([]);
});

test('a customer may not join agent-room nor send agent_status, and nobody hears of the attempt', async ({ connect }) => {
  const agent = await connect({ id: 'agent' });
  agent.send({ type: 'join_room', roomId: 'agent-room' });
  await agent.next('room_joined');
  const visitor = await connect({ id: 'visitor', role: 'user' });

  visitor.send({ type: 'join_room', roomId: 'agent-room' });
  visitor.send({ type: 'agent_status', status: 'online' });

  await visitor.next('error');
  await visitor.next('error');
  expect(await agent.settled()).toEqual([]);
});

test('customers see themselves and staff, and address staff only', async ({ connect }) => {
  const agent = await connect({ id: 'agent' });
  const first = await connect({ id: 'first', role: 'user' });
  const second = await connect({ id: 'second', role: 'whatever' });
  for (const client of [agent, first, second]) client.send({ type: 'join_room', roomId: 'public-calls' });

  await agent.settled();
  await first.settled();
  second.send({ type: 'join_room', roomId: 'public-calls' });
  const joined = (await second.settled()).filter((message) => message.type === 'room_joined');
  second.send({ type: 'webrtc_offer', targetUserId: 'first', offer, callId: 'call-1' });
  second.send({ type: 'ice_candidate', targetUserId: 'first', candidate });
  await second.settled();

  expect(joined.at(-1)?.users).toEqual(['agent', 'second']);
  expect(await first.settled()).toEqual([]);
});

test('a message to a user reaches every tab, and a reply the tab that asked', async ({ connect }) => {
  const tabs = [await connect({ id: 'agent' }), await connect({ id: 'agent' })] as const;
  const visitor = await connect({ id: 'visitor', role: 'user' });

  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent', offer, callId: 'call-1' });
  await visitor.next('offer_sent');

  for (const tab of tabs) expect((await tab.next('webrtc_offer')).callId).toBe('call-1');
  tabs[0].send({ type: 'ping' });
  await tabs[0].next('pong');
  expect(await tabs[1].settled()).toEqual([]);
});

test('user_left comes with the last tab', async ({ connect }) => {
  const watcher = await connect({ id: 'watcher' });
  const tabs = [await connect({ id: 'agent' }), await connect({ id: 'agent' })] as const;
  for (const client of [watcher, ...tabs]) {
    client.send({ type: 'join_room', roomId: 'agent-room' });
    await client.next('room_joined');
  }
  await watcher.settled();

  tabs[0].send({ type: 'leave_room', roomId: 'agent-room' });
  await tabs[0].settled();
  expect(await watcher.settled()).toEqual([]);
  tabs[1].send({ type: 'leave_room', roomId: 'agent-room' });

  expect((await watcher.next('user_left')).userId).toBe('agent');
});

test('an anonymous caller gets an id of its own, and is "anonymous" to whoever answers the call', async ({ connect }) => {
  const agent = await connect({ id: 'agent' });
  const visitor = await connect({ id: 'shared', role: 'user', anonymous: true });
  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent', offer, callId: 'call-1' });
  await visitor.next('offer_sent');
  const { fromUserId } = await agent.next('webrtc_offer');
  expect(fromUserId).toMatch(/^anonymous-.{16,}$/);

  agent.send({ type: 'webrtc_answer', targetUserId: 'anonymous', answer, callId: 'call-1' });

  expect(await agent.nextFields('answer_sent')).toEqual({ type: 'answer_sent', targetUserId: 'anonymous', callId: 'call-1' });
  expect((await visitor.next('webrtc_answer')).fromUserId).toBe('agent');
});

test('a message about a room from someone who is not in it is not announced', async ({ connect }) => {
  const inside = await connect({ id: 'inside' });
  inside.send({ type: 'join_room', roomId: 'a room' });
  await inside.next('room_joined');
  const outside = await connect({ id: 'outside' });

  outside.send({ type: 'call_started', callId: 'call-1', roomId: 'a room' });
  outside.send({ type: 'leave_room', roomId: 'a room' });
  await outside.settled();

  expect(await inside.settled()).toEqual([]);
});

test('only a party ends a call', async ({ connect }) => {
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const agent = await connect({ id: 'agent' });
  const colleague = await connect({ id: 'colleague' });
  for (const client of [visitor, agent, colleague]) {
    client.send({ type: 'join_room', roomId: 'public-calls' });
    await client.next('room_joined');
  }
  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent', offer, callId: 'call-1' });
  await visitor.settled();
  agent.send({ type: 'webrtc_answer', targetUserId: 'visitor', answer, callId: 'call-1' });
  await agent.settled();
  await visitor.settled();

  colleague.send({ type: 'call_ended', callId: 'call-1', roomId: 'public-calls' });
  await colleague.settled();

  expect((await visitor.settled()).map((message) => message.type)).not.toContain('call_ended');
  expect((await agent.settled()).map((message) => message.type)).not.toContain('call_ended');
});
