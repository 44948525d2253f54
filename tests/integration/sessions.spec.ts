// docs/protocol.md: how version 2 says who it is, which sessions end and when, one-time codes, and an admin who signs somebody out.
import { Client, type Message } from './client.ts';
import { expect, test } from './fixtures.ts';
import { CallDocker } from '../harness/server.ts';

const PROTOCOL = ['calldocker.v2'];
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const offer = (callId: string) => ({ type: 'webrtc_offer', targetUserId: 'agent-room', offer: { type: 'offer', sdp: 'v=0' }, callId });

interface Session { client: Client; established: Message; resumeToken: string }

/** Connects without a token in the address, and says it first. */
async function introduce(server: CallDocker, token: string, more: Record<string, unknown> = {}): Promise<Client> {
  const client = await Client.dial(server.signallingUrl, '', PROTOCOL);
  client.send({ type: 'authenticate', token, ...more });
  return client;
}
async function open(server: CallDocker, token: string, resumeToken?: string): Promise<Session> {
  const client = await introduce(server, token, resumeToken === undefined ? {} : { resumeToken });
  const established = await client.next('connection_established');
  return { client, established, resumeToken: String(established.resumeToken) };
}
async function refused(server: CallDocker, token: string, resumeToken?: string): Promise<void> {
  const client = await introduce(server, token, resumeToken === undefined ? {} : { resumeToken });
  expect(await client.closed).toEqual({ code: 1008, reason: 'Invalid token' });
}
async function post(server: CallDocker, path: string, body: unknown, token?: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() as Record<string, unknown> };
}

test('a version 2 client says who it is in its first message, and goes on with what it said behind', async ({ server, company }) => {
  const token = server.sign({ id: 'amina', role: 'agent', company_id: company });
  const client = await Client.dial(server.signallingUrl, '', PROTOCOL);
  client.send({ type: 'authenticate', token });
  client.send({ type: 'join_room', roomId: 'agent-room', id: 'behind' });

  expect(await client.next('connection_established')).toMatchObject({ userId: 'amina', seq: 0 });
  await client.next('session_reset');
  await client.until('ack');
  client.vanish();
});

test('anything else first, or nothing for 5 s, ends the connection', async ({ server }) => {
  const silent = await Client.dial(server.signallingUrl, '', PROTOCOL);
  const began = Date.now();
  const hasty = await Client.dial(server.signallingUrl, '', PROTOCOL);
  hasty.send({ type: 'ping' });
  const empty = await introduce(server, '');
  const bad = await introduce(server, 'x.y.z');
  const original = await Client.dial(server.signallingUrl, '');

  for (const client of [hasty, empty, original]) expect(await client.closed).toEqual({ code: 1008, reason: 'Authentication required' });
  expect(await bad.closed).toEqual({ code: 1008, reason: 'Invalid token' });
  expect(await silent.closed).toEqual({ code: 1008, reason: 'Authentication required' });
  expect(Date.now() - began).toBeGreaterThan(4_000);
});

test('a stolen resume token opens nothing: after a goodbye, under another secret, or beside anything but an expired token', async ({ company, start }) => {
  const server = await start();
  const token = (exp: number) => server.sign({ id: 'vera', role: 'user', company_id: company, exp });
  const gone = await open(server, token(inSeconds(60)));
  await gone.client.until('session_reset');
  gone.client.close(1000);
  await gone.client.closed;
  const calling = await open(server, token(inSeconds(60)));
  await calling.client.command(offer('call'));
  calling.client.vanish();

  for (const _ of ['this run', 'the next']) {
    await refused(server, 'x', calling.resumeToken);
    await refused(server, token(inSeconds(-5)), gone.resumeToken);
    await refused(server, server.sign({ id: 'eve', role: 'user', company_id: company, exp: inSeconds(-5) }), calling.resumeToken);
    await server.end();
    await server.restart();
  }
  const back = await open(server, token(inSeconds(-5)), calling.resumeToken);
  expect(back.established.sessionId).toBe(calling.established.sessionId);
  back.client.vanish();
});

