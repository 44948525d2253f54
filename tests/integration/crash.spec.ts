import { expect, test } from './fixtures.ts';
import { type Contact, Survivor } from './survivor.ts';
import type { CallDocker } from '../harness/server.ts';
import { until } from '../harness/process.ts';

/** kill -9 under load, again and again, with contacts in every state: nothing is lost, doubled, reordered or stranded. */

const company = 'survivors';
const CRASHES = 10;
const LOAD_AGENTS = 10;
const LOAD_VISITORS = 25;
const BACK_WITHIN_MS = 5_000;
const PASSING_AGENTS = ['passing-0', 'passing-1', 'passing-2', 'passing-3', 'passing-4'];

/** How many contacts wait, talk and so on, for as long as the test lasts. */
const QUEUED = 85;
const STILL = { kept: 5, callback: 10, prequeue: 5, voicemail: 5, connected: 25, held: 10, consulting: 5, conference: 5, wrapup: 10, offering: 5, telephone: 5 };

const toQueue = { type: 'webrtc_offer', targetUserId: 'public-calls', offer: { sdp: 'x' } };
const names = (prefix: string, count: number): string[] => [...Array(count).keys()].map((index) => `${prefix}${index}`);

/** Marsaglia's xorshift: the same seed makes the same choices. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

class Company {
  readonly everyone: Survivor[] = [];
  readonly #offered = new Map<string, (agent: Survivor) => void>();
  /** What must be seen at any time: who sees which contact in which state. */
  readonly still: { who: Survivor; callId: string; state: string }[] = [];
  readonly queued: { who: Survivor; callId: string }[] = [];

  constructor(readonly server: CallDocker) {}

  async open(id: string, role: string): Promise<Survivor> {
    const survivor = await Survivor.open(this.server, { id, role, company_id: company, name: id });
    this.everyone.push(survivor);
    return survivor;
  }

  /** A recording that this visitor may name in a message. */
  async recordingOf(id: string): Promise<string> {
    const answer = await fetch(`${this.server.url}/api/v1/voicemails`, {
      method: 'POST',
      body: 'sound',
      headers: { authorization: `Bearer ${this.server.sign({ id, role: 'user', company_id: company })}`, 'content-type': 'audio/webm' },
    });
    return ((await answer.json()) as { recordingId: string }).recordingId;
  }

  async readyAgent(id: string): Promise<Survivor> {
    const agent = await this.open(id, 'agent');
    agent.onContact = (contact) => {
      if (contact.you === 'offered') this.#offered.get(contact.callId)?.(agent);
    };
    // What a page can do is known to the page alone: it says so to each server anew.
    agent.onReset = () => { void agent.command({ type: 'set_media_ready', ready: true }); };
    await agent.does({ type: 'set_media_ready', ready: true });
    await agent.does({ type: 'set_agent_intent', intent: 'available' });
    return agent;
  }

  /** A contact that an agent is offered now. */
  async ring(message: Record<string, unknown>, callId: string, queueId = 'work'): Promise<{ visitor: Survivor; agent: Survivor; callId: string }> {
    const visitor = await this.open(`of-${callId}`, 'user');
    const rung = new Promise<Survivor>((resolve) => { this.#offered.set(callId, resolve); });
    await visitor.does({ ...message, callId, queueId });
    return { visitor, agent: await rung, callId };
  }

  async talk(callId: string, queueId?: string): Promise<{ visitor: Survivor; agent: Survivor; callId: string }> {
    const call = await this.ring(toQueue, callId, queueId);
    await call.agent.does({ type: 'accept_contact', callId });
    for (const party of [call.agent, call.visitor]) await party.does({ type: 'media_state', callId, state: 'up' });
    await call.visitor.sees(callId, 'connected');
    return call;
  }

  async consult(callId: string, adviser: Survivor): Promise<{ visitor: Survivor; agent: Survivor; callId: string }> {
    const call = await this.talk(callId);
    await call.agent.does({ type: 'consult', callId, agentId: adviser.who.id });
    await adviser.sees(callId, 'consulting');
    await adviser.does({ type: 'accept_contact', callId });
    return call;
  }

  forget(gone: Survivor[]): void { for (const one of gone) this.everyone.splice(this.everyone.indexOf(one), 1); }
  stays(who: Survivor, callId: string, state: string): void { this.still.push({ who, callId, state }); }
}

async function setUp(server: CallDocker, workers: string[], loaded: string[]): Promise<void> {
  const members = (agents: string[]) => agents.map((agent) => ({ agent }));
  const queue = { metric: 'longest_idle', everyone: false };
  await server.configure(company, {
    queues: [
      { ...queue, id: 'default' },
      { ...queue, id: 'work', members: members(workers), ring_seconds: 120, wrap_up_seconds: 600, callback_ring_seconds: 30 },
      { ...queue, id: 'passing', members: members(PASSING_AGENTS), ring_seconds: 120, wrap_up_seconds: 0, callback_ring_seconds: 120 },
      { ...queue, id: 'load', members: members(loaded), misses_max: 0, wrap_up_seconds: 5 },
    ],
  });
}

/** Contacts in every state that lasts. */
async function fill(office: Company): Promise<void> {
  const enter = async (callId: string, message: Record<string, unknown> = toQueue) => {
    const visitor = await office.open(`of-${callId}`, 'user');
    await visitor.does({ ...message, callId });
    return visitor;
  };
  for (const callId of names('queued-', QUEUED)) office.queued.push({ who: await enter(callId), callId });
  for (const { who, callId } of office.queued) office.stays(who, callId, 'queued');
  for (const callId of names('kept-', STILL.kept)) {
    const visitor = await enter(callId);
    await visitor.does({ type: 'keep_place', callId });
    office.stays(visitor, callId, 'queued');
  }
  for (const callId of names('callback-', STILL.callback)) {
    const visitor = await enter(callId);
    await visitor.does({ type: 'request_callback', callId });
    office.stays(visitor, callId, 'callback_waiting');
  }
  for (const callId of names('prequeue-', STILL.prequeue)) office.stays(await enter(callId, { type: 'open_contact' }), callId, 'prequeue');
  for (const callId of names('voicemail-', STILL.voicemail))
    office.stays(await enter(callId, { type: 'leave_voicemail', recordingId: await office.recordingOf(`of-${callId}`), durationMs: 4_000 }), callId, 'queued');

  for (const callId of names('telephone-', STILL.telephone)) {
    const { agent, visitor } = await office.ring({ type: 'request_callback', phone: '+49 30 1' }, callId);
    await agent.does({ type: 'accept_contact', callId });
    await agent.does({ type: 'callback_reached', callId });
    for (const party of [agent, visitor]) office.stays(party, callId, 'connected');
  }
  for (const callId of names('connected-', STILL.connected)) {
    const { agent, visitor } = await office.talk(callId);
    for (const party of [agent, visitor]) office.stays(party, callId, 'connected');
  }
  for (const callId of names('held-', STILL.held)) {
    const { agent, visitor } = await office.talk(callId);
    await agent.does({ type: 'hold_contact', callId });
    for (const party of [agent, visitor]) office.stays(party, callId, 'held');
  }
  for (const callId of names('wrapup-', STILL.wrapup)) {
    const { agent, visitor } = await office.talk(callId);
    await visitor.does({ type: 'end_contact', callId });
    office.stays(agent, callId, 'wrapup');
  }
  for (const [state, count] of [['consulting', STILL.consulting], ['connected', STILL.conference]] as const) {
    for (const callId of names(`${state}-three-`, count)) {
      const adviser = await office.readyAgent(`adviser-of-${callId}`);
      const { agent, visitor } = await office.consult(callId, adviser);
      if (state === 'connected') await agent.does({ type: 'start_conference', callId });
      for (const party of [agent, visitor, adviser]) office.stays(party, callId, state);
    }
  }
  for (const callId of names('offering-', STILL.offering)) {
    const { visitor } = await office.ring(toQueue, callId);
    office.stays(visitor, callId, 'offering'); // to either: the agent who is back first is asked first
  }
}

/** Contacts in the states that pass, one in each: made anew before each crash, since they do not last from one to the next. */
class Passing {
  readonly #office: Company;
  #calls: { visitor: Survivor; agent: Survivor; callId: string }[] = [];

  constructor(office: Company) { this.#office = office; }

  async begin(round: number): Promise<void> {
    const ring = (callId: string, message: Record<string, unknown> = toQueue) => this.#office.ring(message, `${callId}-${round}`, 'passing');
    const connecting = await ring('connecting');
    const dialing = await ring('dialing', { type: 'request_callback' });
    for (const { agent, callId } of [connecting, dialing]) await agent.does({ type: 'accept_contact', callId });
    const calledBack = await ring('called-back', { type: 'request_callback' });
    const handed = await this.#office.talk(`handed-${round}`, 'passing');
    const free = PASSING_AGENTS.find((id) => ![connecting, dialing, calledBack, handed].some(({ agent }) => agent.who.id === id));
    await handed.agent.does({ type: 'transfer_contact', callId: handed.callId, agentId: free });
    this.#calls = [connecting, dialing, calledBack, handed];
    await this.#see(['connecting', 'callback_dialing', 'callback_offering', 'transferring']);
  }

  /** Those who had accepted go on where they were; what rang rings again, at whoever is back first. Then all come to an end. */
  async end(): Promise<void> {
    const [connecting, dialing, calledBack, handed] = this.#calls as [Passed, Passed, Passed, Passed];
    await this.#see(['connecting', 'callback_dialing', 'callback_offering', expect.stringMatching(/^(offering|transferring)$/)]);
    for (const { agent, visitor, callId } of [connecting, dialing]) {
      expect(agent.contacts.get(callId)).toMatchObject({ you: 'agent', mediaOwner: true });
      for (const party of [agent, visitor]) await party.does({ type: 'media_state', callId, state: 'up' });
      await visitor.sees(callId, 'connected');
    }
    for (const { visitor, callId } of [connecting, dialing, calledBack, handed]) await visitor.does({ type: 'end_contact', callId });
    for (const { visitor } of this.#calls) visitor.leave();
    this.#office.forget(this.#calls.map(({ visitor }) => visitor));
  }

  async #see(states: unknown[]): Promise<void> {
    await expect.poll(() => this.#calls.map(({ visitor, callId }) => visitor.contacts.get(callId)?.state)).toEqual(states);
  }
}
type Passed = { visitor: Survivor; agent: Survivor; callId: string };

/** Calls that begin and end all the time, so that the server is always killed in the middle of something. */
class Load {
  readonly #chats = new Set<string>();
  #goesOn = true;
  #said = 0;
  #answers = 0;
  #wake: (() => void) | undefined;
  #wakeAt = 0;

  async begin(office: Company, agents: string[]): Promise<void> {
    for (const id of agents) this.#act(await office.readyAgent(id), (agent, contact) => this.#answer(agent, contact));
    for (const id of names('caller-', LOAD_VISITORS)) {
      const visitor = await office.open(id, 'user');
      let calls = 0;
      const call = () => {
        if (!this.#goesOn) return;
        const how = (calls += 1) % 4 === 0 ? { type: 'request_callback', phone: '+49 30 1' } : { type: 'webrtc_offer', targetUserId: 'public-calls', offer: { sdp: 'x' } };
        this.#say(visitor, { ...how, callId: `${id}-${calls}`, queueId: 'load' });
      };
      visitor.onReset = () => { if (visitor.contacts.size === 0 && !visitor.isWaitingForAnAnswer) call(); };
      this.#act(visitor, (caller, contact) => {
        if (contact.state === 'closed') call();
        if (contact.state === 'connecting') this.#say(caller, { type: 'media_state', callId: contact.callId, state: 'up' });
        if (contact.state === 'connected') this.#speak(caller, contact.callId);
      });
      call();
    }
  }

  /** All that was said and answered, each by its words. */
  get chats(): ReadonlySet<string> { return this.#chats; }
  stop(): void { this.#goesOn = false; }

  /** Resolves when so many more commands have been answered. */
  answered(count: number): Promise<void> {
    this.#wakeAt = this.#answers + count;
    return new Promise((resolve) => { this.#wake = resolve; });
  }

  #act(who: Survivor, act: (who: Survivor, contact: Contact) => void): void {
    who.onContact = (contact) => { act(who, contact); };
  }

  #answer(agent: Survivor, { callId, state, you }: Contact): void {
    if (you === 'offered') this.#say(agent, { type: 'accept_contact', callId });
    if (you === 'agent' && state === 'connecting') this.#say(agent, { type: 'media_state', callId, state: 'up' });
    if (you === 'agent' && state === 'callback_dialing') this.#say(agent, { type: 'callback_reached', callId });
    if (state === 'wrapup') this.#say(agent, { type: 'end_wrap_up', callId });
  }

  #speak(visitor: Survivor, callId: string): void {
    const text = `${callId} ${this.#said += 1}`;
    void visitor.command({ type: 'send_chat', callId, text }).then((answer) => {
      this.#count();
      if (answer.type === 'ack') this.#chats.add(text);
      this.#say(visitor, { type: 'end_contact', callId });
    });
  }

  #say(who: Survivor, message: Record<string, unknown>): void {
    void who.command(message).then(() => { this.#count(); });
  }

  #count(): void {
    this.#answers += 1;
    if (this.#wake && this.#answers >= this.#wakeAt) { this.#wake(); this.#wake = undefined; }
  }
}

/** Everybody sees what was there before, and who waits is in the same order. */
async function isAsBefore(office: Company, wrapUps: Map<string, string | undefined>): Promise<void> {
  const wrong = () => office.still.filter(({ who, callId, state }) => who.contacts.get(callId)?.state !== state);
  await expect.poll(() => wrong().map(({ who, callId, state }) => `${who.who.id}: ${callId} is ${who.contacts.get(callId)?.state ?? 'gone'}, not ${state}`)).toEqual([]);
  const places = () => office.queued.map(({ who, callId }) => who.contacts.get(callId)?.place?.place);
  await expect.poll(places).toEqual([...Array(QUEUED).keys()].map((index) => index + 1));
  const rung = () => office.everyone.flatMap((one) => [...one.contacts.values()].filter(({ you, callId }) => you === 'offered' && callId.startsWith('offering-')));
  await expect.poll(() => rung().map(({ callId }) => callId).sort()).toEqual(names('offering-', STILL.offering));
  for (const { who, callId, state } of office.still)
    if (state === 'wrapup') expect(who.contacts.get(callId)?.wrapUpUntil).toBe(wrapUps.get(callId));
}

async function violations(server: CallDocker): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^calldocker_audit_violations_total (\d+)/m.exec(metrics)?.[1] ?? Number.NaN);
}

test(`killed ${CRASHES} times under load with 200 contacts in all states, nothing is lost, doubled, reordered or stranded`, async ({ start }) => {
  test.setTimeout(240_000);
  const seed = Date.now() % 1_000_000 + 1;
  test.info().annotations.push({ type: 'seed', description: String(seed) });
  const random = randomFrom(seed);
  const server = await start({ CONNECTIONS_PER_ADDRESS_MAX: '0', NEW_CONNECTIONS_PER_ADDRESS_PER_SECOND: '0', RATE_LIMIT_HTTP_PER_SECOND: '0' });
  const inCall = STILL.telephone + STILL.connected + STILL.held + STILL.wrapup + STILL.consulting + STILL.conference + STILL.offering;
  const workers = names('worker-', inCall);
  const loaded = names('busy-', LOAD_AGENTS);
  await setUp(server, workers, loaded);
  const office = new Company(server);
  for (const id of workers) await office.readyAgent(id);
  await fill(office);
  for (const id of PASSING_AGENTS) await office.readyAgent(id);
  const passing = new Passing(office);
  const load = new Load();
  await load.begin(office, loaded);
  const wrapUps = new Map(office.still.filter(({ state }) => state === 'wrapup').map(({ who, callId }) => [callId, who.contacts.get(callId)?.wrapUpUntil]));
  await isAsBefore(office, wrapUps);

  for (let crash = 0; crash < CRASHES; crash += 1) {
    await passing.begin(crash);
    await load.answered(20 + random(300));
    expect(await violations(server)).toBe(0);
    await server.kill();
    await server.restart();
    const since = Date.now();
    await Promise.all(office.everyone.map((one) => one.come()));
    expect(Date.now() - since).toBeLessThan(BACK_WITHIN_MS);
    await isAsBefore(office, wrapUps);
    await passing.end();
  }

  await load.answered(100);
  load.stop();
  const sue = await office.open('sue', 'supervisor');
  await sue.does({ type: 'watch_live', watch: true });
  const seen = () => sue.live as { contactsTotal: number; agents: { userId: string; label: string }[] } | undefined;
  await expect.poll(() => seen()?.contactsTotal, { timeout: 30_000 }).toBe(QUEUED + Object.values(STILL).reduce((sum, count) => sum + count) - STILL.wrapup);
  for (const { who, callId, state } of office.still) {
    if (state === 'wrapup') await who.does({ type: 'end_wrap_up', callId });
    else if (who.who.role === 'user' && who.contacts.has(callId)) await who.does({ type: 'end_contact', callId });
  }
  for (const agent of office.everyone)
    for (const contact of agent.contacts.values()) if (contact.state === 'wrapup') await agent.command({ type: 'end_wrap_up', callId: contact.callId });
  await until('everybody free and nothing left', async () =>
    seen()?.contactsTotal === 0 && (seen()?.agents ?? []).every(({ userId, label }) => userId === 'sue' || label === 'available'), 30_000);
  expect(await violations(server)).toBe(0);
  for (const one of office.everyone) one.leave();

  const record = server.record();
  expect(record.map(({ seq }) => seq)).toEqual([...record.keys()].map((index) => index + 1));
  const count = (type: string) => {
    const counts = new Map<string, number>();
    for (const event of record) if (event.type === type) counts.set(String(event.data.call), (counts.get(String(event.data.call)) ?? 0) + 1);
    return counts;
  };
  const created = count('contact.created');
  expect([...created.values()].every((times) => times === 1)).toBe(true);
  expect(count('contact.ended')).toEqual(created);
  const said = record.filter(({ type }) => type === 'contact.chat_said').map(({ data }) => String(data.text));
  expect(new Set(said).size).toBe(said.length);
  expect([...load.chats].filter((text) => !said.includes(text))).toEqual([]);
  expect(load.chats.size).toBeGreaterThan(CRASHES);
});
