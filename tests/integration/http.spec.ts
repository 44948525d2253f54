// HTTP on both ports, as strange as it comes: a clear 4xx, and no harm to anybody.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from './fixtures.ts';
import { Raw, upgradeRequest } from './raw.ts';

const get = (target: string, headers = '') => `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}\r\n`;

/** What is wrong with the framing or the head must end the connection: nobody knows where the next request begins. */
const refusedByBothPorts: Record<string, [number[], string | Buffer]> = {
  'Content-Length beside Transfer-Encoding': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n'],
  'Transfer-Encoding beside Content-Length': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n'],
  'two Content-Lengths': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde'],
  'the same Content-Length twice': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd'],
  'a list of Content-Lengths': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4, 4\r\n\r\nabcd'],
  'a Content-Length with a sign': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +4\r\n\r\nabcd'],
  'a negative Content-Length': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
  'a hexadecimal Content-Length': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x4\r\n\r\nabcd'],
  'an endless Content-Length': [[400, 413], 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n'],
  'a body of a gigabyte': [[413], 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n\r\n'],
  'chunked twice': [[400, 501], 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n'],
  'Transfer-Encoding twice': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n'],
  'an unknown coding': [[400, 501], 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
  'a coding with a vertical tab': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n'],
  'Transfer-Encoding in HTTP/1.0': [[400], 'POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  'a chunk whose size is no number': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n0\r\n\r\n'],
  'a chunk whose size overflows': [[400, 413], 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n'],
  'a chunk whose size is negative': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\na\r\n0\r\n\r\n'],
  'a chunk that is longer than it says': [[400], 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n'],
  'a chunk extension of 20,000 bytes': [[400, 413, 431], `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}\r\na\r\n0\r\n\r\n`],
  'trailers without end': [[400, 413, 431], `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${'X-T: 1\r\n'.repeat(10_000)}\r\n`],
  'a folded header': [[400], 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n'],
  'a header line folded at once': [[400], 'GET / HTTP/1.1\r\n Host: a\r\n\r\n'],
  'bare line feeds': [[400], 'GET / HTTP/1.1\nHost: a\n\n'],
  'a bare line feed between headers': [[400], 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\nX-B: c\r\n\r\n'],
  'a bare carriage return in a value': [[400], 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\rc\r\n\r\n'],
  'a space before the colon': [[400], 'GET / HTTP/1.1\r\nHost : a\r\n\r\n'],
  'a header without a colon': [[400], 'GET / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n'],
  'a header without a name': [[400], 'GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n'],
  'a NUL in a value': [[400], 'GET / HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n'],
  'a NUL in the target': [[400], 'GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n'],
  'an encoded NUL in the target': [[400, 404], get('/%00')],
  'an encoded line break in the target': [[400, 404], get('/%0d%0aX-Evil:1')],
  'half an escape': [[400, 404], get('/%4')],
  'no Host': [[400], 'GET / HTTP/1.1\r\n\r\n'],
  'two Hosts': [[400], 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
  'a Host with half a bracket': [[400], 'GET / HTTP/1.1\r\nHost: [::1\r\n\r\n'],
  'a Host whose port is no number': [[400], 'GET / HTTP/1.1\r\nHost: a:b\r\n\r\n'],
  'a Host in angle brackets': [[400], 'GET / HTTP/1.1\r\nHost: <x>\r\n\r\n'],
  'a Host with a path': [[400], 'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n'],
  'a Host with a user': [[400], 'GET / HTTP/1.1\r\nHost: u@a\r\n\r\n'],
  'a Host with a comma': [[400], 'GET / HTTP/1.1\r\nHost: a, b\r\n\r\n'],
  'two spaces in the request line': [[400], 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n'],
  'a target with a space': [[400], 'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n'],
  'HTTP/0.9': [[400], 'GET /\r\n\r\n'],
  'HTTP/2.0': [[400, 505], 'GET / HTTP/2.0\r\nHost: a\r\n\r\n'],
  'the preface of HTTP/2': [[400, 505], 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  'HTTP/1.1 in small letters': [[400, 505], 'GET / http/1.1\r\nHost: a\r\n\r\n'],
  'a method that is no token': [[400], 'GE(T / HTTP/1.1\r\nHost: a\r\n\r\n'],
  'a TLS greeting': [[400], Buffer.from('16030100c8010000c40303', 'hex')],
  'CONNECT': [[400, 405, 501], 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n'],
  'an address of 10,000 bytes': [[414, 404], get(`/${'a'.repeat(10_000)}`)],
  'an address of 100,000 bytes': [[414, 431], get(`/${'a'.repeat(100_000)}`)],
  'a header of 100,000 bytes': [[431], get('/', `X-A: ${'a'.repeat(100_000)}\r\n`)],
  'a thousand headers': [[431], get('/', Array.from({ length: 1000 }, (_, n) => `X-${n}: 1\r\n`).join(''))],
  'a path that climbs': [[400, 404], get('/../../etc/passwd')],
  'a path that climbs in escapes': [[400, 404], get('/%2e%2e/%2e%2e/etc/passwd')],
  'a path that climbs with an encoded slash': [[400, 404], get('/..%2f..%2fetc%2fpasswd')],
  'a path that climbs in backslashes': [[400, 404], get('/..\\..\\etc\\passwd')],
  'a path that climbs in double escapes': [[400, 404], get('/%252e%252e/etc/passwd')],
  'an unknown expectation': [[417], get('/', 'Expect: miracles\r\n')],
};
for (const [what, [statuses, bytes]] of Object.entries(refusedByBothPorts)) {
  test(`${what}: refused by both ports`, async ({ server }) => {
    for (const port of [server.port, server.signallingPort]) {
      const raw = await Raw.connect(port);
      raw.write(bytes);
      raw.finish();

      const said = await raw.rest();

      // The signalling port answers any path, so that there an odd one is a plain request.
      const allowed = port === server.signallingPort && statuses.includes(404) ? [...statuses, 426] : statuses;
      expect(allowed, said.slice(0, 300)).toContain(Number(said.split(' ')[1]));
      expect(said.match(/^HTTP\/1\.1 /gm), said).toHaveLength(1);
      expect(said).not.toContain('root:');
      raw.destroy();
    }
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });
}

test('a refusal is a problem document', async ({ server }) => {
  const response = await fetch(`${server.url}/no/such/page`);

  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(await response.json()).toMatchObject({ status: 404, title: expect.any(String), error: 'Route not found' });
});

test('health is what scripts of the original read, and more', async ({ server }) => {
  const response = await fetch(`${server.url}/health`);

  const health = await response.json() as Record<string, unknown>;
  expect(response.status).toBe(200);
  expect(health).toMatchObject({ status: 'OK', environment: 'development', version: expect.any(String), dependencies: { database: { status: 'ok' } } });
  expect(Math.abs(Date.parse(health.timestamp as string) - Date.now())).toBeLessThan(5_000);
});

test('a body of ten thousand chunks is read, and trailer fields change nothing', async ({ server }) => {
  const raw = await Raw.connect(server.port);
  const body = JSON.stringify({ company: 'demo', padding: 'x'.repeat(9_970) });
  const chunks = [...body].map((byte) => `1\r\n${byte}\r\n`).join('');

  raw.write(`POST /api/visitor-token HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\nContent-Length: 7\r\nX-Trailer: x\r\n\r\n${get('/health')}`);

  const answer = await raw.response();
  expect([200, 400]).toContain(answer.status); // whatever it thinks of the padding, it has read it
  expect((await raw.response()).status).toBe(200);
  raw.destroy();
});

test('an address that only takes POST says so', async ({ server }) => {
  for (const target of ['/api/visitor-token', '/api/v1/voicemails', '/api/dev/sign-in']) {
    const response = await fetch(`${server.url}${target}`);
    expect(response.status, target).toBe(405);
    expect(response.headers.get('allow'), target).toBe('POST, OPTIONS');
  }
});

test('a large body is not read before its sender has shown a token', async ({ server }) => {
  for (const [method, target] of [['POST', '/api/v1/voicemails'], ['PUT', '/api/v1/configuration']] as const) {
    const raw = await Raw.connect(server.port);
    raw.write(`${method} ${target} HTTP/1.1\r\nHost: a\r\nContent-Type: audio/webm\r\nContent-Length: 500000\r\n\r\n`);
    expect((await raw.response()).status, target).toBe(401);
    await raw.ended();
  }
});

test('pages of other sites may load the widget, its font and its music, and nothing else of ours', async ({ server }) => {
  const policy = async (target: string) => (await fetch(`${server.url}${target}`)).headers.get('cross-origin-resource-policy');
  const widget = await (await fetch(`${server.url}/widget.js`)).text();
  const fonts = widget.match(/\/assets\/[\w.-]+\.woff2/g) ?? [];

  expect(fonts.length).toBeGreaterThan(0);
  for (const target of ['/widget.js', '/js/websocket-client.js', '/js/hold-music.wav', ...fonts]) {
    const response = await fetch(`${server.url}${target}`);
    expect(response.status, target).toBe(200);
    expect(response.headers.get('cross-origin-resource-policy'), target).toBe('cross-origin');
    expect(response.headers.get('access-control-allow-origin'), target).toBe('*');
  }
  const desk = await (await fetch(`${server.url}/agent`)).text();
  const scripts = desk.match(/\/assets\/[\w.-]+\.js/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  for (const target of ['/', '/agent', ...scripts]) expect(await policy(target), target).toBe('same-origin');
});

test('requests in one piece are answered one by one, in order', async ({ server }) => {
  const raw = await Raw.connect(server.port);

  raw.write(get('/health').repeat(10) + get('/nothing') + get('/health', 'Connection: close\r\n'));

  for (let index = 0; index < 10; index += 1) expect((await raw.response()).status).toBe(200);
  expect((await raw.response()).status).toBe(404);
  expect((await raw.response()).head).toMatch(/\r\nConnection: close\r\n/i);
  await raw.ended();
});

test('a request may come byte by byte, and its sender may close his half behind it', async ({ server }) => {
  const raw = await Raw.connect(server.port);
  for (const byte of get('/health')) { raw.write(byte); await new Promise(setImmediate); }
  raw.finish();
  expect((await raw.response()).status).toBe(200);
  await raw.ended();
});

test('a chunked body is read, extensions and trailers passed over, and the next request too', async ({ server }) => {
  const raw = await Raw.connect(server.port);
  const body = JSON.stringify({ company: 'demo' });

  raw.write(`POST /api/visitor-token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n` +
    `${body.length.toString(16)};name=value\r\n${body}\r\n0\r\nX-Trailer: x\r\n\r\n${get('/health')}`);

  expect((await raw.response()).status).toBeLessThan(500);
  const next = await raw.response();
  expect(next.status).toBe(200);
  expect(JSON.parse(next.body)).toMatchObject({ status: 'OK' });
  raw.destroy();
});

test('Expect: 100-continue is answered before the body comes', async ({ server }) => {
  const raw = await Raw.connect(server.port);
  raw.write('POST /api/visitor-token HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n');
  expect(await raw.head()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  raw.write('{}');
  expect((await raw.response()).status).toBeLessThan(500);
  raw.destroy();
});

test('HEAD answers as GET does, without the body', async ({ server }) => {
  for (const target of ['/', '/health', '/metrics', '/nothing', '/js/websocket-client.js']) {
    const raw = await Raw.connect(server.port);
    raw.write(`HEAD ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    const said = await raw.rest();
    const status = (await fetch(`${server.url}${target}`)).status;
    expect(said.split(' ')[1]).toBe(String(status));
    expect(said).toMatch(/\r\nContent-Length: [1-9]\d*\r\n/i);
    expect(said.endsWith('\r\n\r\n')).toBe(true);
  }
});

test('OPTIONS lists the allowed methods, and so does the answer to a wrong one', async ({ server }) => {
  for (const url of [`${server.url}/health`, `${server.url}/`, server.signallingUrl.replace('ws', 'http')]) {
    const options = await fetch(url, { method: 'OPTIONS' });
    expect([200, 204]).toContain(options.status);
    expect(options.headers.get('allow')).toMatch(/GET/);
    const removed = await fetch(url, { method: 'DELETE' });
    expect(removed.status).toBe(405);
    expect(removed.headers.get('allow')).toMatch(/GET/);
  }
  const raw = await Raw.connect(server.port);
  raw.write('OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n');
  expect([200, 204]).toContain((await raw.response()).status);
  raw.destroy();
});

for (const target of ['/', '/agent', '/index.html', '/agent-dashboard.html', '/js/websocket-client.js']) {
  test(`${target}: with a tag, conditionally, in parts, compressed, and secured`, async ({ server }) => {
    const url = `${server.url}${target}`;
    const whole = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
    const body = Buffer.from(await whole.arrayBuffer());
    expect(whole.status).toBe(200);
    const tag = whole.headers.get('etag')!;
    expect(tag).toMatch(/^(W\/)?"[^"]+"$/);
    expect(whole.headers.get('cache-control')).toBeTruthy();
    expect(whole.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
    if (!target.endsWith('.js')) {
      const policy = whole.headers.get('content-security-policy')!;
      expect(policy).not.toMatch(/script-src[^;]*unsafe-(inline|eval)/);
      expect(whole.headers.get('permissions-policy')).toMatch(/microphone=\(self\)/);
    }
    // undici's fetch has no say in whether a body is decoded: ask with a raw connection.
    for (const [headers, status] of [
      [`If-None-Match: ${tag}\r\n`, 304], ['If-None-Match: *\r\n', 304], ['If-None-Match: "other"\r\n', 200], [`If-Match: "other"\r\n`, 412],
      ['Range: bytes=0-9\r\n', 206], ['Range: bytes=-5\r\n', 206], ['Range: bytes=99999999-\r\n', 416], ['Range: lines=1-2\r\n', 200],
      ['Range: bytes=5-2\r\n', 200], [`Range: bytes=0-9\r\nIf-Range: "other"\r\n`, 200],
    ] as const) {
      const raw = await Raw.connect(server.port);
      raw.write(get(target, headers + 'Connection: close\r\n'));
      const response = await raw.response();
      expect(response.status, headers).toBe(status);
      if (headers === 'Range: bytes=0-9\r\n') {
        expect(response.head).toContain(`Content-Range: bytes 0-9/${body.length}\r\n`);
        expect(response.body).toBe(body.subarray(0, 10).toString());
      }
      if (status === 416) expect(response.head).toContain(`Content-Range: bytes */${body.length}\r\n`);
      raw.destroy();
    }
    if (body.length > 1000) {
      for (const coding of ['gzip', 'br']) {
        const packed = await fetch(url, { headers: { 'accept-encoding': coding } });
        expect(packed.headers.get('content-encoding')).toBe(coding);
        expect(Buffer.from(await packed.arrayBuffer())).toEqual(body);
        expect(packed.headers.get('etag')).not.toBe(tag);
      }
      expect(gzipSync(body).length).toBeLessThan(body.length);
    }
  });
}

test('a request that does not end gets an answer and is dropped, and others are served meanwhile', async ({ server, connect }) => {
  const slow = await Promise.all([server.port, server.signallingPort].flatMap((port) =>
    ['', 'GET / HT', 'GET / HTTP/1.1\r\nHost: a\r\nX-', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc'].map(async (bytes) => {
      const raw = await Raw.connect(port);
      if (bytes) raw.write(bytes);
      return raw;
    })));
  const other = await connect({ id: 'other' });

  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  expect(await other.settled()).toEqual([]);
  for (const raw of slow) await raw.ended(14_000);
});

test('a peer who asks and does not read keeps nobody waiting', async ({ server }) => {
  const raw = await Raw.connect(server.port);
  raw.pause();
  raw.write(get('/js/websocket-client.js').repeat(2000));
  for (let round = 0; round < 5; round += 1) expect((await fetch(`${server.url}/health`)).status).toBe(200);
  raw.destroy();
});

test('a WebSocket to another path of port 3000 is not upgraded', async ({ server }) => {
  for (const target of ['/', '/ws/', '/wss', '/WS', '/agent', '//ws', '/ws%2f']) {
    const raw = await Raw.connect(server.port);
    raw.write(upgradeRequest(`${target}?token=${server.sign({ id: 'a', role: 'agent', company_id: 'paths' })}`));
    expect((await raw.head()).split(' ')[1], target).not.toBe('101');
    raw.destroy();
  }
});

test('every metric is in the table of the operations page, and no other', async ({ server }) => {
  const printed = await (await fetch(`${server.url}/metrics`)).text();
  const page = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');

  const names = [...printed.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => `${name} ${type}`);
  const rows = [...page.matchAll(/^\| `(calldocker_\w+)` \| (\w+) \|/gm)].map(([, name, type]) => `${name} ${type}`);

  expect(rows.sort()).toEqual(names.sort());
});