test('a resume token is void once the client has spoken under the next, also after a crash', async ({ company, start }) => {
  const server = await start();
  const expired = server.sign({ id: 'vera', role: 'user', company_id: company, exp: inSeconds(-5) });
  const first = await open(server, server.sign({ id: 'vera', role: 'user', company_id: company }));
  await first.client.command(offer('call'));
  first.client.vanish();
  const lost = await open(server, expired, first.resumeToken);
  lost.client.vanish(); // as if the answer never came
  const third = await open(server, expired, first.resumeToken);
  await third.client.command({ type: 'get_chat', callId: 'call' });
  third.client.vanish();

  await refused(server, expired, first.resumeToken);
  await server.kill();
  await server.restart();

  await refused(server, expired, first.resumeToken);
  await refused(server, expired, lost.resumeToken);
  const back = await open(server, expired, third.resumeToken);
  expect(back.established.sessionId).toBe(first.established.sessionId);
  back.client.vanish();
});

test('the operator voids all resume tokens, and a running server knows within seconds', async ({ company, start }) => {
  const server = await start();
  const expired = server.sign({ id: 'vera', role: 'user', company_id: company, exp: inSeconds(-5) });
  const calling = await open(server, server.sign({ id: 'vera', role: 'user', company_id: company }));
  await calling.client.command(offer('call'));

  expect(await server.command('session', 'revoke-all')).toMatchObject({ code: 0 });

  await expect.poll(async () => {
    const client = await introduce(server, expired, { resumeToken: calling.resumeToken });
    const letIn = client.next('connection_established').then(() => 'let in', () => 'closed');
    const outcome = await Promise.race([client.closed.then(({ reason }) => reason), letIn.then((how) => (how === 'let in' ? how : client.closed.then(({ reason }) => reason)))]);
    client.vanish();
    return outcome;
  }, { timeout: 15_000 }).toBe('Invalid token');
  calling.client.vanish();
});

test('an admin closes every link of a user, of either version, within a second; what was issued before opens nothing', async ({ company, start }) => {
  const server = await start();
  const admin = server.sign({ id: 'ada', role: 'admin', company_id: company });
  const token = server.sign({ id: 'amina', role: 'agent', company_id: company, iat: inSeconds(-60) });
  const elsewhere = server.sign({ id: 'amina', role: 'agent', company_id: `${company}-other`, iat: inSeconds(-60) });
  const signOut = async (user: string, by: string) =>
    (await fetch(`${server.url}/api/v1/users/${user}/sessions`, { method: 'DELETE', headers: { authorization: `Bearer ${by}` } })).status;
  const desk = await open(server, token);
  const original = await Client.dial(server.signallingUrl, `?token=${token}`);
  await original.next('connection_established');
  const other = await open(server, elsewhere);

  expect(await signOut('amina', token)).toBe(403);
  expect(await signOut('amina', 'x')).toBe(401);
  const began = Date.now();
  expect(await signOut('amina', admin)).toBe(204);
  for (const client of [desk.client, original]) expect(await client.closed).toEqual({ code: 1008, reason: 'Signed out' });
  expect(Date.now() - began).toBeLessThan(1_000);
  expect(await signOut('nobody', admin)).toBe(204);

  for (const _ of ['this run', 'the next']) {
    await refused(server, token, desk.resumeToken);
    expect((await post(server, '/api/v1/codes', { purpose: 'sign_in' }, token)).status).toBe(401);
    await server.kill();
    await server.restart();
  }
  const anew = await open(server, server.sign({ id: 'amina', role: 'agent', company_id: company, iat: inSeconds(2) }));
  anew.client.vanish();
  const still = await open(server, elsewhere, other.resumeToken);
  still.client.vanish();
});

