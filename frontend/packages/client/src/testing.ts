/** Stand-ins for what the browser gives, for tests. */
import type { ContactView, ServerMessage } from '@calldocker/protocol';

export const timestamp = '2026-01-02T03:04:05.678Z';

/** A message as the server would send it. */
export function message<T extends ServerMessage['type']>(type: T, seq: number, fields: object = {}): Extract<ServerMessage, { type: T }> {
  return { type, seq, timestamp, ...fields } as Extract<ServerMessage, { type: T }>;
}

export function established(fields: object = {}): Extract<ServerMessage, { type: 'connection_established' }> {
  return message('connection_established', 0, {
    userId: 'u',
    role: 'agent',
    companyId: 'c',
    sessionId: 's',
    resumeToken: 'resume-1',
    epoch: 'e',
    resumed: false,
    heartbeatMs: 20_000,
    serverTime: timestamp,
    ...fields,
  });
}

export function reset(fields: object = {}, seq = 1): Extract<ServerMessage, { type: 'session_reset' }> {
  return message('session_reset', seq, { reason: 'new', snapshot: { rooms: [], contacts: [] }, ...fields });
}

export function contact(fields: Partial<ContactView> = {}): ContactView {
  return {
    callId: 'call-1',
    state: 'queued',
    channel: 'voice',
    visitor: { userId: 'v' },
    you: 'visitor',
    mediaOwner: true,
    needsOffer: false,
    createdAt: timestamp,
    lost: [],
    ...fields,
  };
}

