// The machine's clock is set while the server runs, by libfaketime: time goes on as if nothing had happened (docs/decisions/0011).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallDocker } from '../harness/server.ts';
import { Client, type Message } from './client.ts';
import { expect, test as base } from './fixtures.ts';

/** The system's clock as the server sees it. The time since boot stays what it is. */
class SystemClock {
  readonly #folder = mkdtempSync(join(tmpdir(), 'calldocker-clock-'));
  readonly #file = join(this.#folder, 'offset');

  constructor() { this.step('+0'); }

  /** @param offset from the real time, in seconds, with its sign. The server sees it within a second */
  step(offset: string): void { writeFileSync(this.#file, `${offset}\n`); }
  remove(): void { rmSync(this.#folder, { recursive: true }); }

  get settings(): Record<string, string> {
    return {
      LD_PRELOAD: '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  }
}

const test = base.extend<{ clock: SystemClock }>({
  clock: async ({}, use) => {
    const clock = new SystemClock();
    await use(clock);
    clock.remove();
  },
});

const company = 'timely';
const ringSeconds = 8;
const offer = { type: 'offer', sdp: 'v=0\r\n' };

interface Timed { client: Client; serverTime: number }

/** A version 2 client, and the time that the server has sent it. */
async function connect(server: CallDocker, id: string, role: string): Promise<Timed> {
  const client = await Client.dial(server.signallingUrl, `?token=${server.sign({ id, role, company_id: company })}`, ['calldocker.v2']);
  const { serverTime } = await client.next('connection_established');
  await client.next('session_reset');
  return { client, serverTime: Date.parse(serverTime as string) };
}

/** The next message of that type, however much else comes before it. */
async function eventually(client: Client, type: string, seconds: number): Promise<Message> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const message = await client.take(Math.max(1, deadline - performance.now()));
    if (message.type === type) return message;
  }
}

/** A company whose calls ring one agent for 8 s, an agent who lets them, and a visitor. */
async function ringing(server: CallDocker): Promise<{ agent: Client; visitor: Client }> {
  await server.configure(company, { queues: [{ id: 'default', ring_seconds: ringSeconds, metric: 'longest_idle' }] });
  const { client: agent } = await connect(server, 'amina', 'agent');
  await agent.command({ type: 'set_media_ready', ready: true });
  await agent.command({ type: 'set_agent_intent', intent: 'available' });
  const { client: visitor } = await connect(server, 'vera', 'user');
  return { agent, visitor };
}

for (const [what, offset] of [['two minutes back', '-120'], ['an hour back', '-3600'], ['an hour forward', '+3600']] as const) {
  test(`a clock that is set ${what} while a call rings changes neither how long it does nor the order of time`, async ({ start, clock }) => {
    test.setTimeout(60_000);
    const server = await start(clock.settings);
    const { agent, visitor } = await ringing(server);
    visitor.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: 'call' });
    const offered = await eventually(agent, 'contact_offered', 5);
    const began = performance.now();

    clock.step(offset);

    const revoked = await eventually(agent, 'contact_revoked', ringSeconds + 5);
    const seconds = (performance.now() - began) / 1000;
    expect(seconds).toBeGreaterThan(ringSeconds - 1);
    expect(seconds).toBeLessThan(ringSeconds + 3);
    const said = Date.parse(revoked.timestamp as string) - Date.parse(offered.timestamp as string);
    expect(Math.abs(said / 1000 - ringSeconds)).toBeLessThan(1);
    const times = server.record().map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.abs(Date.parse(revoked.timestamp as string) - Date.now())).toBeLessThan(2_000);
    expect(server.output).toContain('clock.apart');
    agent.vanish();
    visitor.vanish();
  });
}

test('after a restart with the clock set back, time goes on from the last event, and does not stop', async ({ start, clock }) => {
  test.setTimeout(60_000);
  const server = await start(clock.settings);
  const first = await ringing(server);
  first.visitor.send({ type: 'webrtc_offer', targetUserId: 'agent-room', offer, callId: 'before' });
  await eventually(first.agent, 'contact_offered', 5);
  await server.kill();
  const last = Math.max(...server.record().map(({ at }) => at));

  clock.step('-3600');
  await server.restart();

  const { client: agent, serverTime } = await connect(server, 'ben', 'agent');
  expect(serverTime).toBeGreaterThanOrEqual(last);
  const began = performance.now();
  await expect.poll(async () => {
    const { timestamp } = await (await fetch(`${server.url}/health`)).json() as { timestamp: string };
    return Date.parse(timestamp) - last;
  }).toBeGreaterThan(2_000);
  expect(performance.now() - began).toBeLessThan(4_000);
  const times = server.record().map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  agent.vanish();
});

test('connected clients hear what the time is when it has moved', async ({ start, clock }) => {
  test.setTimeout(180_000);
  const server = await start(clock.settings);
  const { client, serverTime } = await connect(server, 'vera', 'user');
  const oldPage = await Client.connect(server, { id: 'otto', role: 'user', company_id: company });
  const before = serverTime - Date.now();
  clock.step('+3600');

  const told = await eventually(client, 'clock', 150).catch((error: unknown) => { throw new Error(`${String(error)}\n${server.output}`); });

  // 0.5 % of the 50 s and more that it takes to move by 250 ms.
  const moved = Date.parse(told.serverTime as string) - Date.now() - before;
  expect(moved).toBeGreaterThan(200);
  expect(moved).toBeLessThan(500);
  expect((await oldPage.settled()).map(({ type }) => type)).not.toContain('clock');
  client.vanish();
  oldPage.vanish();
});
