// Three engines in one page, joined by a signalling hub of a few lines: what the loopback test drives.
import type { ClientMessage, ContactView, LegView, ServerMessage } from '@calldocker/protocol';
import { createCallEngine } from '../src/call/engine.ts';
import type { CallEngine } from '../src/call/types.ts';
import { Emitter, Store } from '../src/observable.ts';
import { initialLiveState, reduce } from '../src/signalling/reduce.ts';
import type { ConnectionState, LiveState, Outgoing, ServerMessageOf, Signalling } from '../src/signalling/types.ts';

type Body = ServerMessage extends infer M ? (M extends ServerMessage ? Omit<M, 'seq' | 'timestamp'> : never) : never;

class HubSignalling implements Signalling {
  readonly connection = new Store<ConnectionState>({ status: 'connected' });
  readonly live = new Store<LiveState>(initialLiveState);
  private readonly handlers = new Emitter<{ [T in ServerMessage['type']]: ServerMessageOf<T> }>();
  private seq = 0;

  readonly userId: string;
  private readonly hub: Hub;

  constructor(userId: string, hub: Hub) {
    this.userId = userId;
    this.hub = hub;
  }

  connect(): void {
    this.deliver({
      type: 'connection_established',
      userId: this.userId,
      role: 'x',
      companyId: 'c',
      sessionId: 's',
      resumeToken: 'r',
      epoch: 'e',
      resumed: false,
      heartbeatMs: 1e6,
      serverTime: new Date().toISOString(),
    });
    this.deliver({ type: 'session_reset', reason: 'new', snapshot: { rooms: [], contacts: this.hub.contactsOf(this.userId) } });
  }

  deliver(body: Body): void {
    this.seq = body.type === 'connection_established' ? 0 : this.seq + 1;
    const message = { ...body, seq: this.seq, timestamp: new Date().toISOString() } as ServerMessage;
    this.live.set(reduce(this.live.getSnapshot(), message, Date.now()));
    this.handlers.emit(message.type, message as never);
  }

  on<T extends ServerMessage['type']>(type: T, handler: (message: ServerMessageOf<T>) => void): () => void {
    return this.handlers.on(type, handler as never);
  }

  request(message: Outgoing): Promise<void> {
    return this.hub.handle(this, structuredClone(message) as ClientMessage);
  }

  send(): boolean {
    return false;
  }

  handover(): undefined {
    return undefined;
  }

  logout(): void {}
}

type Who = 'visitor' | 'agent' | 'colleague';
const everybody = ['visitor', 'agent', 'colleague'] as const;
const idOf = (who: Who): string => `${who}-1`;

/** As much of the server as one call needs. The colleague needs no ringing to come in. */
class Hub {
  readonly sent: string[] = [];
  contact: ContactView | undefined;
  readonly people: Record<Who, HubSignalling>;
  /** What the colleague is to the contact. */
  private guest: Pick<LegView, 'kind' | 'mode'> | undefined;
  private owner: Who = 'agent';
  private heldOffer: unknown;
  private readonly up = new Set<Who>();

  constructor() {
    this.people = { visitor: this.connect('visitor'), agent: this.connect('agent'), colleague: this.connect('colleague') };
  }

  connect(who: Who): HubSignalling {
    return new HubSignalling(idOf(who), this);
  }

  contactsOf(userId: string): ContactView[] {
    const who = this.whoIs(userId);
    return this.contact && this.contact.state !== 'closed' && this.isIn(who) ? [this.viewFor(who)] : [];
  }

