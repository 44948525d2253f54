// What an operator meets: settings that are wrong, a port that is taken, a disk that is full or damaged. A clear word
// that names the thing and the remedy, and nothing lost.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { Client } from './client.ts';
import { expect, test as base } from './fixtures.ts';
import { cannotMount } from '../harness/mount.ts';
import { freePort } from '../harness/process.ts';
import { CallDocker, type Surroundings } from '../harness/server.ts';

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'calldocker-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
});

const settings = async (folder: string) => ({
  NODE_ENV: 'development', HOST: '127.0.0.1', PORT: String(await freePort()), WS_PORT: String(await freePort()), DATA_DIR: join(folder, 'data'),
  JWT_SECRET: 'x'.repeat(64),
});
const who = (id: string, role = 'agent') => ({ id, role, company_id: 'acme' });
const offer = { type: 'offer', sdp: 'v=0\r\n' };

test('a setting that is wrong stops the start, by its name, its value and what is allowed', async ({ folder }) => {
  for (const [name, value, allowed] of [['PORT', 'abc', /65535/], ['WS_PORT', '70000', /65535/], ['NODE_ENV', 'staging', /production/], ['PING_INTERVAL_SECONDS', '0', /1 to 60/]] as const) {
    const { code, output } = await CallDocker.run(['serve'], folder, { ...await settings(folder), [name]: value });
    expect(code).toBe(1);
    expect(output).toContain(name);
    expect(output).toContain(value);
    expect(output).toMatch(allowed);
  }
});

test('production does not start without a secret, and says what to do', async ({ folder }) => {
  const { code, output } = await CallDocker.run(['serve'], folder, { ...await settings(folder), NODE_ENV: 'production', JWT_SECRET: '' });
  expect(code).toBe(1);
  expect(output).toContain('JWT_SECRET');
});

test('in production a mock token is refused', async ({ start }) => {
  const server = await start({ NODE_ENV: 'production' });
  const token = server.sign(who('agent')).split('.').slice(0, 2).join('.');
  expect(await (await Client.dial(server.signallingUrl, `?token=${token}.mock_signature`)).closed).toEqual({ code: 1008, reason: 'Invalid token' });
  expect((await fetch(`${server.url}/api/dev/demo`)).status).toBe(404);
  expect((await fetch(`${server.url}/api/dev/sign-in`, { method: 'POST', body: '{}' })).status).toBe(404);
});

for (const name of ['PORT', 'WS_PORT'] as const) {
  test(`a taken ${name} stops the start, by its number`, async ({ folder }) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, output } = await CallDocker.run(['serve'], folder, { ...await settings(folder), [name]: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(output).toContain(String(port));
    expect(output).toMatch(/taken/);
  });
}

test('a data folder that cannot be made stops the start, by its name', async ({ folder }) => {
  const { code, output } = await CallDocker.run(['serve'], folder, { ...await settings(folder), DATA_DIR: '/proc/calldocker' });
  expect(code).toBe(1);
  expect(output).toContain('/proc/calldocker');
  expect(output).toContain('DATA_DIR');
});

test('a damaged database stops the start, is named, and is left as it is', async ({ folder }) => {
  const given = await settings(folder);
  const file = join(given.DATA_DIR, 'calldocker.db');
  mkdirSync(given.DATA_DIR, { recursive: true });
  const garbage = 'this is not a database '.repeat(1000);
  writeFileSync(file, garbage);
  const { code, output } = await CallDocker.run(['serve'], folder, given);
  expect(code).toBe(1);
  expect(output).toContain(file);
  expect(output).toMatch(/backup/);
  expect(readFileSync(file, 'utf8')).toBe(garbage);
});

