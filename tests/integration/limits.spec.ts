// docs/protocol.md, "Bounds": the rate, slow readers, many connections, silence. Each test has a server of its own.
import { Client } from './client.ts';
import { expect, test } from './fixtures.ts';
import { frame, OPCODE, Raw, text } from './raw.ts';
import type { CallDocker } from '../harness/server.ts';

const who = (id: string, role = 'agent') => ({ id, role, company_id: 'acme' });
const ping = '{"type":"ping"}';

test('400 messages at once pass; a flood beyond that gets an error and is closed with 1008', async ({ start }) => {
  const server = await start();
  const patient = await Raw.open(server.signallingPort, server.sign(who('patient')));
  await patient.message();
  patient.write(Buffer.concat(Array.from({ length: 400 }, () => text(ping))));
  for (let index = 0; index < 400; index += 1) expect((await patient.message()).type).toBe('pong');

  const hasty = await Raw.open(server.signallingPort, server.sign(who('hasty')));
  await hasty.message();
  hasty.write(Buffer.concat(Array.from({ length: 2000 }, () => text(ping))));
  const heard: string[] = [];
  for (;;) {
    const frame = await hasty.frame();
    if (frame.opcode === 8) {
      expect(frame.payload.readUInt16BE(0)).toBe(1008);
      break;
    }
    heard.push((JSON.parse(frame.payload.toString()) as { type: string }).type);
  }
  expect(heard.length).toBeGreaterThanOrEqual(401);
  expect(heard.at(-1)).toBe('error');
  expect(heard.slice(0, -1).every((type) => type === 'pong')).toBe(true);
  patient.destroy();
  hasty.destroy();
});

test('a version 2 session that floods gets a numbered error with a code', async ({ start }) => {
  const server = await start({ RATE_LIMIT_MESSAGES_PER_SECOND: '1', RATE_LIMIT_MESSAGES_BURST: '5' });
  const hasty = await Client.dial(server.signallingUrl, `?token=${server.sign(who('hasty'))}`, ['calldocker.v2']);
  await hasty.until('connection_established');
  for (let index = 0; index < 20; index += 1) hasty.send({ type: 'ping' });

  expect(await hasty.until('error')).toMatchObject({ code: 'overloaded', message: 'Rate limit exceeded', seq: expect.any(Number) });
  expect(await hasty.closed).toMatchObject({ code: 1008 });
});

for (const setting of ['RATE_LIMIT_MESSAGES_PER_SECOND', 'RATE_LIMIT_MESSAGES_BURST']) {
  test(`${setting}=0 lets any flood pass`, async ({ start }) => {
    const server = await start({ [setting]: '0' });
    const hasty = await Raw.open(server.signallingPort, server.sign(who('hasty')));
    await hasty.message();
    hasty.write(Buffer.concat(Array.from({ length: 2000 }, () => text(ping))));

    for (let index = 0; index < 2000; index += 1) expect((await hasty.message()).type).toBe('pong');
    hasty.destroy();
  });
}

test('two hundred messages a second pass for as long as they come', async ({ start }) => {
  const server = await start();
  const client = await Client.connect(server, who('steady'));
  for (let second = 0; second < 3; second += 1) {
    for (let burst = 0; burst < 10; burst += 1) {
      for (let index = 0; index < 20; index += 1) client.send({ type: 'call_rejected', callId: 'k' });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  expect(await client.settled()).toEqual([]);
  client.vanish();
});

test('a peer who does not read is dropped at 1 MiB, and those who write to it notice nothing', async ({ start }) => {
  const server = await start({ RATE_LIMIT_MESSAGES_PER_SECOND: '0' });
  const lazy = await Raw.open(server.signallingPort, server.sign(who('lazy')));
  const diligent = await Client.connect(server, who('diligent'));
  const sender = await Client.connect(server, who('sender'));
  lazy.pause();
  const candidate = 'x'.repeat(60 * 1024);

  // The kernel's buffers take some megabytes before the server's own fills.
  for (let index = 0; index < 400; index += 1) {
    sender.send({ type: 'ice_candidate', targetUserId: 'lazy', candidate });
    if (index % 100 === 0) sender.send({ type: 'ice_candidate', targetUserId: 'diligent', candidate: index });
  }

  expect((await sender.settled())).toEqual([]);
  expect((await diligent.settled()).map((message) => message.candidate)).toEqual([0, 100, 200, 300]);
  lazy.resume();
  await lazy.ended();
  const again = await Client.connect(server, who('lazy'));
  sender.send({ type: 'ice_candidate', targetUserId: 'lazy', candidate: 1 });
  expect((await again.next('ice_candidate')).candidate).toBe(1);
  for (const client of [diligent, sender, again]) client.vanish();
});

test('two hundred connections of one address pass', async ({ start }) => {
  const server = await start();
  const clients: Client[] = [];
  for (let round = 0; round < 8; round += 1) {
    const started = Date.now();
    clients.push(...await Promise.all(Array.from({ length: 25 }, (_, index) => Client.connect(server, who(`${round}-${index}`)))));
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 500 - (Date.now() - started))));
  }
  expect(clients).toHaveLength(200);
  for (const client of clients) expect(await client.settled()).toEqual([]);
  for (const client of clients) client.vanish();
});

