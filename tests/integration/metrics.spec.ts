import { get } from 'node:http';
import { once } from 'node:events';
import WebSocket from 'ws';
import type { CallDocker } from '../harness/server.ts';
import { until } from '../harness/process.ts';
import { expect, test } from './fixtures.ts';
import { Raw } from './raw.ts';

/** What /metrics says is what clients did: every metric has a claim here, and one that has none fails the test. */

/** Everybody of this test, and what all of them have sent and heard together. */
class Crowd {
  sent = 0;
  sentBytes = 0;
  heard = 0;
  heardBytes = 0;
  connected = 0;

  constructor(readonly server: CallDocker) {}

  async join(id: string, role: string, version: 1 | 2, company = 'acme'): Promise<Person> {
    const token = this.server.sign({ id, role, company_id: company });
    const socket = new WebSocket(`${this.server.signallingUrl}?token=${token}`, version === 2 ? ['calldocker.v2'] : [], { perMessageDeflate: false });
    const person = new Person(this, socket);
    this.connected += 1;
    await person.until('connection_established');
    if (version === 2) await person.until('session_reset');
    return person;
  }
}

type Message = Record<string, unknown> & { type: string };

class Person {
  readonly #inbox: Message[] = [];
  #commands = 0;

  constructor(private readonly crowd: Crowd, readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      crowd.heard += 1;
      crowd.heardBytes += data.length;
      this.#inbox.push(JSON.parse(String(data)) as Message);
    });
    socket.on('error', () => undefined);
  }

  send(message: Record<string, unknown>): void {
    const text = JSON.stringify(message);
    this.crowd.sent += 1;
    this.crowd.sentBytes += text.length;
    this.socket.send(text);
  }

  async until(type: string, holds: (message: Message) => boolean = () => true): Promise<Message> {
    for (;;) {
      const next = this.#inbox.shift();
      if (next === undefined) await once(this.socket, 'message', { signal: AbortSignal.timeout(10_000) });
      else if (next.type === type && holds(next)) return next;
    }
  }

  async command(message: Record<string, unknown>): Promise<void> {
    const id = `m${(this.#commands += 1)}`;
    this.send({ ...message, id });
    await this.until('ack', (answer) => answer.id === id);
  }

  async leave(): Promise<void> {
    this.socket.close(1000);
    await once(this.socket, 'close');
  }
}

/** One request on a connection of its own. */
async function fetchOnce(url: string): Promise<{ status: number; body: string; bytes: number }> {
  const [response] = await once(get(url, { agent: false }), 'response') as [import('node:http').IncomingMessage];
  let body = '';
  for await (const part of response) body += String(part);
  return { status: response.statusCode!, body, bytes: body.length };
}

type Values = Map<string, number>;

async function scrape(server: CallDocker): Promise<Values> {
  const { body } = await fetchOnce(`${server.url}/metrics`);
  return new Map([...body.matchAll(/^(calldocker_\S+) (\S+)$/gm)].map(([, name, value]) => [name!, Number(value)]));
}

const about = (from: number, to: number) => (value: number) => value >= from && value <= to;

