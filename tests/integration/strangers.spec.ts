// What a stranger can do to a company, and to another one: docs/limits.md. Each test was an attack that worked.
import { Client, type Message } from './client.ts';
import { expect, test } from './fixtures.ts';
import type { CallDocker } from '../harness/server.ts';

const production = { NODE_ENV: 'production', VISITOR_COMPANIES: 'acme,beta' };
const visitors = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A visitor's token, as anybody gets one. */
async function tokenOf(server: CallDocker, company = 'acme'): Promise<string> {
  const answer = await fetch(`${server.url}/api/visitor-token`, { method: 'POST', body: JSON.stringify({ company }) });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { token: string }).token;
}

async function connect(server: CallDocker, token: string, version = 2): Promise<Client> {
  const client = await Client.dial(server.signallingUrl, `?token=${token}`, version === 2 ? ['calldocker.v2'] : []);
  await client.next('connection_established');
  return client;
}
const stranger = async (server: CallDocker, version = 2, company = 'acme') => connect(server, await tokenOf(server, company), version);
const staff = (server: CallDocker, id: string, version = 2, company = 'acme') => connect(server, server.sign({ id, role: 'agent', company_id: company }), version);
const customer = (server: CallDocker, id: string, company = 'acme') => connect(server, server.sign({ id, role: 'user', company_id: company }));

/** Sends commands and gives what each was answered. */
async function answers(client: Client, messages: Record<string, unknown>[]): Promise<Message[]> {
  messages.forEach((message, index) => { client.send({ ...message, id: `a${index}` }); });
  const answered: Message[] = [];
  while (answered.length < messages.length) {
    const message = await client.take();
    if (message.id !== undefined) answered.push(message);
  }
  return answered;
}
const refused = (answered: Message[]) => answered.filter(({ type }) => type === 'error');

