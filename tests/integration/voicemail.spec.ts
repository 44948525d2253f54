// POST and GET /api/v1/voicemails: a visitor leaves a recording, and nobody but staff of the company hears it.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from './client.ts';
import { expect, test } from './fixtures.ts';
import { until } from '../harness/process.ts';
import type { CallDocker } from '../harness/server.ts';

const MiB = 1024 * 1024;
const sound = randomBytes(100_000);
const path = '/api/v1/voicemails';

const authorization = (server: CallDocker, company: string, id: string, role: string) =>
  ({ authorization: `Bearer ${server.sign({ id, role, company_id: company })}` });

function leave(server: CallDocker, company: string, body: Buffer = sound, { id = 'visitor', type = 'audio/webm;codecs=opus' } = {}): Promise<Response> {
  return fetch(server.url + path, { method: 'POST', body: new Uint8Array(body), headers: { ...authorization(server, company, id, 'user'), 'content-type': type } });
}

async function left(server: CallDocker, company: string, body?: Buffer): Promise<string> {
  const response = await leave(server, company, body);
  expect(response.status).toBe(201);
  return ((await response.json()) as { recordingId: string }).recordingId;
}

function listen(server: CallDocker, company: string, recordingId: string, headers: Record<string, string> = {}, role = 'agent'): Promise<Response> {
  return fetch(`${server.url}${path}/${recordingId}`, { headers: { ...authorization(server, company, 'amina', role), ...headers } });
}

const files = (server: CallDocker) => {
  const folder = join(server.dataFolder, 'recordings');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((file) => statSync(file).isFile());
};

test("staff of the company hear a visitor's recording", async ({ server, company }) => {
  const recordingId = await left(server, company);

  expect(recordingId).toMatch(/^[\w-]{16}$/);
  for (const role of ['agent', 'supervisor', 'admin']) {
    const heard = await listen(server, company, recordingId, {}, role);
    expect(heard.status).toBe(200);
    expect(heard.headers.get('content-type')).toBe('audio/webm');
    expect(heard.headers.get('cache-control')).toBe('private, no-store');
    expect(Buffer.from(await heard.arrayBuffer())).toEqual(sound);
  }
});

test('a player may fetch a part', async ({ server, company }) => {
  const recordingId = await left(server, company);

  const part = await listen(server, company, recordingId, { range: 'bytes=10-19' });

  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 10-19/${sound.length}`);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(sound.subarray(10, 20));
  expect((await listen(server, company, recordingId, { range: 'bytes=100000-' })).status).toBe(416);
});

test('another company, a customer and an id that never was get the same answer, to the byte', async ({ server, company }) => {
  const recordingId = await left(server, company);
  const all = async (response: Response) => ({
    status: response.status,
    headers: [...response.headers].filter(([name]) => name !== 'date'),
    body: await response.text(),
  });

  const unknown = await all(await listen(server, company, 'AAAAAAAAAAAAAAAA'));

  expect(unknown.status).toBe(404);
  expect(await all(await listen(server, `${company}-other`, recordingId))).toEqual(unknown);
  expect(await all(await listen(server, company, recordingId, {}, 'user'))).toEqual(unknown);
  expect((await listen(server, company, '..%2F' + recordingId)).status).toBe(400);
});

test('without a token that is good there is neither leaving nor hearing', async ({ server, company }) => {
  const recordingId = await left(server, company);
  const expired = server.sign({ id: 'amina', role: 'agent', company_id: company, exp: 1 });

  for (const headers of [{}, { authorization: 'Bearer forged' }, { authorization: `Bearer ${expired}` }, { authorization: 'Basic YTpi' }] as Record<string, string>[]) {
    for (const response of [
      await fetch(`${server.url}${path}/${recordingId}`, { headers }),
      await fetch(server.url + path, { method: 'POST', body: 'x', headers: { ...headers, 'content-type': 'audio/webm' } }),
    ]) {
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(response.headers.get('content-type')).toBe('application/problem+json');
    }
  }
});

test('a company that is not registered has no recordings', async ({ start }) => {
  const server = await start({ REGISTERED_COMPANIES_ONLY: 'true', COMPANIES: 'acme' });

  expect((await leave(server, 'acme')).status).toBe(201);
  expect((await leave(server, 'other')).status).toBe(401);
});

test('2 MiB are taken, whatever the limit of other bodies is, and a byte more is refused', async ({ start }) => {
  for (const limit of ['65536', '16777216']) {
    const server = await start({ HTTP_BODY_BYTES_MAX: limit });
    const recordingId = await left(server, 'acme', Buffer.alloc(2 * MiB, 7));
    expect((await (await listen(server, 'acme', recordingId)).arrayBuffer()).byteLength).toBe(2 * MiB);

    const refused = await leave(server, 'acme', Buffer.alloc(2 * MiB + 1));
    expect(refused.status).toBe(413);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({ type: 'urn:calldocker:problem:too_large', status: 413 });
  }
});

test('only what browsers record is taken', async ({ server, company }) => {
  for (const type of ['audio/ogg', 'audio/mp4']) expect((await leave(server, company, sound, { type })).status).toBe(201);
  for (const type of ['audio/wav', 'text/html', 'application/json']) expect((await leave(server, company, sound, { type })).status).toBe(415);
  expect((await leave(server, company, Buffer.alloc(0))).status).toBe(400);
});

test('ten recordings an hour of a visitor are enough, on whatever connections', async ({ server, company }) => {
  const statuses = await Promise.all(Array.from({ length: 14 }, async () => (await leave(server, company)).status));

  expect(statuses.sort()).toEqual([...Array<number>(10).fill(201), ...Array<number>(4).fill(429)]);
  const refused = await leave(server, company);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3000);
  expect((await leave(server, company, sound, { id: 'another' })).status).toBe(201);
});

test('a recording survives a power cut, and only the owner of the data can read it', async ({ start }) => {
  const server = await start();
  const recordingId = await left(server, 'acme');
  await server.kill();
  await server.restart();

  expect(Buffer.from(await (await listen(server, 'acme', recordingId)).arrayBuffer())).toEqual(sound);
  for (const file of files(server)) expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a recording that no contact has named is removed after a day, and one that a contact has named is kept', async ({ start }) => {
  const server = await start();
  const orphan = await left(server, 'acme');
  const named = await left(server, 'acme');
  const visitor = await Client.dial(server.signallingUrl, `?token=${server.sign({ id: 'visitor', role: 'user', company_id: 'acme' })}`, ['calldocker.v2']);
  await visitor.next('connection_established');
  await visitor.next('session_reset');
  visitor.send({ type: 'leave_voicemail', id: 'c1', callId: 'call-1', recordingId: named, durationMs: 31_500 });
  await until('the contact on record', async () => server.record().some(({ type, data }) => type === 'contact.created' && data.recording === named));
  visitor.vanish();
  await server.kill();
  const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
  for (const file of files(server)) utimesSync(file, twoDaysAgo, twoDaysAgo);

  await server.restart();

  await until('the end of the sweep', async () => server.output.includes('recordings.swept removed=1'));
  expect((await listen(server, 'acme', orphan)).status).toBe(404);
  expect((await listen(server, 'acme', named)).status).toBe(200);
  expect(files(server).map((file) => readFileSync(file).includes(sound))).toEqual([true]);
});
