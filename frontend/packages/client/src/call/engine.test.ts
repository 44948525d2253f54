import type { AgentView, ContactView, ServerMessage } from '@calldocker/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Emitter, Store } from '../observable.ts';
import { initialLiveState, reduce } from '../signalling/reduce.ts';
import type { LiveState, Outgoing, ServerMessageOf, Signalling } from '../signalling/types.ts';
import { SignallingError } from '../signalling/types.ts';
import { contact, established, FakeConnection, FakeStream, FakeTrack, message, reset, timestamp } from '../testing.ts';
import { createCallEngine } from './engine.ts';
import type { CallEngine, CallEvents } from './types.ts';

/** A server whose side the test plays. */
class FakeSignalling {
  readonly connection = new Store({ status: 'connected' });
  readonly live = new Store<LiveState>(initialLiveState);
  readonly asked: Outgoing[] = [];
  /** Types of commands that are refused. */
  readonly refuses = new Set<string>();
  refusal = new SignallingError('conflict', 'no');
  private readonly handlers = new Emitter<{ [T in ServerMessage['type']]: ServerMessageOf<T> }>();
  private seq = 0;

  say<T extends ServerMessage['type']>(type: T, fields: object = {}): void {
    this.deliver(message(type, this.seq + 1, fields));
  }

  deliver(one: ServerMessage): void {
    this.seq = one.seq;
    this.live.set(reduce(this.live.getSnapshot(), one, Date.now()));
    this.handlers.emit(one.type, one as never);
  }

  on<T extends ServerMessage['type']>(type: T, handler: (message: ServerMessageOf<T>) => void): () => void {
    return this.handlers.on(type, handler as never);
  }

  async request(request: Outgoing): Promise<void> {
    this.asked.push(request);
    if (this.refuses.has(request.type)) throw this.refusal;
    if (request.type === 'get_ice_servers') this.say('ice_servers', { iceServers: [], ttlSeconds: 600 });
  }

  handover = () => ({ accessToken: 'access', resumeToken: 'resume' });
  types = (): string[] => this.asked.map(({ type }) => type);
}

let signalling: FakeSignalling;
let engine: CallEngine;
let opened: FakeTrack[];
const told: [keyof CallEvents, unknown][] = [];
const phase = (): string => engine.getSnapshot().call.phase;
/** Until all that was begun has come to its end. */
const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const live = (): number => opened.filter(({ readyState }) => readyState === 'live').length;
const shows = (changes: Partial<ContactView>): void => signalling.say('contact_state', { contact: contact(changes) });

function begin(role: 'visitor' | 'agent', contacts: ContactView[] = []): void {
  engine = createCallEngine({ signalling: signalling as unknown as Signalling, role, server: 'https://calls.example' });
  for (const event of ['revoked', 'connected', 'ended', 'problem', 'chat', 'keypad', 'consult_ended', 'message_overtaken'] as const) {
    engine.on(event, (payload) => told.push([event, payload]));
  }
  signalling.deliver(established());
  signalling.deliver(reset({ snapshot: { rooms: [], contacts } }));
}