/** A WebSocket whose other end is the test. */
export class FakeSocket {
  readonly sent: Record<string, unknown>[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  closedWith: number | undefined;
  readonly url: string;
  readonly protocol: string | undefined;

  constructor(url: string, protocol?: string) {
    this.url = url;
    this.protocol = protocol;
  }

  get query(): URLSearchParams {
    return new URL(this.url).searchParams;
  }

  /** What was sent, by type. */
  types(): unknown[] {
    return this.sent.map((one) => one.type);
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  say(...messages: object[]): void {
    for (const one of messages) this.onmessage?.({ data: JSON.stringify(one) });
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  /** This side closes. */
  close(code: number): void {
    this.readyState = 2;
    this.closedWith = code;
  }

  /** The other side, or the network, closes. */
  drop(code = 1006, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}

/** A track of whatever device. */
export class FakeTrack extends EventTarget {
  static count = 0;
  readonly id: string = `track ${++FakeTrack.count}`;
  readonly kind: string;
  readyState = 'live';
  enabled = true;
  muted = false;
  /** What it was cloned from. */
  readonly source: FakeTrack | undefined;
  readonly label = '';
  onended: (() => void) | null = null;

  constructor(kind: string, source?: FakeTrack) {
    super();
    this.kind = kind;
    this.source = source;
  }

  getSettings(): MediaTrackSettings {
    return {};
  }

  clone(): FakeTrack {
    return new FakeTrack(this.kind, this);
  }

  stop(): void {
    this.readyState = 'ended';
  }
}

export class FakeStream {
  private readonly tracks: readonly FakeTrack[];

  constructor(tracks: readonly FakeTrack[]) {
    this.tracks = tracks;
  }

  getTracks = (): readonly FakeTrack[] => this.tracks;
  getAudioTracks = (): readonly FakeTrack[] => this.tracks.filter(({ kind }) => kind === 'audio');
  getVideoTracks = (): readonly FakeTrack[] => this.tracks.filter(({ kind }) => kind === 'video');
}

/** An AudioContext that knows which tracks are mixed into which. */
export class FakeAudioContext extends EventTarget {
  state = 'running';
  readonly mixes: { track: FakeTrack; sources: Set<FakeTrack> }[] = [];

  createMediaStreamDestination() {
    const mix = { track: new FakeTrack('audio'), sources: new Set<FakeTrack>() };
    this.mixes.push(mix);
    return { stream: new FakeStream([mix.track]), mix };
  }

  async resume(): Promise<void> {}

  async close(): Promise<void> {
    this.state = 'closed';
  }

  createAnalyser(): object {
    return {};
  }

  createMediaStreamSource(stream: FakeStream) {
    const [track] = stream.getTracks() as [FakeTrack];
    let sources: Set<FakeTrack> | undefined;
    return {
      connect: ({ mix }: { mix?: { sources: Set<FakeTrack> } }) => {
        sources = mix?.sources.add(track);
      },
      disconnect: () => sources?.delete(track),
    };
  }
}

class FakeSender {
  track: FakeTrack | null;

  constructor(track: FakeTrack | null) {
    this.track = track;
  }

  async replaceTrack(track: FakeTrack | null): Promise<void> {
    this.track = track;
  }
}

/** An RTCPeerConnection with the signalling states of W3C WebRTC 1.0 §4.4.1, and without a network. */
export class FakeConnection {
  static count = 0;
  /** Those that were made, the oldest first. */
  static readonly all: FakeConnection[] = [];
  signalingState: RTCSignalingState = 'stable';
  iceConnectionState: RTCIceConnectionState = 'new';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  readonly candidates: (string | undefined)[] = [];
  /** Audio packets that have come in. */
  packets = 0;
  onicecandidate = null;
  ontrack: ((event: { track: FakeTrack }) => void) | null = null;
  onnegotiationneeded = null;
  onconnectionstatechange = null;
  oniceconnectionstatechange: (() => void) | null = null;
  private readonly transceivers: {
    sender: FakeSender;
    receiver: { track: FakeTrack };
    direction: string;
    currentDirection: string;
  }[] = [];
  private readonly session = ++FakeConnection.count;
  private restarts = 0;

  constructor() {
    FakeConnection.all.push(this);
  }

  get fragment(): string {
    return `u${this.session}x${this.restarts}`;
  }

  async setLocalDescription(description?: { type: string }): Promise<void> {
    await Promise.resolve();
    if (this.signalingState === 'closed') throw new Error('InvalidStateError');
    if (description?.type === 'rollback') {
      this.signalingState = 'stable';
      return;
    }
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.signalingState = type === 'answer' ? 'stable' : 'have-local-offer';
    this.localDescription = { type, sdp: `v=0\no=- ${this.session} 2 IN IP4 0.0.0.0\na=ice-ufrag:${this.fragment}\n` };
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    await Promise.resolve();
    if (description.type === 'answer' && this.signalingState !== 'have-local-offer') throw new Error('InvalidStateError');
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable'; // an own offer is rolled back
    this.remoteDescription = description;
  }

  async addIceCandidate(candidate?: RTCIceCandidateInit): Promise<void> {
    await Promise.resolve();
    if (!this.remoteDescription?.sdp?.includes(candidate?.usernameFragment ?? '')) throw new Error('OperationError');
    this.candidates.push(candidate?.candidate);
  }

  restartIce(): void {
    this.restarts += 1;
  }

  addTrack(track: FakeTrack): void {
    this.transceivers.push({
      sender: new FakeSender(track),
      receiver: { track: new FakeTrack(track.kind) },
      direction: 'sendrecv',
      currentDirection: 'sendrecv',
    });
  }

  addTransceiver(kind: string): void {
    this.addTrack(new FakeTrack(kind));
    this.transceivers.at(-1)?.sender.replaceTrack(null);
  }

  getTransceivers() {
    return this.transceivers;
  }

  async getStats(): Promise<Map<string, object>> {
    return new Map([['in', { type: 'inbound-rtp', kind: 'audio', packetsReceived: this.packets }]]);
  }

  setConfiguration(): void {}

  close(): void {
    this.signalingState = 'closed';
  }

  /** What it sends of a kind. */
  sent(kind: string): FakeTrack | null | undefined {
    return this.transceivers.find((one) => one.receiver.track.kind === kind)?.sender.track;
  }

  /** The other side's audio has come. */
  hear(): FakeTrack {
    const track = this.transceivers.find((one) => one.receiver.track.kind === 'audio')?.receiver.track as FakeTrack;
    this.ontrack?.({ track });
    return track;
  }

  /** The path holds, or breaks. */
  become(state: RTCIceConnectionState): void {
    this.iceConnectionState = state;
    this.oniceconnectionstatechange?.();
  }
}