/** Ways for a disk to be full: a file system without a byte left, and, what any user may do, files that may not grow. */
interface FullDisk {
  name: string;
  surroundings: Surroundings;
  fill: (server: CallDocker) => void;
  free: (server: CallDocker) => void;
  says: RegExp;
}
const fullDisks: FullDisk[] = [{
  name: 'a file system without space', surroundings: { diskKilobytes: 4_096 }, says: /the disk is full; free some space/,
  fill: ({ disk }) => disk.fill(), free: ({ disk }) => disk.free(),
}, {
  name: 'files that may not grow', surroundings: {}, says: /limits of file sizes/,
  fill: ({ pid }) => execFileSync('prlimit', ['--pid', String(pid), '--fsize=1000:unlimited']),
  free: ({ pid }) => execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:unlimited']),
}];
if (cannotMount) {
  console.log(`No file system can be mounted here (${cannotMount}): files that may not grow stand in for a full one, /proc for a read-only one.`);
}

const possible = fullDisks.filter(({ surroundings }) => !cannotMount || !surroundings.diskKilobytes);
for (const { name, surroundings, fill, free, says } of possible) test(`on a full disk (${name}) the server relays, refuses new calls in words, says so, recovers by itself, and loses nothing`, async ({ start }) => {
  test.setTimeout(40_000);
  const server = await start({}, surroundings);
  const agent = await Client.connect(server, who('agent'));
  agent.send({ type: 'join_room', roomId: 'agent-room' });
  await agent.next('room_joined');
  const visitor = await Client.connect(server, who('visitor', 'user'));
  const newcomer = await Client.connect(server, who('newcomer', 'user'));
  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: 'live' });
  await visitor.next('offer_sent');
  await agent.next('webrtc_offer');
  agent.send({ type: 'webrtc_answer', targetUserId: 'visitor', answer: offer, callId: 'live' });
  await agent.next('answer_sent');
  await visitor.next('webrtc_answer');

  fill(server);
  const acknowledged = ['live'];
  const callers: Client[] = [];
  for (;;) { // the last page of a file has some bytes left
    const caller = await Client.connect(server, who(`caller-${callers.length}`, 'user'));
    callers.push(caller);
    caller.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: `call-${callers.length}` });
    const { type, message } = await caller.take();
    if (type === 'error') {
      expect(message).toMatch(/unavailable/i);
      break;
    }
    expect(type).toBe('offer_sent');
    acknowledged.push(`call-${callers.length}`);
    expect(callers.length).toBeLessThan(20);
    await agent.next('webrtc_offer');
  }
  newcomer.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: 'refused' });
  expect((await newcomer.next('error')).message).toMatch(/unavailable/i);
  await expect.poll(async () => (await fetch(`${server.url}/health`)).json()).toMatchObject({ status: 'degraded', dependencies: { database: { status: 'failing' } } });
  const told = await (await fetch(`${server.url}/health`)).text();
  expect(told).not.toContain(server.dataFolder);
  expect(told).not.toMatch(says); // anybody may ask
  expect(server.output).toMatch(says);
  for (let index = 0; index < 20; index += 1) {
    visitor.send({ type: 'ice_candidate', targetUserId: 'agent', candidate: index, callId: 'live' });
    expect((await agent.next('ice_candidate')).candidate).toBe(index);
    agent.send({ type: 'webrtc_offer', targetUserId: 'visitor', offer: { index }, callId: 'live' });
    await agent.next('offer_sent');
    expect((await visitor.next('webrtc_offer')).offer).toEqual({ index });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const late = await Client.connect(server, who('late'));
  late.send({ type: 'join_room', roomId: 'agent-room' });
  expect((await late.next('room_joined')).users).toEqual(['agent', 'late']);
  expect((await agent.next('user_joined')).userId).toBe('late');
  newcomer.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: 'refused too' });
  expect((await newcomer.next('error')).message).toMatch(/unavailable/i);

  const recording = await fetch(`${server.url}/api/v1/voicemails`, {
    method: 'POST', body: 'x'.repeat(10_000), headers: { authorization: `Bearer ${server.sign(who('visitor', 'user'))}`, 'content-type': 'audio/webm' },
  });
  expect(recording.status).toBe(503);
  expect(recording.headers.get('content-type')).toBe('application/problem+json');
  expect(server.output).not.toContain('database.write_recovered'); // no hope without reason

  free(server);
  await expect.poll(async () => (await fetch(`${server.url}/health`)).json()).toMatchObject({ status: 'OK' });
  await expect.poll(async () => { // each company tries again by itself, at the latest after 5 s
    newcomer.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: 'accepted' });
    return (await newcomer.take()).type;
  }, { timeout: 8_000 }).toBe('offer_sent');
  expect((await late.next('webrtc_offer')).callId).toBe('accepted');
  agent.send({ type: 'call_ended', callId: 'live', roomId: 'agent-room' });
  expect((await visitor.next('call_ended')).callId).toBe('live');
  await agent.settled(); // the end is on disk before anyone hears of it

  await server.kill();
  await server.restart();
  const begun = server.record().filter(({ type }) => type === 'contact.created').map(({ data }) => data.call);
  expect(begun).toEqual([...acknowledged, 'accepted']);
  for (const client of [agent, visitor, newcomer, late, ...callers]) client.vanish();
});