beforeEach(() => {
  vi.useFakeTimers();
  signalling = new FakeSignalling();
  opened = [];
  told.length = 0;
  const open = async () => {
    opened.push(new FakeTrack('audio'));
    return new FakeStream(opened.slice(-1));
  };
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: open, enumerateDevices: async () => [] } });
  vi.stubGlobal('HTMLMediaElement', class {});
  vi.stubGlobal('MediaStream', FakeStream);
  vi.stubGlobal('RTCPeerConnection', FakeConnection);
  vi.stubGlobal('location', { href: 'https://shop.example/cart' });
});
afterEach(() => {
  engine.destroy();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a visitor', () => {
  const start = async (changes: Partial<ContactView> = {}): Promise<string> => {
    await engine.startCall({ channel: 'voice', queueId: 'sales', language: 'de' });
    await settled();
    const { callId } = engine.getSnapshot().call as { callId: string };
    shows({ callId, ...changes });
    return callId;
  };

  it('lets go of the microphone when the call goes on in another page', async () => {
    begin('visitor');
    const callId = await start({ state: 'connected' });
    expect(live()).toBe(1);

    shows({ callId, state: 'connected', mediaOwner: false });

    expect(phase()).toBe('elsewhere');
    expect(live()).toBe(0);
  });

  it('calls out of the form, as the contact that was begun with it', async () => {
    begin('visitor');
    await engine.openContact({ channel: 'voice', queueId: 'sales' });
    expect(phase()).toBe('prequeue');
    const { callId } = engine.getSnapshot().call as { callId: string };
    shows({ callId, state: 'prequeue' });
    await engine.checkLine('voice');
    expect(phase()).toBe('line_check');
    shows({ callId, state: 'prequeue' });
    expect(phase()).toBe('line_check');

    await start();

    expect(signalling.asked).toContainEqual(expect.objectContaining({ type: 'webrtc_offer', callId, queueId: 'sales', language: 'de' }));
  });

  it('is known to the server before it asks for a relay, and calls with it', async () => {
    begin('visitor');
    const callId = await start();

    const about = { callId, callType: 'voice', queueId: 'sales', language: 'de' };
    const [opened, relay, offer] = signalling.asked.filter(({ type }) => type !== 'ice_candidate');
    const trace = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{8}$/);
    expect(opened).toEqual({ type: 'open_contact', ...about, trace });
    expect(relay).toEqual({ type: 'get_ice_servers', callId });
    expect(offer).toMatchObject({ type: 'webrtc_offer', targetUserId: 'public-calls', ...about });
    const traces = signalling.asked.flatMap((message) => ('trace' in message ? [message.trace] : []));
    expect([traces.length, new Set(traces).size], 'one click').toEqual([2, 1]);
  });

  it('calls all the same when it gets no relay, and is told why', async () => {
    begin('visitor');
    signalling.refuses.add('get_ice_servers');
    signalling.refusal = new SignallingError('overloaded', 'too many', 60_000);
    await start({ state: 'queued' });

    expect(signalling.types()).toContain('webrtc_offer');
    expect(told).toContainEqual(['problem', { what: 'relay', code: 'overloaded', retryAfterMs: 60_000 }]);
    expect(phase()).toBe('waiting');
  });

  it.each(['open_contact', 'webrtc_offer'])('is told that the call was refused when it was %s', async (refused) => {
    begin('visitor');
    signalling.refuses.add(refused);
    signalling.refusal = new SignallingError('overloaded', 'too many', 120_000);
    await engine.startCall({ channel: 'voice' });
    const { callId } = engine.getSnapshot().call as { callId: string };
    if (refused === 'webrtc_offer') shows({ callId, state: 'prequeue' });
    await settled();

    expect(phase()).toBe('idle');
    expect(told.filter(([event]) => event === 'problem')).toEqual([
      ['problem', { what: 'start', code: 'overloaded', retryAfterMs: 120_000 }],
    ]);
    expect(live()).toBe(0);
    expect(signalling.types().includes('end_contact')).toBe(refused === 'webrtc_offer');
  });

  it('can call again after a refusal', async () => {
    begin('visitor');
    signalling.refuses.add('webrtc_offer');
    await engine.startCall({ channel: 'voice' });
    shows({ callId: (engine.getSnapshot().call as { callId: string }).callId, state: 'prequeue' });
    await settled();
    signalling.refuses.clear();

    await start({ state: 'queued' });

    expect(phase()).toBe('waiting');
  });

  it('is told when the form could not be begun', async () => {
    begin('visitor');
    signalling.refuses.add('open_contact');
    await engine.openContact({ channel: 'voice' });

    expect(phase()).toBe('idle');
    expect(told).toContainEqual(['problem', { what: 'start', code: 'conflict' }]);
  });

  it('leaves and keeps the place: the link brings another page back, and no device stays open', async () => {
    begin('visitor');
    const callId = await start({ state: 'queued' });
    vi.stubGlobal('fetch', async () => Response.json({ code: 'c0de', expiresAt: timestamp }));
    const link = await engine.keepPlace();
    shows({ callId, state: 'queued', place: { place: 1, away: true } });

    expect(link).toEqual({ url: 'https://shop.example/cart#calldocker=c0de', expiresAt: Date.parse(timestamp) });
    expect(live()).toBe(0);
    expect(engine.getSnapshot().call).toMatchObject({ phase: 'waiting', place: { away: true } });
  });

  it('keeps the place also when there is no link to be had, and is told so', async () => {
    begin('visitor');
    const callId = await start({ state: 'queued' });
    vi.stubGlobal('fetch', async () => new Response(null, { status: 429, headers: { 'retry-after': '60' } }));
    const link = await engine.keepPlace();
    shows({ callId, state: 'queued', place: { place: 1, away: true } });

    expect(link).toBeUndefined();
    expect(told).toEqual([['problem', { what: 'link', code: 'overloaded', retryAfterMs: 60_000 }]]);
    expect(engine.getSnapshot().call).toMatchObject({ phase: 'waiting', place: { away: true } });
  });

  it('comes back to a place with a click, and only then opens the microphone', async () => {
    const kept = contact({ state: 'queued', mediaOwner: false, place: { place: 1, away: true } });
    begin('visitor', [kept]);
    await settled();
    expect(live()).toBe(0);

    await engine.returnToPlace();
    shows({ ...kept, mediaOwner: true });
    await settled();

    expect(signalling.types()).toContain('claim_media');
    expect(signalling.asked).toContainEqual(expect.objectContaining({ type: 'webrtc_offer', targetUserId: 'public-calls' }));
    expect(live()).toBe(1);
  });

  it('waits for a callback with the microphone closed, and answers it with a click', async () => {
    begin('visitor');
    const callId = await start({ state: 'queued' });
    await engine.requestCallback({ note: 'shoes' });
    shows({ callId, state: 'callback_waiting', callback: { attempt: 0, attemptsMax: 3 } });
    expect(engine.getSnapshot().call).toMatchObject({ phase: 'callback', stage: 'waiting' });
    expect(live()).toBe(0);

    const dialing = { callId, state: 'callback_dialing', agent: { userId: 'a' }, mediaOwner: false } as const;
    shows(dialing);
    expect(engine.getSnapshot().call).toMatchObject({ phase: 'callback', stage: 'dialing' });
    await engine.answerCallback();
    shows({ ...dialing, mediaOwner: true });
    await settled();

    expect(signalling.asked).toContainEqual(
      expect.objectContaining({ type: 'request_callback', callId, note: 'shoes', trace: expect.any(String) }),
    );
    expect(signalling.asked).toContainEqual(expect.objectContaining({ type: 'webrtc_offer', targetUserId: 'a', callId }));
  });

  it('rates the call that has just ended', async () => {
    begin('visitor');
    const callId = await start({ state: 'connected', agent: { userId: 'a' } });
    shows({ callId, state: 'closed', endReason: 'completed_agent', endedBy: 'agent' });
    expect(phase()).toBe('ended');

    expect(await engine.rate(5, 'thanks')).toBe(true);
    expect(signalling.asked.at(-1)).toEqual({ type: 'rate_contact', callId, rating: 5, comment: 'thanks' });
  });

  it('learns how a queue is', async () => {
    begin('visitor');
    const asked = engine.queueStatus();
    await settled();
    signalling.say('queue_status', { queueId: 'q', open: false, staffed: false, callback: true, voicemail: true });

    expect(await asked).toMatchObject({ queueId: 'q', open: false });
  });

  it('does not learn how a queue is that it may not ask about', async () => {
    begin('visitor');
    signalling.refuses.add('get_queue_status');

    expect(await engine.queueStatus('secret')).toBeUndefined();
  });

  it('speaks a message without a call, discards it, and is where it was', async () => {
    vi.stubGlobal('MediaRecorder', FakeRecorder);
    begin('visitor');
    await engine.startVoicemail({ queueId: 'sales' });
    expect(engine.getSnapshot().call).toMatchObject({ phase: 'voicemail', recording: { stage: 'recording' } });

    engine.discardVoicemail();

    expect(phase()).toBe('idle');
    expect(live()).toBe(0);
    expect(signalling.types()).not.toContain('end_contact');
  });

  it('speaks to the agent who answers while a message is being spoken', async () => {
    vi.stubGlobal('MediaRecorder', FakeRecorder);
    begin('visitor');
    const callId = await start({ state: 'queued' });
    await engine.startVoicemail();
    expect(phase()).toBe('voicemail');

    shows({ callId, state: 'connecting', agent: { userId: 'a' } });

    expect(told).toContainEqual(['message_overtaken', { callId }]);
    expect(phase()).toBe('connecting');
    expect(live()).toBe(1);
  });
});

