// docs/protocol.md, "Bounds": what everyone may do, and what happens beyond.
import { expect, test } from './fixtures.ts';

const KIB = 1024;

/** A valid message of exactly this many bytes. */
const messageOf = (bytes: number) => {
  const text = JSON.stringify({ type: 'ping', x: '' });
  return JSON.stringify({ type: 'ping', x: 'x'.repeat(bytes - text.length) });
};

test('a message of 256 KiB is handled', async ({ connect }) => {
  const client = await connect({ id: 'a' });

  client.sendRaw(messageOf(256 * KIB));

  await client.next('pong');
});

test('a longer message closes with 1009', async ({ connect }) => {
  const client = await connect({ id: 'a' });

  client.sendRaw(messageOf(256 * KIB + 1));

  expect((await client.closed).code).toBe(1009);
});

test('an offer of 64 KiB arrives as it was sent', async ({ connect }) => {
  const visitor = await connect({ id: 'visitor', role: 'user' });
  const agent = await connect({ id: 'agent' });
  const offer = { type: 'offer', sdp: 'ü'.repeat(32 * KIB) };

  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent', offer });

  expect((await agent.next('webrtc_offer')).offer).toEqual(offer);
});

test('64 rooms may be joined, and a 65th is refused', async ({ connect }) => {
  const client = await connect({ id: 'a' });
  for (let room = 0; room < 64; room += 1) {
    client.send({ type: 'join_room', roomId: `room ${room}` });
    await client.next('room_joined');
  }

  client.send({ type: 'join_room', roomId: 'one room more' });

  await client.next('error');
  expect(await client.settled()).toEqual([]);
});

test('a burst of a hundred messages passes, each answered in order', async ({ connect }) => {
  const client = await connect({ id: 'a' });

  for (let index = 0; index < 100; index += 1) client.send({ type: `unknown-${index}` });

  for (let index = 0; index < 100; index += 1) expect((await client.next('error')).message).toBe(`Unknown message type: unknown-${index}`);
});

test('a flood gets an error, and is closed with 1008', async ({ connect }) => {
  const client = await connect({ id: 'a' });

  for (let index = 0; index < 3000; index += 1) client.send({ type: 'ping' });

  expect((await client.closed).code).toBe(1008);
});

test('a binary frame does no harm to others', async ({ connect }) => {
  const client = await connect({ id: 'a' });
  const other = await connect({ id: 'b' });

  client.sendRaw(Buffer.from([0, 1, 2]));

  const code = client.closed.then((closed) => closed.code);
  const outcome = await Promise.race([code, client.next('error').then(() => 'error', () => code)]);
  expect(['error', 1003]).toContain(outcome);
  expect(await other.settled()).toEqual([]);
});