test('a data folder that is read-only stops the start, is named with the remedy, and loses nothing', async ({ start, folder }) => {
  if (cannotMount) { // said above
    const { code, output } = await CallDocker.run(['doctor'], folder, { ...await settings(folder), DATA_DIR: '/proc/calldocker' });
    expect(code).toBe(1);
    expect(output).toMatch(/not writable/);
    return;
  }
  const server = await start({}, { diskKilobytes: 4_096 });
  const agent = await Client.connect(server, who('agent'));
  agent.send({ type: 'join_room', roomId: 'agent-room' });
  await agent.next('room_joined');
  const visitor = await Client.connect(server, who('visitor', 'user'));
  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: 'kept' });
  await visitor.next('offer_sent');
  await server.end();
  const before = server.record();

  server.disk.remount('ro');
  const started = await server.command('serve');
  expect(started.code).toBe(1);
  expect(started.output).toContain(join(server.dataFolder, 'owner.lock')); // the first thing that a server writes
  expect(started.output).toMatch(/read-only.*DATA_DIR/);
  const examined = await server.command('doctor');
  expect(examined.code).toBe(1);
  expect(examined.output).toMatch(/fail {2}database .* is not writable\n.*DATA_DIR/);

  server.disk.remount('rw');
  await server.restart();
  expect(server.record().slice(0, before.length)).toEqual(before);
  for (const client of [agent, visitor]) client.vanish();
});