async function refusals(server: CallDocker, budget: string, scope: string): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^calldocker_budget_refusals_total\\{budget="${budget}",scope="${scope}"\\} (\\d+)`, 'm').exec(metrics)?.[1] ?? NaN);
}

function leave(server: CallDocker, token: string, body = 'sound'): Promise<Response> {
  return fetch(`${server.url}/api/v1/voicemails`, { method: 'POST', body, headers: { authorization: `Bearer ${token}`, 'content-type': 'audio/webm' } });
}

test('a visitor has three live contacts; the refusal says so, and when to come back', async ({ start }) => {
  const server = await start(production);
  const visitor = await stranger(server);

  const answered = await answers(visitor, visitors(10).map((index) => ({ type: 'request_callback', callId: `c${index}` })));

  expect(refused(answered)).toHaveLength(7);
  expect(refused(answered)[0]).toMatchObject({ code: 'overloaded', message: expect.stringContaining('too many contacts at once by you') });
  expect(refused(answered)[0]!.retryAfterMs).toBeGreaterThan(0);
  expect(await refusals(server, 'live_contacts', 'visitor')).toBe(7);
  expect(server.output).toContain('budget.refused');
});

test('forty strangers of one address do not fill a company', async ({ start }) => {
  const server = await start({ ...production, LIVE_CONTACTS_PER_ADDRESS_MAX: '60' });
  for (const index of visitors(40)) {
    const visitor = await stranger(server);
    await answers(visitor, visitors(20).map((call) => ({ type: 'request_callback', callId: `c${index}-${call}` })));
    visitor.close(1000);
  }
  expect(await refusals(server, 'live_contacts', 'address')).toBeGreaterThan(0);

  const visitor = await stranger(server, 2, 'beta');
  await visitor.command({ type: 'open_contact', callId: 'mine' });
});

test('300 people of one office call within a minute', async ({ start }) => {
  const server = await start(production);
  const clients = await Promise.all(visitors(300).map(() => stranger(server)));

  await Promise.all(clients.map((client, index) => client.command({ type: 'webrtc_offer', targetUserId: 'agent-room', callId: `c${index}`, offer: { type: 'offer', sdp: 'v=0\r\n'.repeat(600) } })));

  expect(await refusals(server, 'contacts', 'address')).toBe(0);
});

test('chat that nobody is there to read is not written', async ({ start }) => {
  const server = await start(production);
  const visitor = await stranger(server);
  await visitor.command({ type: 'open_contact', callId: 'c1' });

  const answered = await answers(visitor, visitors(100).map(() => ({ type: 'send_chat', callId: 'c1', text: 'x'.repeat(2000) })));

  expect(refused(answered)).toHaveLength(100);
  expect(answered[0]!.code).toBe('conflict');
  expect(server.record().filter(({ type }) => type === 'contact.chat_said')).toHaveLength(0);
});

test('a flood of candidates ends with its sender, not with the agent who reads slowly', async ({ start }) => {
  const server = await start(production);
  const agent = await staff(server, 'agent-1', 1);
  const candidate = { type: 'ice_candidate', targetUserId: 'agent-1', candidate: { candidate: 'x'.repeat(250_000) } };

  const sly = await stranger(server);
  const answered = await answers(sly, visitors(5).map(() => candidate));
  expect(answered.every(({ code }) => code === 'forbidden')).toBe(true);

  const old = await stranger(server, 1);
  for (const _ of visitors(60)) old.send(candidate);
  const heard = await old.settled();
  expect(heard.filter(({ type }) => type === 'error').length).toBeGreaterThan(30);
  expect((await agent.settled()).length).toBeLessThan(30);
  expect(await refusals(server, 'relayed_bytes', 'visitor')).toBeGreaterThan(0);
});

test('an original page sends a hundred messages at once, candidates before any answer, and 64 KiB each', async ({ start }) => {
  const server = await start(production);
  const agent = await staff(server, 'agent-1', 1);
  const page = await stranger(server, 1);
  const long = 'x'.repeat(65_536);

  page.send({ type: 'webrtc_offer', targetUserId: 'agent-1', callId: 'd1', offer: { sdp: long } });
  for (const index of visitors(100)) page.send({ type: 'ice_candidate', targetUserId: 'agent-1', callId: 'd1', candidate: { candidate: `${index}` } });
  page.send({ type: 'ice_candidate', targetUserId: 'agent-1', callId: 'd1', candidate: { candidate: long } });

  expect((await page.settled()).map(({ type }) => type)).toEqual(['offer_sent']);
  expect(await agent.settled()).toHaveLength(102);
});

test('a visitor who comes and goes leaves four sessions behind', async ({ start }) => {
  const server = await start(production);
  const token = await tokenOf(server);
  for (const _ of visitors(30)) (await connect(server, token)).vanish();

  await expect.poll(async () => Number(/^calldocker_sessions_open (\d+)/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1])).toBe(4);
});

test('the recordings of one address do not use up a company', async ({ start }) => {
  const server = await start({ ...production, RECORDINGS_PER_ADDRESS_PER_HOUR: '25', RECORDINGS_PER_COMPANY_PER_HOUR: '100' });
  const answered: number[] = [];
  for (const _ of visitors(4)) {
    const token = await tokenOf(server);
    for (const __ of visitors(10)) answered.push((await leave(server, token)).status);
  }
  expect(answered.filter((status) => status === 201)).toHaveLength(25);

  const refusal = await leave(server, await tokenOf(server));
  expect(refusal.status).toBe(429);
  expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refusals(server, 'uploads', 'company')).toBe(0);
});

test('a message names a recording that its sender has left', async ({ start }) => {
  const server = await start(production);
  const [mine, theirs] = [await tokenOf(server), await tokenOf(server)];
  const { recordingId } = (await (await leave(server, mine)).json()) as { recordingId: string };
  const message = { type: 'leave_voicemail', durationMs: 1000 };

  const other = await connect(server, theirs);
  expect((await answers(other, [{ ...message, callId: 'c1', recordingId: 'nonsense' }, { ...message, callId: 'c2', recordingId }])).map(({ code }) => code))
    .toEqual(['not_found', 'not_found']);
  await server.kill();
  await server.restart();
  const owner = await connect(server, mine);
  await owner.command({ ...message, callId: 'c3', recordingId });
});

test('the page reaches agent and log as origin and path, and with what the company lists', async ({ start }) => {
  const server = await start(production);
  await server.configure('acme', { company: { page_parameters: ['utm_source'] }, queues: [{ id: 'default' }] });
  const agent = await staff(server, 'agent-1');
  await agent.command({ type: 'set_media_ready', ready: true });
  await agent.command({ type: 'set_agent_intent', intent: 'available' });
  const visitor = await stranger(server);
  const page = 'https://me:secret@shop.example/reset?reset_token=secret&utm_source=mail#access_token=secret';

  await visitor.command({ type: 'webrtc_offer', targetUserId: 'agent-room', callId: 'c1', offer: {}, page });

  const offered = await agent.until('contact_offered');
  expect(offered.contact).toMatchObject({ visitor: { page: 'https://shop.example/reset?utm_source=mail' } });
  expect(JSON.stringify(server.record())).not.toContain('secret');
});

test('strangers who name calls without end leave staff theirs', async ({ start }) => {
  const server = await start(production);
  for (const index of visitors(12)) {
    const page = await stranger(server, 1);
    page.send({ type: 'join_room', roomId: 'lobby' });
    for (const call of visitors(150)) page.send({ type: 'call_started', callId: `d${index}-${call}`, roomId: 'lobby' });
    await page.settled();
  }
  expect(await refusals(server, 'direct_calls', 'visitor')).toBe(9 * 50);
  expect(await refusals(server, 'direct_calls', 'address')).toBe(50 + 2 * 150);

  const agent = await staff(server, 'agent-1', 1);
  agent.send({ type: 'join_room', roomId: 'lobby' });
  agent.send({ type: 'call_started', callId: 'ours', roomId: 'lobby' });
  expect((await agent.settled()).some(({ type }) => type === 'error')).toBe(false);
});

test('an address gets a limited number of tokens; customers that the company signs in need none', async ({ start }) => {
  const server = await start({ ...production, VISITOR_TOKENS_PER_ADDRESS_PER_MINUTE: '5' });
  const statuses: number[] = [];
  for (const _ of visitors(12)) statuses.push((await fetch(`${server.url}/api/visitor-token`, { method: 'POST', body: JSON.stringify({ company: 'acme' }) })).status);

  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  await (await customer(server, 'customer-42')).command({ type: 'open_contact', callId: 'c1' });
});
