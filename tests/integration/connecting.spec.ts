// docs/protocol.md, "Connecting".
import { expect, test } from './fixtures.ts';
import { Client } from './client.ts';
import { Raw, upgradeRequest } from './raw.ts';

const now = () => Math.floor(Date.now() / 1000);

test('the first message says who one is, with the time of the server', async ({ server, company }) => {
  const client = await Client.dial(server.signallingUrl, `?token=${server.sign({ id: 'amina', role: 'agent', company_id: company })}`);

  const first = await client.next('connection_established');

  expect(first).toEqual({ type: 'connection_established', userId: 'amina', role: 'agent', companyId: company, timestamp: expect.any(String) });
  expect(first.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(await client.settled()).toEqual([]);
  client.vanish();
});

test('any path of port 8081 and /ws of port 3000 lead into one world', async ({ server, company }) => {
  const token = (id: string) => `token=${server.sign({ id, role: 'agent', company_id: company })}`;
  const here = await Client.dial(`${server.signallingUrl}some/path`, `?other=1&${token('here')}`);
  const there = await Client.dial(`ws://127.0.0.1:${server.port}/ws`, `?${token('there')}&another=2`);
  await here.next('connection_established');
  await there.next('connection_established');
  here.send({ type: 'join_room', roomId: 'agent-room' });
  await here.next('room_joined');

  there.send({ type: 'join_room', roomId: 'agent-room' });

  expect(await there.nextFields('room_joined')).toEqual({ type: 'room_joined', roomId: 'agent-room', users: ['here', 'there'] });
  here.vanish();
  there.vanish();
});

test('no other path of port 3000 is upgraded', async ({ server, company }) => {
  const token = server.sign({ id: 'a', role: 'agent', company_id: company });

  await expect(Client.dial(`ws://127.0.0.1:${server.port}/elsewhere`, `?token=${token}`)).rejects.toThrow();
});

for (const [allowed, others] of [['https://shop.example', 403], ['', 101]] as const) {
  test(`ALLOWED_ORIGINS=${allowed}: pages of a site that it does not name get ${others}, and those it names connect`, async ({ company, start }) => {
    const server = await start({ ALLOWED_ORIGINS: allowed });
    const token = server.sign({ id: 'amina', role: 'agent', company_id: company });
    const answer = async (port: number, origin?: string) => {
      const raw = await Raw.connect(port);
      raw.write(upgradeRequest(`/ws?token=${token}`, origin === undefined ? '' : `Origin: ${origin}\r\n`));
      const status = Number((await raw.head()).split(' ')[1]);
      raw.destroy();
      return status;
    };

    for (const port of [server.signallingPort, server.port]) {
      expect(await answer(port, 'https://shop.example')).toBe(101);
      for (const origin of ['https://evil.example', 'http://shop.example', 'https://shop.example.evil.example', 'null']) {
        expect([origin, await answer(port, origin)]).toEqual([origin, others]);
      }
      expect(await answer(port)).toBe(101); // a program, which no browser keeps to an origin
    }
  });
}

test('a plain GET on port 8081 is answered', async ({ server }) => {
  const response = await fetch(server.signallingUrl.replace('ws:', 'http:'));

  expect(response.status).toBeGreaterThanOrEqual(200);
  expect(response.status).toBeLessThan(500);
});

for (const [what, query] of [['no token', ''], ['an empty token', '?token='], ['other parameters alone', '?tokens=1']] as const) {
  test(`${what}: upgraded, then closed with "Authentication required"`, async ({ server }) => {
    const client = await Client.dial(server.signallingUrl, query);

    expect(await client.closed).toEqual({ code: 1008, reason: 'Authentication required' });
  });
}

const good = { id: 'a', role: 'agent', company_id: 'refused' };
const refused: Record<string, (sign: (claims: unknown, header?: Record<string, unknown>) => string) => string> = {
  'words': () => 'not-a-token',
  'two parts': (sign) => sign(good).split('.').slice(0, 2).join('.'),
  'four parts': (sign) => `${sign(good)}.x`,
  'another signature': (sign) => `${sign(good).slice(0, -4)}AAAA`,
  'padding in the signature': (sign) => `${sign(good)}%3D`,
  'an empty signature': (sign) => `${sign(good).split('.').slice(0, 2).join('.')}.`,
  'alg none': (sign) => sign(good, { alg: 'none' }),
  'alg hs256': (sign) => sign(good, { alg: 'hs256' }),
  'alg HS512': (sign) => sign(good, { alg: 'HS512' }),
  'no alg': (sign) => sign(good, { typ: 'JWT' }),
  'a payload that is an array': (sign) => sign([good]),
  'no id': (sign) => sign({ role: 'agent', company_id: 'refused' }),
  'an empty role': (sign) => sign({ ...good, role: '' }),
  'a company that is a number': (sign) => sign({ ...good, company_id: 7 }),
  'a control character in the id': (sign) => sign({ ...good, id: 'a\nb' }),
  'an id of 129 bytes': (sign) => sign({ ...good, id: 'x'.repeat(129) }),
  'an expiry in the past': (sign) => sign({ ...good, exp: now() - 60 }),
  'an expiry that is a string': (sign) => sign({ ...good, exp: String(now() + 60) }),
  'a beginning in the future': (sign) => sign({ ...good, nbf: now() + 600 }),
};
for (const [what, make] of Object.entries(refused)) {
  test(`a token with ${what}: upgraded, then closed with "Invalid token"`, async ({ server }) => {
    const client = await Client.dial(server.signallingUrl, `?token=${make((claims, header) => server.sign(claims, header))}`);

    expect(await client.closed).toEqual({ code: 1008, reason: 'Invalid token' });
  });
}

test('a token given twice is refused, even the same one', async ({ server }) => {
  const token = server.sign(good);
  const client = await Client.dial(server.signallingUrl, `?token=${token}&token=${token}`);

  expect(await client.closed).toEqual({ code: 1008, reason: 'Invalid token' });
});

test('in development exactly "mock_signature" counts as a signature, and all other rules hold', async ({ server, company }) => {
  const mock = (claims: unknown) => [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');

  const accepted = await Client.dial(server.signallingUrl, `?token=${mock({ ...good, company_id: company })}.mock_signature`);
  const other = await Client.dial(server.signallingUrl, `?token=${mock(good)}.mock_signature2`);
  const expired = await Client.dial(server.signallingUrl, `?token=${mock({ ...good, exp: now() - 60 })}.mock_signature`);

  await accepted.next('connection_established');
  expect(await other.closed).toEqual({ code: 1008, reason: 'Invalid token' });
  expect(await expired.closed).toEqual({ code: 1008, reason: 'Invalid token' });
  accepted.vanish();
});

test('a hundred refused tokens lock nobody out', async ({ server, connect }) => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const client = await Client.dial(server.signallingUrl, '?token=wrong');
    await client.closed;
  }

  const someone = await connect({ id: 'amina' });

  expect(await someone.settled()).toEqual([]);
});