test('a flood of connections of one address is turned away, and that address is served again a moment later', async ({ start }) => {
  const server = await start({ CONNECTIONS_PER_ADDRESS_MAX: '20' });
  const raws = await Promise.all(Array.from({ length: 60 }, () => Raw.connect(server.signallingPort)));
  const turnedAway = () => raws.filter((raw) => raw.isEnded).length;
  await expect.poll(turnedAway).toBeGreaterThanOrEqual(40);
  expect(turnedAway()).toBeLessThanOrEqual(41); // the connection that saw the server start may have a place
  for (const raw of raws) raw.destroy();

  await expect.poll(async () => {
    const client = await Client.connect(server, who('later')).catch(() => undefined);
    client?.vanish();
    return client !== undefined;
  }).toBe(true);
});

test('behind a trusted proxy each caller has the limits of an address, and an untrusted peer cannot choose its address', async ({ start }) => {
  const from = (address: string) => ({ headers: `X-Forwarded-For: 192.0.2.66, ${address}\r\n` });
  const limit = { CONNECTIONS_PER_ADDRESS_MAX: '2' };
  const attempt = (server: CallDocker, id: string, address: string) => Raw.open(server.signallingPort, server.sign(who(id)), from(address)).catch(() => undefined);

  const trusting = await start({ ...limit, TRUSTED_PROXIES: '127.0.0.1, ::1' });
  const served = await Promise.all(Array.from({ length: 40 }, (_, index) => attempt(trusting, `caller-${index}`, `198.51.100.${index % 20}`)));
  expect(served.filter((raw) => raw !== undefined)).toHaveLength(40);
  expect(await attempt(trusting, 'one too many', '198.51.100.7')).toBeUndefined();
  expect(await (await fetch(`${trusting.url}/metrics`)).text()).toContain('refused_total{reason="address_has_too_many"} 1\n');

  const wary = await start(limit);
  const refused = await Promise.all(Array.from({ length: 10 }, (_, index) => attempt(wary, `caller-${index}`, `198.51.100.${index}`)));
  expect(refused.filter((raw) => raw !== undefined).length).toBeLessThanOrEqual(2);
  for (const raw of [...served, ...refused]) raw?.destroy();
});

test('a hundred refused tokens at once and in a row lock nobody out', async ({ start }) => {
  const server = await start();
  const already = await Client.connect(server, who('already'));
  const refuse = async () => (await (await Client.dial(server.signallingUrl, '?token=wrong')).closed).reason;
  for (let round = 0; round < 4; round += 1) {
    expect(new Set(await Promise.all(Array.from({ length: 25 }, refuse)))).toEqual(new Set(['Invalid token']));
  }
  const client = await Client.connect(server, who('a'));
  expect(await client.settled()).toEqual([]);
  expect(await already.settled()).toEqual([]);
  for (const one of [client, already]) one.vanish();
});

/** Until the server hangs up. @returns how many there were */
async function answerPings(raw: Raw): Promise<number> {
  for (let pings = 0; ; ) {
    const heard = await raw.frame().catch(() => undefined);
    if (heard === undefined) return pings;
    if (heard.opcode !== OPCODE.ping) continue;
    pings += 1;
    raw.write(frame(OPCODE.pong, heard.payload));
  }
}

test('the operator sets how long a message and how many rooms may be', async ({ start }) => {
  const server = await start({ MESSAGE_BYTES_MAX: '600000', ROOMS_PER_CONNECTION_MAX: '2' });
  const sender = await Client.connect(server, who('sender'));
  const receiver = await Client.connect(server, who('receiver'));
  const offer = 'x'.repeat(500_000);
  sender.send({ type: 'webrtc_offer', targetUserId: 'receiver', offer });
  expect((await receiver.next('webrtc_offer')).offer).toBe(offer);
  sender.send({ type: 'webrtc_offer', targetUserId: 'receiver', offer: 'x'.repeat(600_000) });
  expect((await sender.closed).code).toBe(1009);

  for (const room of ['one', 'two', 'three']) receiver.send({ type: 'join_room', roomId: room });
  expect((await receiver.settled()).map(({ type, message }) => [type, message])).toEqual([['room_joined', undefined], ['room_joined', undefined], ['error', 'too many rooms']]);
  receiver.vanish();
});

test('an unfinished message is not kept alive by answered pings; who answers stays, who does not is dropped, and a socket that says nothing too', async ({ start }) => {
  const server = await start({ PING_INTERVAL_SECONDS: '1', IDLE_TIMEOUT_SECONDS: '3', HANDSHAKE_TIMEOUT_SECONDS: '2' });
  const alive = await Client.connect(server, who('alive')); // `ws` answers pings by itself
  const dead = await Raw.open(server.signallingPort, server.sign(who('dead')));
  const silent = await Raw.connect(server.signallingPort);
  const half = await Raw.open(server.signallingPort, server.sign(who('half')));
  half.write(frame(OPCODE.text, '{"type":', { fin: false }));
  const pings = answerPings(half);

  await Promise.all([dead.ended(), silent.ended(), half.ended()]);
  expect(await pings).toBeGreaterThanOrEqual(2); // it was no silence

  expect(await alive.settled()).toEqual([]);
  alive.vanish();
});
