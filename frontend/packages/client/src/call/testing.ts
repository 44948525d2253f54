/** A page with a call engine, whose server and devices a test plays. */
import type { ContactView, ServerMessage } from '@calldocker/protocol';
import { test, vi } from 'vitest';
import { Emitter, Store } from '../observable.ts';
import { initialLiveState, reduce } from '../signalling/reduce.ts';
import { type LiveState, type Outgoing, type ServerMessageOf, type Signalling, SignallingError } from '../signalling/types.ts';
import { steadyNow } from '../steady.ts';
import { contact, established, FakeConnection, FakeStream, FakeTrack, message, reset } from '../testing.ts';
import { createCallEngine } from './engine.ts';
import type { CallEvents } from './events.ts';
import type { CallEngine } from './types.ts';

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
    this.live.set(reduce(this.live.getSnapshot(), one, steadyNow()));
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

const voicemails = { url: 'https://calls.example/voicemails', getToken: async () => 'token' };

const toldEvents = [
  'offered',
  'revoked',
  'connected',
  'reconnecting',
  'recovered',
  'ended',
  'problem',
  'chat',
  'keypad',
  'consult_ended',
  'message_overtaken',
] as const;

export class TestPage {
  readonly signalling = new FakeSignalling();
  readonly told: [keyof CallEvents, unknown][] = [];
  /** Every microphone that was opened. */
  readonly opened: FakeTrack[] = [];
  /** The name of the browser's error where it opens none. */
  microphone: string | undefined;
  private running: CallEngine | undefined;

  get engine(): CallEngine {
    if (!this.running) throw new Error('begin first');
    return this.running;
  }

  begin(role: 'visitor' | 'agent', contacts: ContactView[] = []): void {
    const signalling = this.signalling as unknown as Signalling;
    const engine = createCallEngine({ signalling, role, server: 'https://calls.example', voicemails });
    this.running = engine;
    for (const event of toldEvents) engine.on(event, (payload) => this.told.push([event, payload]));
    this.signalling.deliver(established());
    this.signalling.deliver(reset({ snapshot: { rooms: [], contacts } }));
  }

  /** The server says how the page's contact is. */
  shows(changes: Partial<ContactView>): void {
    this.signalling.say('contact_state', { contact: contact(changes) });
  }

  /** A visitor calls, and hears from the server how the contact is. */
  async call(changes: Partial<ContactView> = {}): Promise<string> {
    await this.engine.startCall({ channel: 'voice', queueId: 'sales', language: 'de' });
    await settled();
    const { callId } = this;
    this.shows({ callId, ...changes });
    return callId;
  }

  get phase(): string {
    return this.engine.getSnapshot().call.phase;
  }

  get callId(): string {
    return (this.engine.getSnapshot().call as { callId: string }).callId;
  }

  /** What the page heard of one kind. */
  heard(event: keyof CallEvents): unknown[] {
    return this.told.filter(([name]) => name === event).map(([, payload]) => payload);
  }

  /** How many microphones are open. */
  get live(): number {
    return this.opened.filter(({ readyState }) => readyState === 'live').length;
  }

  async open(): Promise<FakeStream> {
    if (this.microphone !== undefined) throw Object.assign(new Error(this.microphone), { name: this.microphone });
    this.opened.push(new FakeTrack('audio'));
    return new FakeStream(this.opened.slice(-1));
  }

  close(): void {
    this.running?.destroy();
  }
}

/** A test that gets a fresh page, in a browser with one microphone. */
export const it = test.extend<{ page: TestPage }>({
  page: async ({ task: _ }, use) => {
    const page = new TestPage();
    FakeConnection.all.length = 0;
    vi.useFakeTimers();
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => page.open(), enumerateDevices: async () => [] } });
    vi.stubGlobal('HTMLMediaElement', class {});
    vi.stubGlobal('MediaStream', FakeStream);
    vi.stubGlobal('MediaRecorder', FakeRecorder);
    vi.stubGlobal('RTCPeerConnection', FakeConnection);
    vi.stubGlobal('location', { href: 'https://shop.example/cart' });
    await use(page);
    page.close();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  },
});

/** Until all that was begun has come to its end. */
export const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

/** Whether something is being recorded. */
export const isRecording = (): boolean => FakeRecorder.last?.state === 'recording';

/** Records nothing, for as long as it is asked to. */
class FakeRecorder {
  static last: FakeRecorder | undefined;
  static isTypeSupported = (): boolean => true;
  state = 'inactive';
  onstop: (() => void) | null = null;
  readonly mimeType = 'audio/webm';

  start(): void {
    FakeRecorder.last = this;
    this.state = 'recording';
  }

  stop(): void {
    this.state = 'inactive';
    this.onstop?.();
  }
}