test('a code takes a kept place to another page, once, also after a crash', async ({ company, start }) => {
  const server = await start();
  const token = server.sign({ id: 'vera', role: 'user', name: 'Vera', company_id: company, exp: inSeconds(3) });
  const page = await open(server, token);
  await page.client.command(offer('call'));
  await page.client.command({ type: 'keep_place', callId: 'call' });

  const made = await post(server, '/api/v1/codes', { purpose: 'resume', resumeToken: page.resumeToken }, token);
  expect(made).toMatchObject({ status: 201, body: { code: expect.any(String), expiresAt: expect.any(String) } });
  page.client.close(1000);
  await page.client.closed;
  await server.kill();
  await server.restart();
  await expect.poll(() => inSeconds(0)).toBeGreaterThan(Number(JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).exp));

  const redeemed = await post(server, '/api/v1/codes/redeem', { code: made.body.code });
  expect(redeemed).toMatchObject({ status: 200, body: { company, user: { id: 'vera', name: 'Vera', role: 'user' } } });
  const elsewhere = await open(server, String(redeemed.body.token), String(redeemed.body.resumeToken));
  expect(elsewhere.established).toMatchObject({ sessionId: page.established.sessionId, userId: 'vera' });
  expect(await elsewhere.client.until('session_reset')).toMatchObject({ snapshot: { contacts: [{ callId: 'call' }] } });
  elsewhere.client.vanish();

  const again = await post(server, '/api/v1/codes/redeem', { code: made.body.code });
  const unknown = await post(server, '/api/v1/codes/redeem', { code: 'unknown' });
  expect(again.status).toBe(404);
  expect(again.body).toEqual(unknown.body);
});

test('a code signs in once, as the same user until the same expiry; nobody has one for another', async ({ server, company }) => {
  const exp = inSeconds(600);
  const token = server.sign({ id: 'amina', role: 'agent', name: 'Amina', company_id: company, exp });
  const made = await post(server, '/api/v1/codes', { purpose: 'sign_in' }, token);

  const redeemed = await post(server, '/api/v1/codes/redeem', { code: made.body.code });

  expect(redeemed).toMatchObject({ status: 200, body: { user: { id: 'amina', role: 'agent' }, company, expiresAt: new Date(exp * 1000).toISOString() } });
  expect(redeemed.body).not.toHaveProperty('resumeToken');
  const session = await open(server, String(redeemed.body.token));
  expect(session.established).toMatchObject({ userId: 'amina', role: 'agent', name: 'Amina' });
  session.client.vanish();
  expect((await post(server, '/api/v1/codes/redeem', { code: made.body.code })).status).toBe(404);
  expect((await post(server, '/api/v1/codes', { purpose: 'resume', resumeToken: session.resumeToken }, token)).status).toBe(403);
  expect((await post(server, '/api/v1/codes', { purpose: 'sign_in' })).status).toBe(401);
  expect((await post(server, '/api/v1/codes', { purpose: 'other' }, token)).status).toBe(400);
});

test('no call rings a version 1 page whose token has expired, and the page is closed after the grace', async ({ company, start }) => {
  const server = await start({ TOKEN_GRACE_SECONDS: '3' });
  const exp = inSeconds(2);
  const agent = await Client.connect(server, { id: 'amina', role: 'agent', company_id: company, exp });
  agent.send({ type: 'join_room', roomId: 'agent-room' });
  await agent.next('room_joined');
  const visitor = await Client.connect(server, { id: 'vera', role: 'user', company_id: company });
  await expect.poll(() => Date.now()).toBeGreaterThan(exp * 1000 + 100);

  visitor.send(offer('call'));
  await visitor.next('offer_sent');
  expect(await agent.settled()).toEqual([]);

  expect(await agent.closed).toEqual({ code: 1008, reason: 'Invalid token' });
  expect(Date.now()).toBeGreaterThanOrEqual((exp + 3) * 1000);
  visitor.vanish();
});