  async handle(from: HubSignalling, message: ClientMessage): Promise<void> {
    const who = this.whoIs(from.userId);
    this.sent.push(`${who}:${message.type}`);
    await Promise.resolve();
    const callId = 'callId' in message && message.callId !== undefined ? message.callId : '';
    const now = new Date().toISOString();
    const to =
      'targetUserId' in message && message.targetUserId !== 'public-calls' ? this.people[this.whoIs(message.targetUserId)] : undefined;
    switch (message.type) {
      case 'get_ice_servers':
        from.deliver({ type: 'ice_servers', callId, iceServers: [], ttlSeconds: 600 });
        break;
      case 'webrtc_offer':
        if (to) to.deliver({ type: 'webrtc_offer', fromUserId: from.userId, offer: message.offer, callId });
        else this.enter(callId, message);
        break;
      case 'webrtc_answer':
        to?.deliver({ type: 'webrtc_answer', fromUserId: from.userId, answer: message.answer, callId });
        break;
      case 'ice_candidate':
        to?.deliver({ type: 'ice_candidate', fromUserId: from.userId, candidate: message.candidate, callId });
        break;
      case 'accept_contact':
        this.change({ state: 'connecting', agent: { userId: from.userId }, acceptedAt: now });
        from.deliver({ type: 'webrtc_offer', fromUserId: idOf('visitor'), offer: this.heldOffer, callId });
        break;
      case 'media_state':
        if (message.state === 'up') this.up.add(who);
        else this.up.delete(who);
        if (this.up.size === 2 && this.contact?.state === 'connecting') this.change({ state: 'connected', connectedAt: now });
        break;
      case 'hold_contact':
        this.change({ state: 'held', heldBy: { userId: from.userId } });
        break;
      case 'resume_contact':
        this.change({ state: 'connected' });
        break;
      case 'consult':
        this.guest = { kind: 'consult' };
        this.change({ state: 'consulting' });
        break;
      case 'start_conference':
        this.guest = { kind: 'conference' };
        this.change({ state: 'connected' });
        break;
      case 'cancel_consult':
        this.dismissGuest();
        break;
      case 'complete_transfer':
        this.guest = undefined;
        this.owner = 'colleague';
        this.change({ state: 'connected', agent: { userId: idOf('colleague') } });
        break;
      case 'supervise_contact':
        if (message.mode === 'none') this.dismissGuest();
        else {
          this.guest = { kind: 'supervision', mode: message.mode };
          this.change({});
        }
        break;
      case 'end_contact':
        this.change({ state: 'closed', endedAt: now, endReason: 'completed_visitor', endedBy: 'visitor' });
        break;
      default:
        break;
    }
  }

  private whoIs(userId: string): Who {
    return everybody.find((who) => idOf(who) === userId) ?? 'visitor';
  }

  private isIn(who: Who): boolean {
    return who !== 'colleague' || this.guest !== undefined || this.owner === 'colleague';
  }

  private dismissGuest(): void {
    this.guest = undefined;
    this.people.colleague.deliver({ type: 'contact_revoked', callId: this.contact?.callId ?? '', reason: 'ended' });
    this.change({ state: 'connected' });
  }

  private enter(callId: string, message: Extract<ClientMessage, { type: 'webrtc_offer' }>): void {
    this.heldOffer = message.offer;
    this.contact = {
      callId,
      state: 'offering',
      channel: message.callType ?? 'voice',
      visitor: { userId: idOf('visitor') },
      you: 'visitor',
      mediaOwner: true,
      needsOffer: false,
      createdAt: new Date().toISOString(),
      lost: [],
    };
    this.people.visitor.deliver({ type: 'contact_state', contact: this.viewFor('visitor') });
    this.people.agent.deliver({ type: 'contact_offered', contact: this.viewFor('agent') });
  }

  private change(change: Partial<ContactView>): void {
    if (!this.contact) return;
    this.contact = { ...this.contact, ...change };
    for (const who of everybody) {
      if (this.isIn(who)) this.people[who].deliver({ type: 'contact_state', contact: this.viewFor(who) });
    }
  }

  private viewFor(who: Who): ContactView {
    const contact = this.contact as ContactView;
    if (who === 'visitor') return { ...contact, you: 'visitor', legs: this.legsOf(who) };
    if (contact.agent === undefined) return { ...contact, you: 'offered', mediaOwner: false };
    if (who === this.owner) return { ...contact, you: 'agent', legs: this.legsOf(who) };
    if (who === 'agent') return { ...contact, you: 'agent', state: contact.state === 'closed' ? 'closed' : 'wrapup', mediaOwner: false };
    const you = { main: 'agent', consult: 'consulted', conference: 'conference', supervision: 'supervisor' } as const;
    return { ...contact, you: you[this.guest?.kind ?? 'main'], legs: this.legsOf(who) };
  }