test('every metric says what clients did', async ({ start }) => {
  test.slow(); // some twenty calls
  const startedAt = Date.now();
  const server = await start({ SHARDS: '1', RATE_LIMIT_MESSAGES_PER_SECOND: '400', RATE_LIMIT_MESSAGES_BURST: '400', CONNECTIONS_MAX: '500' });
  await server.configure('acme', { queues: [{ id: 'default', metric: 'longest_idle', wrap_up_seconds: 0 }] });
  // What asked whether the server is healthy keeps its connection for some seconds.
  await until('a server that nobody is connected to', async () => (await scrape(server)).get('calldocker_connections_open') === 1);
  const before = await scrape(server);
  let requests = 1; // the scrape at the end
  const crowd = new Crowd(server);

  // Calls: twenty of them, so that there is an estimate for the last.
  const amina = await crowd.join('amina', 'agent', 2);
  await amina.command({ type: 'set_media_ready', ready: true });
  await amina.command({ type: 'set_agent_intent', intent: 'available' });
  const vera = await crowd.join('vera', 'user', 2);
  let answers = 0, answeredMs = 0;
  const call = async (person: Person, callId: string) => {
    await person.command({ type: 'webrtc_offer', targetUserId: 'public-calls', offer: { sdp: 'x' }, callId });
  };
  const answer = async (person: Person, callId: string) => {
    await amina.until('contact_offered', ({ contact }) => (contact as { callId: string }).callId === callId);
    const clickedAt = performance.now();
    await amina.command({ type: 'accept_contact', callId });
    await amina.command({ type: 'media_state', callId, state: 'up' });
    await person.command({ type: 'media_state', callId, state: 'up' });
    answers += 1;
    answeredMs += performance.now() - clickedAt;
  };
  for (let i = 0; i < 20; i += 1) {
    await call(vera, `call-${i}`);
    await answer(vera, `call-${i}`);
    await vera.command({ type: 'end_contact', callId: `call-${i}` });
  }
  // One talks, the next one waits and sees an estimate.
  const walt = await crowd.join('walt', 'user', 2);
  await call(vera, 'talks');
  await answer(vera, 'talks');
  await call(walt, 'waits');
  await walt.until('queue_place', ({ place }) => (place as { minMinutes?: number }).minMinutes !== undefined);
  await vera.command({ type: 'end_contact', callId: 'talks' });
  await answer(walt, 'waits');
  // And one waits at the end, with a room of version 1 beside.
  await call(vera, 'waits-at-the-end');
  const cora = await crowd.join('cora', 'user', 1, 'other');
  cora.send({ type: 'join_room', roomId: 'lobby' });
  await cora.until('room_joined');
  const ben = await crowd.join('ben', 'agent', 2, 'other');
  await ben.command({ type: 'set_media_ready', ready: true });
  await ben.command({ type: 'set_agent_intent', intent: 'available' });

  // What is refused, and what the server ends.
  const refused = new WebSocket(`${server.signallingUrl}?token=nonsense`);
  await once(refused, 'close');
  expect((await fetchOnce(`${server.url}/nothing`)).status).toBe(404);
  expect((await fetchOnce(`${server.url}/health`)).status).toBe(200);
  requests += 2;
  const breaks = await Raw.open(server.port, server.sign({ id: 'x', role: 'user', company_id: 'other' }));
  breaks.write(Buffer.from([0x81, 0x01, 0x78])); // unmasked
  await until('the end of a broken connection', async () => breaks.isEnded);
  breaks.destroy();
  const shouts = await crowd.join('shouts', 'user', 1, 'other');
  shouts.socket.send('x'.repeat(300 * 1024)); // is not a message: it is refused by its head
  await once(shouts.socket, 'close');
  const floods = await crowd.join('floods', 'user', 1, 'other');
  const text = JSON.stringify({ type: 'call_rejected', callId: 'c' });
  for (let i = 0; i < 1_000; i += 1) floods.socket.send(text);
  await once(floods.socket, 'close');
  await (await crowd.join('gone', 'user', 1, 'other')).leave();
  const open = 5;

  const events = () => server.record().length;
  const countedScrape = async () => { requests += 1; return scrape(server); };
  await until('the log, and the end of those who left', async () => {
    const now = await countedScrape();
    return now.get('calldocker_log_jobs_waiting') === 0 && now.get('calldocker_websockets_open') === open;
  });
  const recorded = events(); // more may follow: timers go on
  const after = await scrape(server);
  const grown = (name: string) => (value: number) => value - (before.get(name) ?? 0);

  const upgrades = crowd.connected + 2; // the one that was refused and the one that broke its frames, too
  const exactly: Record<string, number> = {
    calldocker_connections_max: 500,
    calldocker_companies_loaded: 2,
    calldocker_sessions_open: open,
    calldocker_rooms_open: 1,
    calldocker_contacts_waiting: 1,
    calldocker_contacts_connected: 1,
    calldocker_agents_available: 1,
    calldocker_connections_open: open + 1,
    calldocker_websockets_open: open,
    calldocker_log_jobs_waiting: 0,
    calldocker_snapshot_bytes_max: 0, // none is made of so few events
  };
  const grownBy: Record<string, number> = {
    calldocker_wait_estimates_total: 1,
    calldocker_wait_estimates_kept_total: 1,
    calldocker_answers_total: answers,
    calldocker_answers_prompt_total: answers,
    calldocker_audit_violations_total: 0,
    calldocker_log_failures_total: 0,
    calldocker_connections_accepted_total: upgrades + requests,
    'calldocker_connections_refused_total{reason="address_has_too_many"}': 0, // limits.spec.ts and trouble.spec.ts bring these about
    'calldocker_connections_refused_total{reason="address_is_too_fast"}': 0,
    'calldocker_connections_refused_total{reason="server_is_full"}': 0,
    'calldocker_connections_refused_total{reason="no_descriptors"}': 0,
    calldocker_accept_errors_total: 0,
    calldocker_websocket_upgrades_total: upgrades,
    calldocker_websocket_upgrades_refused_total: 1,
    'calldocker_websocket_endings_total{reason="protocol_error"}': 1,
    'calldocker_websocket_endings_total{reason="too_big"}': 1,
    'calldocker_websocket_endings_total{reason="rate_limited"}': 1,
    'calldocker_websocket_endings_total{reason="slow_reader"}': 0,
    'calldocker_websocket_endings_total{reason="no_answer"}': 0,
    'calldocker_websocket_endings_total{reason="handler_failed"}': 0,
    calldocker_websocket_messages_sent_total: crowd.heard + 1, // and to the one that broke its frames: who it is
    'calldocker_http_responses_total{status="2xx"}': requests - 1,
    'calldocker_http_responses_total{status="3xx"}': 0,
    'calldocker_http_responses_total{status="4xx"}': 1,
    'calldocker_http_responses_total{status="5xx"}': 0,
    calldocker_http_timeouts_total: 0,
    calldocker_unexpected_errors_total: 0,
  };
  const within: Record<string, [(value: number) => number, (value: number) => boolean]> = {
    calldocker_uptime_seconds: [(value) => value, about(0.001, (Date.now() - startedAt) / 1000)],
    calldocker_clock_ahead_seconds: [(value) => value, about(-0.1, 0.1)], // nobody has set the machine's clock
    calldocker_answer_media_seconds_total: [grown('calldocker_answer_media_seconds_total'), about(0.001, answeredMs / 1000)],
    calldocker_wait_estimate_error_seconds_total: [grown('calldocker_wait_estimate_error_seconds_total'), about(0.001, 600)],
    // Of the flood at least the burst was read.
    calldocker_websocket_messages_received_total: [grown('calldocker_websocket_messages_received_total'), about(crowd.sent + 400, crowd.sent + 1_000)],
    calldocker_received_bytes_total: [grown('calldocker_received_bytes_total'), about(crowd.sentBytes + 400 * text.length, 10_000_000)],
    calldocker_sent_bytes_total: [grown('calldocker_sent_bytes_total'), about(crowd.heardBytes, crowd.heardBytes + 200_000)],
    calldocker_log_events_total: [(value) => value, about(recorded, events())],
    calldocker_log_appends_total: [grown('calldocker_log_appends_total'), about(answers, events())],
    calldocker_log_transactions_total: [grown('calldocker_log_transactions_total'), about(1, events())],
    calldocker_loop_rounds_total: [grown('calldocker_loop_rounds_total'), about(crowd.connected, 1_000_000)],
    calldocker_loop_writes_total: [grown('calldocker_loop_writes_total'), about(crowd.connected, crowd.heard + 100)],
  };
  for (const [name, value] of after) {
    if (name.startsWith('calldocker_build_info{')) expect.soft(value, name).toBe(1);
    // Nobody here asks for too much; the budgets' own tests bring these about.
    else if (name.startsWith('calldocker_budget_refusals_total{')) expect.soft(grown(name)(value), name).toBe(0);
    else if (name in exactly) expect.soft(value, name).toBe(exactly[name]);
    else if (name in grownBy) expect.soft(grown(name)(value), name).toBe(grownBy[name]);
    else if (name in within) expect.soft(within[name]![1](within[name]![0](value)), `${name}: ${within[name]![0](value)}`).toBe(true);
    else expect.soft(name, 'a metric that this test claims nothing of').toBe('claimed');
  }
  for (const name of [...Object.keys(exactly), ...Object.keys(grownBy), ...Object.keys(within)]) expect.soft(after.has(name), name).toBe(true);
});
