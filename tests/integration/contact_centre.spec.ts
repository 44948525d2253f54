import { Client, type Message, type Who } from './client.ts';
import { expect, test } from './fixtures.ts';
import type { CallDocker } from '../harness/server.ts';

/** The contact centre over the wire: what an admin sets up, and what becomes of a contact then. */

const agentOf = (id: string, company: string, role = 'agent'): Who => ({ id, role, company_id: company, name: id });

async function open(server: CallDocker, who: Who): Promise<Client> {
  const client = await Client.dial(server.signallingUrl, `?token=${server.sign(who)}`, ['calldocker.v2']);
  await client.next('connection_established');
  await client.next('session_reset');
  return client;
}

const contactIn = (state: string) => (message: Message) => (message.contact as { state: string }).state === state;

async function readyAgent(server: CallDocker, id: string, company: string): Promise<Client> {
  const agent = await open(server, agentOf(id, company));
  agent.send({ type: 'set_media_ready', ready: true });
  agent.send({ type: 'set_agent_intent', intent: 'available', id: 'ready' });
  await agent.until('ack');
  return agent;
}

const configure = (server: CallDocker, token: string, body: unknown) =>
  fetch(`${server.url}/api/v1/configuration`, { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) });

const oneAtATime = { queues: [{ id: 'default', metric: 'longest_idle' }, { id: 'billing', name: 'Billing', metric: 'longest_idle', everyone: false, members: [{ agent: 'ben' }] }] };

test('an admin sets the company up, nobody else does, and mistakes are named', async ({ server, company }) => {
  const admin = server.sign(agentOf('ada', company, 'admin'));

  expect((await configure(server, server.sign(agentOf('amina', company)), {})).status).toBe(403);
  expect((await configure(server, 'nonsense', {})).status).toBe(401);
  const mistake = await configure(server, admin, { queues: [{ id: 'default', ring_secconds: 20 }] });
  expect(mistake.status).toBe(400);
  expect(await mistake.json()).toMatchObject({ detail: expect.stringContaining('ring_secconds') });
  const zone = await configure(server, admin, { company: { zone: 'Mars/Olympus' }, queues: [{ id: 'default' }] });
  expect(zone.status).toBe(400);

  const saved = await configure(server, admin, oneAtATime);

  expect(saved.status).toBe(200);
  const read = await fetch(`${server.url}/api/v1/configuration`, { headers: { authorization: `Bearer ${admin}` } });
  expect(await read.json()).toMatchObject({ queues: [{ id: 'billing', everyone: false }, { id: 'default', metric: 'longest_idle', everyone: true }] });
  const elsewhere = await fetch(`${server.url}/api/v1/configuration`, { headers: { authorization: `Bearer ${server.sign(agentOf('ada', `${company}-2`, 'admin'))}` } });
  expect(JSON.stringify(await elsewhere.json())).not.toContain('billing');
});

test('a contact goes to one agent, is transferred to a queue, and the first agent wraps up', async ({ server, company }) => {
  await configure(server, server.sign(agentOf('ada', company, 'admin')), oneAtATime);
  const amina = await readyAgent(server, 'amina', company);
  const visitor = await open(server, { id: 'vera', role: 'user', company_id: company });
  visitor.send({ type: 'webrtc_offer', targetUserId: 'public-calls', offer: { type: 'offer', sdp: 'x' }, callId: 'call-1', callType: 'voice', name: 'Vera' });
  const offered = (await amina.until('contact_offered')).contact as { offer: { expiresAt: string; why: { decidedBy: string } } };
  expect(offered.offer.why.decidedBy).toBe('only_candidate');
  expect(Date.parse(offered.offer.expiresAt) - Date.now()).toBeGreaterThan(15_000);
  amina.send({ type: 'accept_contact', callId: 'call-1' });
  await visitor.until('contact_state', contactIn('connecting'));
  for (const party of [amina, visitor]) party.send({ type: 'media_state', callId: 'call-1', state: 'up' });
  await visitor.until('contact_state', contactIn('connected'));
  const ben = await readyAgent(server, 'ben', company);

  amina.send({ type: 'hold_contact', callId: 'call-1' });
  await visitor.until('contact_state', contactIn('held'));
  amina.send({ type: 'transfer_contact', callId: 'call-1', queueId: 'billing', note: 'an invoice', id: 'hand-over' });

  await amina.until('contact_state', contactIn('wrapup'));
  expect((await ben.until('contact_offered')).contact).toMatchObject({ queue: { queueId: 'billing', name: 'Billing' }, segments: 2 });
  amina.send({ type: 'set_notes', callId: 'call-1', notes: 'wants\nan invoice' });
  amina.send({ type: 'end_wrap_up', callId: 'call-1', id: 'done' });
  await amina.until('ack', (message) => message.id === 'done');
  visitor.send({ type: 'end_contact', callId: 'call-1' });
  expect((await visitor.until('contact_state', contactIn('closed'))).contact).toMatchObject({ endReason: 'abandoned_ringing' });
  for (const client of [amina, ben, visitor]) client.vanish();
});

test('contacts that wait, are on hold, in consultation or wrapped up are all there after the server is killed', async ({ start }) => {
  const server = await start();
  const company = 'survivors';
  const amina = await readyAgent(server, 'amina', company);
  const visitors = await Promise.all([...Array(20).keys()].map((i) => open(server, { id: `v${i}`, role: 'user', company_id: company })));
  visitors.forEach((visitor, i) => visitor.send({ type: 'webrtc_offer', targetUserId: 'public-calls', offer: { sdp: 'x' }, callId: `call-${i}`, id: 'enter' }));
  for (const visitor of visitors) await visitor.until('ack');
  const call = String(((await amina.until('contact_offered')).contact as { callId: string }).callId);
  amina.send({ type: 'accept_contact', callId: call });
  const talker = visitors[Number(call.slice('call-'.length))]!;
  await talker.until('contact_state', contactIn('connecting'));
  for (const party of [amina, talker]) party.send({ type: 'media_state', callId: call, state: 'up' });
  await amina.until('contact_state', contactIn('connected'));
  amina.send({ type: 'hold_contact', callId: call, id: 'hold' });
  await amina.until('ack', (message) => message.id === 'hold');

  await server.kill();
  await server.restart();

  const supervisor = await open(server, agentOf('sue', company, 'supervisor'));
  supervisor.send({ type: 'watch_live', watch: true });
  const { live } = (await supervisor.until('live_state')) as unknown as { live: { contactsTotal: number; contacts: { callId: string; state: string }[]; queues: { waiting: number; offered: number }[] } };
  expect(live.contactsTotal).toBe(20);
  expect(live.contacts.find((contact) => contact.callId === call)?.state).toBe('held');
  expect(live.queues[0]).toMatchObject({ waiting: 19, offered: 1 });
});