  /** The connections between people: the later one of the list offers, except between visitor and agent. */
  private legsOf(who: Who): LegView[] {
    const { guest, owner } = this;
    const [visitor, agent, colleague] = everybody.map(idOf) as [string, string, string];
    if (this.contact?.agent === undefined) return [];
    const leg = (userId: string, offers: boolean, mix = false): LegView => ({ kind: 'main', ...guest, userId, offers, mix });
    if (who === 'visitor') {
      const main: LegView = { userId: idOf(owner), kind: 'main', offers: true };
      return guest?.kind === 'conference' ? [main, leg(colleague, true)] : [main];
    }
    if (who === owner) {
      const main: LegView = { userId: visitor, kind: 'main', offers: false };
      return guest ? [main, leg(colleague, true, guest.kind === 'supervision')] : [main];
    }
    return guest?.kind === 'conference' ? [leg(agent, false), leg(visitor, false)] : [leg(agent, false)];
  }
}

// Every RTCPeerConnection of the page, so that the test can look at them and break their path.
const connections: RTCPeerConnection[] = [];
const Native = RTCPeerConnection;
globalThis.RTCPeerConnection = class extends Native {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

// Everybody has a voice of their own: a tone by which it is known in whatever mix.
const tones: Record<Who, number> = { visitor: 500, agent: 900, colleague: 1500 };
const audio = new AudioContext();
const nativeMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
let speaker: Who = 'visitor';
navigator.mediaDevices.getUserMedia = async (constraints) => {
  if (!constraints?.audio) return nativeMedia(constraints);
  const destination = audio.createMediaStreamDestination();
  const gain = new GainNode(audio, { gain: 0.3 });
  const tone = new OscillatorNode(audio, { frequency: tones[speaker] });
  tone.connect(gain).connect(destination);
  tone.start();
  return destination.stream;
};

/** The next microphone that is opened is this person's. */
function speaks(who: Who): void {
  speaker = who;
}

/** The people whose voices come in on these tracks now. */
async function voicesIn(tracks: readonly MediaStreamTrack[]): Promise<Who[]> {
  const analyser = new AnalyserNode(audio, { fftSize: 4096, smoothingTimeConstant: 0 });
  const sources = tracks.map((track) => audio.createMediaStreamSource(new MediaStream([track])));
  for (const source of sources) source.connect(analyser);
  const levels = new Float32Array(analyser.frequencyBinCount);
  const levelOf = (frequency: number): number => {
    const bin = Math.round((frequency * analyser.fftSize) / audio.sampleRate);
    return Math.max(...levels.slice(bin - 2, bin + 3));
  };
  const loudest = new Map(everybody.map((who) => [who, Number.NEGATIVE_INFINITY]));
  for (let look = 0; look < 10; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    analyser.getFloatFrequencyData(levels);
    for (const [who, level] of loudest) loudest.set(who, Math.max(level, levelOf(tones[who])));
  }
  for (const source of sources) source.disconnect();
  return everybody.filter((who) => (loudest.get(who) ?? 0) > -55);
}

// The sounds that engines play without an element of the page.
const sounds: HTMLAudioElement[] = [];
const NativeAudio = Audio;
globalThis.Audio = class extends NativeAudio {
  constructor() {
    super();
    sounds.push(this);
  }
};

const hub = new Hub();
const create = (who: Who): CallEngine => {
  const role = who === 'visitor' ? 'visitor' : 'agent';
  return createCallEngine({ signalling: hub.people[who], role, holdMusic: '/hold-music.wav' });
};
const engines: Record<Who, CallEngine> = { visitor: create('visitor'), agent: create('agent'), colleague: create('colleague') };

function attach(who: Who): void {
  const element = document.createElement('audio');
  element.autoplay = true;
  document.body.append(element);
  engines[who].subscribe(() => {
    const stream = engines[who].getSnapshot().media.remoteStream ?? null;
    if (element.srcObject !== stream) element.srcObject = stream;
  });
}

for (const who of everybody) {
  hub.people[who].connect();
  attach(who);
}

/** The page of `who` is loaded again: its connections are gone, its session goes on. */
function reload(who: Who): void {
  speaks(who);
  engines[who].destroy();
  hub.people[who] = hub.connect(who);
  engines[who] = create(who);
  attach(who);
  hub.people[who].connect();
}

Object.assign(globalThis, { loopback: { hub, engines, connections, reload, speaks, voicesIn, sounds } });
