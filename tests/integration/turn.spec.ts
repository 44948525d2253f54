import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Coturn } from '../harness/coturn.ts';
import type { CallDocker } from '../harness/server.ts';
import { allocate, type Credentials } from '../harness/turn-client.ts';
import { Client, type Message } from './client.ts';
import { expect, test as base } from './fixtures.ts';

/** TURN credentials, by a real coturn with the quotas that we ship. */

const shipped = readFileSync(join(import.meta.dirname, '../../deploy/turnserver.conf'), 'utf8').split('\n');
const quotas = shipped.filter((line) => /^(user-quota|total-quota|max-bps|bps-capacity|stale-nonce)=/.test(line));
const userQuota = Number(quotas.find((line) => line.startsWith('user-quota='))!.split('=')[1]);

const test = base.extend<{ coturn: Coturn; relayed: CallDocker }>({
  coturn: async ({}, use) => {
    const coturn = await Coturn.start(quotas);
    await use(coturn);
    await coturn.stop();
  },
  relayed: async ({ coturn, start }, use) => { await use(await start({ ...coturn.settings, RATE_LIMIT_HTTP_PER_SECOND: '0' })); },
});

async function open(server: CallDocker, id: string, role = 'user'): Promise<Client> {
  const client = await Client.dial(server.signallingUrl, `?token=${server.sign({ id, role, company_id: 'acme' })}`, ['calldocker.v2']);
  await client.next('connection_established');
  await client.next('session_reset');
  return client;
}

/** What comes first: the servers, or why not. */
async function servers(client: Client, callId?: string): Promise<Message> {
  const id = randomUUID();
  client.send({ type: 'get_ice_servers', ...(callId !== undefined && { callId }), id });
  for (;;) {
    const answer = await client.take();
    if (answer.type === 'ice_servers' || answer.id === id) return answer;
  }
}

const relay = (answer: Message) => (answer.iceServers as Credentials[])[0]!;
const forbidden = { type: 'error', code: 'forbidden' };

test('a visitor has no relay without a live contact of their own', async ({ relayed }) => {
  const vera = await open(relayed, 'vera');
  const walt = await open(relayed, 'walt');
  await walt.command({ type: 'open_contact', callId: 'walts' });

  expect(await servers(vera)).toMatchObject(forbidden);
  expect(await servers(vera, 'never-was')).toMatchObject(forbidden);
  expect(await servers(vera, 'walts')).toMatchObject(forbidden);

  await vera.command({ type: 'open_contact', callId: 'veras' });
  const given = await servers(vera, 'veras');
  expect(given).toMatchObject({ type: 'ice_servers', callId: 'veras', ttlSeconds: 600 });
  const [expiry, user] = relay(given).username.split(':');
  expect(Number(expiry) - Date.now() / 1000).toBeLessThanOrEqual(600);
  expect(user).toMatch(/^[0-9a-f]{16}\/[0-9a-f]{16}$/);

  await vera.command({ type: 'end_contact', callId: 'veras' });
  expect(await servers(vera, 'veras')).toMatchObject(forbidden);
});

test('staff have a relay while they are available, or in a call', async ({ relayed }) => {
  const amina = await open(relayed, 'amina', 'agent');
  expect(await servers(amina)).toMatchObject(forbidden);

  await amina.command({ type: 'set_agent_intent', intent: 'available' });
  expect(await servers(amina)).toMatchObject({ type: 'ice_servers' });

  await amina.command({ type: 'set_agent_intent', intent: 'offline' });
  expect(await servers(amina)).toMatchObject(forbidden);
});

test('STUN servers alone are for anybody', async ({ start }) => {
  const server = await start({ STUN_URLS: 'stun:stun.example.com:3478' });

  expect(await servers(await open(server, 'vera'))).toMatchObject({ iceServers: [{ urls: ['stun:stun.example.com:3478'] }] });
});

test('one call has the quota of one user, however often its credentials are renewed', async ({ coturn, relayed }) => {
  const vera = await open(relayed, 'vera');
  const walt = await open(relayed, 'walt');
  await vera.command({ type: 'open_contact', callId: 'veras' });
  await walt.command({ type: 'open_contact', callId: 'walts' });
  const first = relay(await servers(vera, 'veras'));

  const taken = await Promise.all(Array.from({ length: userQuota }, () => allocate(coturn.port, first)));
  expect(taken.map(({ error }) => error), coturn.output).toEqual(Array.from({ length: userQuota }, () => 0));

  const oneMore = await allocate(coturn.port, first);
  const [expiry, user] = first.username.split(':');
  const renewed = await allocate(coturn.port, coturn.credentials(Number(expiry) + 300, user!));
  const anothers = await allocate(coturn.port, relay(await servers(walt, 'walts')));
  const madeUp = await allocate(coturn.port, { username: first.username, credential: 'made up' });
  expect([oneMore, renewed, anothers, madeUp].map(({ error }) => error)).toEqual([486, 486, 0, 401]);
  for (const { end } of [...taken, oneMore, renewed, anothers, madeUp]) end();
});