describe('an agent', () => {
  const talking: Partial<ContactView> = { you: 'agent', state: 'connected', agent: { userId: 'u' } };
  const agent = (intent: AgentView['intent'], reason?: string) =>
    signalling.say('agent_state', {
      agent: { userId: 'u', intent, label: intent, since: '', mediaReady: true, ...(reason ? { reason } : {}) },
    });

  it('wraps up after hanging up, and is told of the end once', async () => {
    begin('agent', [contact(talking)]);
    await settled();
    await engine.hangUp();
    expect(phase()).toBe('ended');
    shows({ ...talking, state: 'wrapup', mediaOwner: false, wrapUpExtensions: 1 });
    expect(engine.getSnapshot().call).toMatchObject({ phase: 'wrapup', endedBy: 'agent', extensionsLeft: 1 });

    shows({ ...talking, state: 'closed' });

    expect(phase()).toBe('idle');
    expect(told.filter(([event]) => event === 'ended')).toHaveLength(1);
    expect(live()).toBe(0);
  });

  it('says that it rings no longer of what rang, and not of what was wrapped up', () => {
    begin('agent', [contact({ ...talking, state: 'wrapup', mediaOwner: false })]);
    signalling.say('contact_offered', { contact: contact({ callId: 'call-2', you: 'offered', state: 'offering' }) });

    signalling.say('contact_revoked', { callId: 'call-1', reason: 'ended' });
    signalling.say('contact_revoked', { callId: 'call-2', reason: 'visitor_left' });

    expect(told.filter(([event]) => event === 'revoked')).toEqual([['revoked', { callId: 'call-2', reason: 'visitor_left' }]]);
  });

  it('wraps up on a page that was reloaded', () => {
    begin('agent', [contact({ ...talking, state: 'wrapup', mediaOwner: false })]);

    expect(phase()).toBe('wrapup');
    expect(live()).toBe(0);
  });

  it('takes the next call out of a wrap-up', async () => {
    begin('agent', [contact({ ...talking, callId: 'old', state: 'wrapup', mediaOwner: false })]);
    signalling.say('contact_offered', { contact: contact({ you: 'offered', state: 'offering' }) });
    await engine.accept('call-1');
    shows({ ...talking, state: 'connecting' });

    expect(engine.getSnapshot().call).toMatchObject({ phase: 'connecting', callId: 'call-1' });
  });

  it('can have a contact again that went back to the queue', async () => {
    begin('agent', [contact(talking)]);
    await settled();
    await engine.requeue();
    signalling.say('contact_revoked', { callId: 'call-1', reason: 'withdrawn' });
    expect(phase()).toBe('ended');
    signalling.say('contact_offered', { contact: contact({ you: 'offered', state: 'offering' }) });
    await engine.accept('call-1');
    shows({ ...talking, state: 'connecting' });

    expect(phase()).toBe('connecting');
  });

  it('sends the notes before the wrap-up ends', async () => {
    begin('agent', [contact({ ...talking, state: 'wrapup', mediaOwner: false })]);
    engine.setNotes('wants blue shoes');
    expect(engine.getSnapshot().notes).toEqual({ callId: 'call-1', text: 'wants blue shoes', saved: false });
    await engine.endWrapUp();

    expect(signalling.types().slice(-2)).toEqual(['set_notes', 'end_wrap_up']);
  });

  it('tells the other side of the mute, and is mute again after a reload', async () => {
    begin('agent', [contact({ ...talking, muted: ['agent'] })]);
    await settled();
    expect(engine.getSnapshot().media.muted).toBe(true);

    engine.setMuted(false);

    expect(signalling.asked.at(-1)).toEqual({ type: 'set_muted', callId: 'call-1', muted: false });
  });

  it('lets go of the microphone when somebody else has changed the intent, but not in a call', async () => {
    begin('agent');
    await engine.goAvailable();
    agent('available');
    agent('not_ready', 'SYS_LOST');
    expect(live()).toBe(1);
    agent('available');
    agent('not_ready', 'SYS_FORCED');

    expect(live()).toBe(0);
    expect(engine.getSnapshot().mediaReady).toBe(false);
  });

  it('has a message played instead of called, with no connection and no microphone', async () => {
    begin('agent', [contact({ ...talking, channel: 'voicemail', recordingId: 'rec-1' })]);
    await settled();

    expect(phase()).toBe('connected');
    expect(engine.getSnapshot().legs).toEqual([]);
    expect(signalling.types()).not.toContain('get_ice_servers');
  });

  it('reads what was written before the page was reloaded, and hears of what others write', () => {
    begin('agent', [contact(talking)]);
    expect(signalling.types()).toContain('get_chat');
    const line = (number: number, userId: string) => ({ number, from: { userId }, party: 'visitor', text: 'hello', at: '' });
    signalling.say('chat_history', { callId: 'call-1', messages: [line(1, 'v')] });
    signalling.say('chat_message', { callId: 'call-1', message: line(2, 'u') });
    signalling.say('chat_message', { callId: 'call-1', message: line(3, 'v') });

    expect(engine.getSnapshot().chat.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(told.filter(([event]) => event === 'chat')).toHaveLength(1);
    expect(signalling.types().filter((type) => type === 'get_chat')).toHaveLength(1);
  });

  it('asks for what was written when a line is missing', () => {
    begin('agent', [contact(talking)]);
    signalling.say('chat_history', { callId: 'call-1', messages: [] });
    signalling.say('chat_message', { callId: 'call-1', message: { number: 2, from: { userId: 'v' }, party: 'visitor', text: '', at: '' } });

    expect(signalling.types().filter((type) => type === 'get_chat')).toHaveLength(2);
  });

  it('is told why a colleague did not come', () => {
    begin('agent');
    const ended = { callId: 'call-1', colleague: { userId: 'ben', name: 'Ben' }, reason: 'missed' };

    signalling.say('consult_ended', ended);

    expect(told).toEqual([['consult_ended', ended]]);
  });

  it('is told why something was refused', async () => {
    begin('agent', [contact(talking)]);
    signalling.refuses.add('consult');

    expect(await engine.consult({ agentId: 'b', note: 'who knows shoes?' })).toBe(false);
    expect(told).toContainEqual(['problem', { what: 'consult', code: 'conflict' }]);
  });

  it('hands nothing over without a call', async () => {
    begin('agent');

    expect(await engine.transfer({ queueId: 'q' })).toBe(false);
    expect(signalling.types()).not.toContain('transfer_contact');
  });
});

describe('a supervisor', () => {
  const watched = (mode: 'monitor' | 'whisper'): Partial<ContactView> => ({
    you: 'supervisor',
    state: 'connected',
    legs: [{ userId: 'a', kind: 'supervision', offers: true, mode }],
  });

  it('listens without a microphone, and opens it to whisper', async () => {
    begin('agent');
    await engine.supervise('call-1', 'monitor');
    shows(watched('monitor'));
    await settled();
    expect(live()).toBe(0);
    expect(engine.getSnapshot().legs).toMatchObject([{ userId: 'a', kind: 'supervision', mode: 'monitor' }]);

    await engine.supervise('call-1', 'whisper');
    shows(watched('whisper'));
    await settled();

    expect(live()).toBe(1);
  });

  it('leaves the call to the others', async () => {
    begin('agent', [contact(watched('monitor'))]);
    await engine.hangUp();

    expect(signalling.asked.at(-1)).toEqual({ type: 'end_contact', callId: 'call-1' });
  });

  it('watches the company through a restart of the server, until it looks away', async () => {
    begin('agent');
    await engine.watchLive(true);
    signalling.deliver(reset({ reason: 'epoch' }));
    expect(signalling.asked.filter(({ type }) => type === 'watch_live')).toHaveLength(2);
    signalling.say('live_state', { live: { at: '', queues: [], agents: [], contacts: [] } });
    expect(engine.getSnapshot().liveView).toBeDefined();

    await engine.watchLive(false);

    expect(engine.getSnapshot().liveView).toBeUndefined();
  });
});

/** Records nothing, for as long as it is asked to. */
class FakeRecorder {
  static isTypeSupported = (): boolean => true;
  state = 'inactive';
  onstop: (() => void) | null = null;
  readonly mimeType = 'audio/webm';

  start(): void {
    this.state = 'recording';
  }

  stop(): void {
    this.state = 'inactive';
    this.onstop?.();
  }
}