/** How many seconds of processor time a process has used. */
const processorSeconds = (pid: number) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
};
/** What a peer gets who asks for a page, until the server hangs up. */
const answer = (socket: Socket) => new Promise<string>((resolve) => {
  let said = '';
  socket.on('data', (bytes) => { said += bytes.toString(); });
  socket.on('error', () => undefined);
  socket.on('close', () => resolve(said));
  socket.write('GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
});
const relaysBothWays = async (one: Client, oneId: string, other: Client, otherId: string) => {
  for (let index = 0; index < 20; index += 1) {
    one.send({ type: 'ice_candidate', targetUserId: otherId, candidate: index, callId: 'live' });
    expect((await other.next('ice_candidate')).candidate).toBe(index);
    other.send({ type: 'ice_candidate', targetUserId: oneId, candidate: index, callId: 'live' });
    expect((await one.next('ice_candidate')).candidate).toBe(index);
  }
};

test('out of descriptors the server serves its connections, turns others away at no cost, and takes new ones when there are some', async ({ start }) => {
  const server = await start();
  const agent = await Client.connect(server, who('agent'));
  const visitor = await Client.connect(server, who('visitor', 'user'));
  const allow = (descriptors: number) => execFileSync('prlimit', ['--pid', String(server.pid), `--nofile=${descriptors}:`]);
  const before = Number(/Max open files\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/limits`, 'utf8'))![1]);

  allow(readdirSync(`/proc/${server.pid}/fd`).length + 2); // the limit is one of numbers, and a few high ones may be inherited
  const crowd = Array.from({ length: 50 }, () => connect(server.signallingPort, '127.0.0.1').on('error', () => undefined).resume());
  await expect.poll(() => crowd.filter((socket) => socket.closed).length).toBeGreaterThan(30);
  for (let round = 0; round < 5; round += 1) expect(await answer(connect(server.signallingPort, '127.0.0.1'))).toBe('');
  await relaysBothWays(agent, 'agent', visitor, 'visitor');

  allow(3); // not even the one that is kept for turning away
  const waiting = answer(connect(server.port, '127.0.0.1'));
  const used = processorSeconds(server.pid);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(processorSeconds(server.pid) - used).toBeLessThan(0.2);
  await relaysBothWays(agent, 'agent', visitor, 'visitor');

  allow(before);
  expect(await waiting).toMatch(/^HTTP\/1\.1 200 /);
  const newcomer = await Client.connect(server, who('newcomer', 'user'));
  await relaysBothWays(agent, 'agent', newcomer, 'newcomer');
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(Number(/refused_total\{reason="no_descriptors"\} (\d+)/.exec(metrics)![1])).toBeGreaterThan(30);
  expect(server.output.match(/listener\.starved/g)).toHaveLength(2); // once of each port
  for (const socket of crowd) socket.destroy();
  for (const client of [agent, visitor, newcomer]) client.vanish();
});

test('beyond CONNECTIONS_MAX a peer gets 503, the others go on, and there is room again when one leaves', async ({ start }) => {
  const server = await start({ CONNECTIONS_MAX: '10' });
  const agent = await Client.connect(server, who('agent'));
  const visitor = await Client.connect(server, who('visitor', 'user'));
  const crowd = Array.from({ length: 10 }, () => connect(server.port, '127.0.0.1'));
  await Promise.all(crowd.map((socket) => once(socket, 'connect')));

  for (const port of [server.port, server.signallingPort]) {
    const said = await answer(connect(port, '127.0.0.1'));
    expect(said).toMatch(/^HTTP\/1\.1 503 /);
    expect(said).toContain('application/problem+json');
    expect(said).toContain('Retry-After: 1');
  }
  await relaysBothWays(agent, 'agent', visitor, 'visitor');

  for (const socket of crowd) socket.destroy();
  await expect.poll(() => answer(connect(server.port, '127.0.0.1'))).toMatch(/^HTTP\/1\.1 200 /);
  for (const client of [agent, visitor]) client.vanish();
});

test('nobody reads the log any more, and the server goes on', async ({ start }) => {
  const server = await start({ LOG_LEVEL: 'debug' });
  server.closeOutput();
  for (let round = 0; round < 5; round += 1) {
    const client = await Client.connect(server, who('agent'));
    expect(await client.settled()).toEqual([]);
    client.vanish();
  }
});

test('both ports speak TLS, and peers who hang up in the middle harm nobody', async ({ folder, start }) => {
  const files = { TLS_CERT: join(folder, 'cert.pem'), TLS_KEY: join(folder, 'key.pem') };
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', files.TLS_KEY, '-out', files.TLS_CERT], { stdio: 'ignore' });
  const server = await start({ ...files, RATE_LIMIT_HTTP_PER_SECOND: '0' });
  const authority = readFileSync(files.TLS_CERT);
  const ask = (port: number, request: string) => new Promise<string>((resolve, reject) => {
    const socket = connectTls({ port, host: '127.0.0.1', ca: authority, servername: '' }, () => socket.write(request));
    let said = '';
    socket.on('data', (bytes) => { said += bytes.toString(); });
    socket.on('close', () => resolve(said));
    socket.on('error', reject);
  });
  const close = 'HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

  for (let round = 0; round < 30; round += 1) {
    await new Promise<void>((resolve) => {
      const below = connect(server.port, '127.0.0.1');
      const socket = connectTls({ socket: below, ca: authority, servername: '', checkServerIdentity: () => undefined }, () => {
        socket.write('GET /js/websocket-client.js HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(50));
        setTimeout(() => { below.resetAndDestroy(); resolve(); }, round % 5);
      });
      socket.on('error', () => resolve());
    });
  }

  expect(await ask(server.port, `GET /health ${close}`)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await ask(server.signallingPort, `GET / ${close}`)).toMatch(/^HTTP\/1\.1 426 /);
});
