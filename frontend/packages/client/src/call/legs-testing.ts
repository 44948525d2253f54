/** The media of one call, whose server, devices and other pages a test plays. */
import type { ContactView, LegView } from '@calldocker/protocol';
import { test, vi } from 'vitest';
import { Emitter, Store } from '../observable.ts';
import type { Outgoing, ServerMessageOf, Signalling } from '../signalling/types.ts';
import { contact, FakeAudioContext, FakeConnection, FakeStream, FakeTrack, message } from '../testing.ts';
import type { Role } from './call-state.ts';
import { EarlyRelays } from './early-relays.ts';
import { Legs, type LegsOptions } from './legs.ts';

/** A server that has ICE servers, and notes what it hears. */
class FakeSignalling {
  readonly said: Outgoing[] = [];
  readonly connection = new Store({ status: 'connected' });
  private readonly handlers = new Emitter<{ ice_servers: ServerMessageOf<'ice_servers'> }>();

  async request(request: Outgoing): Promise<void> {
    this.said.push(request);
    if (request.type === 'get_ice_servers') {
      this.handlers.emit('ice_servers', message('ice_servers', 1, { iceServers: [], ttlSeconds: 600 }));
    }
  }

  on(type: 'ice_servers', handler: (message: ServerMessageOf<'ice_servers'>) => void): () => void {
    return this.handlers.on(type, handler);
  }
}

class FakeAudioElement {
  src = '';
  srcObject: unknown = null;
  loop = false;

  async play(): Promise<void> {
    playing.push(this);
  }

  pause(): void {
    playing.splice(playing.indexOf(this), 1);
  }

  removeAttribute(): void {}
}

const playing: FakeAudioElement[] = [];

export const microphone = new FakeTrack('audio');

class TestCall {
  readonly signalling = new FakeSignalling();
  readonly audio = new FakeAudioContext();
  readonly connections: FakeConnection[] = [];
  /** What the page plays beside what it shows. */
  readonly playing: readonly FakeAudioElement[] = playing;
  private running: Legs | undefined;

  get legs(): Legs {
    if (!this.running) throw new Error('begin first');
    return this.running;
  }

  begin(role: Role, view: ContactView | undefined, comesBack = false): Promise<void> {
    this.running = new Legs({
      callId: 'call-1',
      role,
      details: { channel: 'voice', topic: 'shoes' },
      signalling: this.signalling as unknown as Signalling,
      media: {
        audioTrack: microphone,
        videoTrack: undefined,
        devices: { snapshot: new Store({ chosen: {} }) },
      } as unknown as LegsOptions['media'],
      audioContext: () => this.audio as unknown as AudioContext,
      early: new EarlyRelays(),
      iceTransportPolicy: 'all',
      holdMusic: 'https://host/music',
      onChange: () => undefined,
      onRefused: () => undefined,
      onNoRelay: () => undefined,
      createConnection: () => {
        this.connections.push(new FakeConnection());
        return this.connections.at(-1) as unknown as RTCPeerConnection;
      },
    });
    this.running.follow(view, comesBack);
    return this.running.start();
  }

  said<T extends Outgoing['type']>(type: T): Extract<Outgoing, { type: T }>[] {
    return this.signalling.said.filter((one): one is Extract<Outgoing, { type: T }> => one.type === type);
  }

  offeredTo(): string[] {
    return this.said('webrtc_offer').map(({ targetUserId }) => targetUserId);
  }

  connection(index: number): FakeConnection {
    return this.connections[index] as FakeConnection;
  }
}

/** A test that gets a call, in a browser without a network. */
export const it = test.extend<{ call: TestCall }>({
  call: async ({ task: _ }, use) => {
    vi.useFakeTimers();
    vi.stubGlobal('MediaStream', FakeStream);
    vi.stubGlobal('Audio', FakeAudioElement);
    playing.length = 0;
    const call = new TestCall();
    await use(call);
    call.legs.close();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  },
});

/** Until all that was begun has come to its end, and no time has passed. */
export const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

export const candidateFrom = (fromUserId: string) =>
  message('ice_candidate', 1, { fromUserId, callId: 'call-1', candidate: { candidate: 'c', generation: 'g' } });
export const offerFrom = (fromUserId: string, generation: string) =>
  message('webrtc_offer', 1, { fromUserId, callId: 'call-1', offer: { type: 'offer', sdp: 'a=ice-ufrag:x\n', generation } });

export const main: LegView = { userId: 'v', kind: 'main', offers: false };
export const consult: LegView = { userId: 'b', kind: 'consult', offers: true };
export const visitorWith = (changes: Partial<ContactView>) => contact({ state: 'connected', agent: { userId: 'a' }, ...changes });
export const agentWith = (...list: LegView[]) => contact({ you: 'agent', state: 'connected', agent: { userId: 'a' }, legs: list });
