import { type Channel, publicCalls } from '@calldocker/protocol';
import { limits } from '../limits.ts';
import type { Outgoing, ServerMessageOf, Signalling } from '../signalling/types.ts';
import { type Description, parseCandidate, parseDescription } from './descriptions.ts';
import { IceServers } from './ice-servers.ts';
import type { LocalMedia } from './local-media.ts';
import { startWatch, type Watch, watchMedia } from './media-watch.ts';
import { Peer } from './peer.ts';
import { countersOf, QualityMeter } from './quality.ts';
import type { Quality, StartCall } from './types.ts';

export interface ActiveCallOptions {
  readonly callId: string;
  readonly role: 'visitor' | 'agent';
  /** Visitor: what goes with an offer to the queue. */
  readonly details: Omit<StartCall, 'channel'> & { readonly channel: Channel };
  readonly signalling: Signalling;
  readonly media: LocalMedia;
  readonly iceTransportPolicy: RTCIceTransportPolicy;
  /** Something that the snapshot shows has changed. */
  readonly onChange: () => void;
  /** An offer into the queue was refused. */
  readonly onRefused: (code: string) => void;
}

export type Relay = ServerMessageOf<'webrtc_offer'> | ServerMessageOf<'webrtc_answer'> | ServerMessageOf<'ice_candidate'>;

/** The media of one call as this page carries it: from the first offer until it ends, or moves elsewhere. */
export class ActiveCall {
  remoteStream: MediaStream | undefined;
  quality: Quality | undefined;
  private readonly options: ActiveCallOptions;
  private readonly iceServers: IceServers;
  private readonly meter = new QualityMeter();
  private peer: Peer | undefined;
  private peerUserId: string | undefined;
  /** What waits until the other side is known. */
  private outbox: ((targetUserId: string) => Outgoing)[] = [];
  /** What came before there was an RTCPeerConnection. */
  private early: Relay[] = [];
  private watch: Watch = startWatch(Date.now());
  private watching = false;
  private watchTimer: ReturnType<typeof setTimeout> | undefined;
  private statisticsTimer: ReturnType<typeof setInterval> | undefined;
  private closed = false;

  constructor(options: ActiveCallOptions) {
    this.options = options;
    this.iceServers = new IceServers(options.signalling, options.callId, () => void this.useNewServers());
  }

  get callId(): string {
    return this.options.callId;
  }

  /** Audio comes in. */
  get up(): boolean {
    return this.watch.up;
  }

  get remoteVideo(): boolean {
    return this.receiving('video').some((track) => !track.muted);
  }

  get remoteAudioTrack(): MediaStreamTrack | undefined {
    return this.receiving('audio')[0];
  }

  /** Begins: as the one who offers, or as the one who waits for an offer. */
  async start(offers: boolean): Promise<void> {
    await this.iceServers.first();
    if (this.closed) return;
    const peer = this.createPeer();
    this.peer = peer;
    for (const relay of this.early.splice(0)) this.give(peer, relay);
    if (offers) await peer.offer();
  }

  /** The other side is known now, or is another one. */
  setPeerUser(userId: string): void {
    if (userId === this.peerUserId) return;
    this.peerUserId = userId;
    for (const message of this.outbox.splice(0)) this.tell(message(userId));
    this.expectMedia();
  }

  /** Back in the queue: nobody is at the other end until the next accept. */
  clearPeerUser(): void {
    this.peerUserId = undefined;
    this.watching = false;
    clearTimeout(this.watchTimer);
    clearInterval(this.statisticsTimer);
    this.watch = startWatch(Date.now());
  }

  /** The server holds no offer of ours that fits: sends one to the other side. */
  offerAgain(): void {
    void this.peer?.rebuild();
  }

  /** An offer, an answer or a candidate of this call. */
  receive(relay: Relay): void {
    if (relay.type !== 'ice_candidate' && relay.fromUserId !== this.peerUserId) this.setPeerUser(relay.fromUserId);
    if (this.peer) {
      this.give(this.peer, relay);
      return;
    }
    this.early.push(relay);
    if (this.early.length > limits.earlyRelaysMax) this.early.shift();
  }

  /** Tells the server again how the media is: it may have forgotten. */
  reportMedia(): void {
    if (this.peerUserId === undefined) return;
    this.tell({ type: 'media_state', callId: this.callId, state: this.watch.up ? 'up' : 'down' });
  }

  /** What this page sends has changed. */
  updateTracks(): void {
    const pc = this.peer?.connection;
    if (!pc) return;
    const { audioTrack, videoTrack } = this.options.media;
    const sending = (kind: 'audio' | 'video') =>
      pc.getTransceivers().find((one) => one.receiver.track.kind === kind && one.direction !== 'stopped');
    void sending('audio')?.sender.replaceTrack(audioTrack ?? null);
    const video = sending('video');
    if (!video) {
      if (videoTrack) pc.addTrack(videoTrack);
      return;
    }
    void video.sender.replaceTrack(videoTrack ?? null);
    video.direction = videoTrack ? 'sendrecv' : 'recvonly';
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.watchTimer);
    clearInterval(this.statisticsTimer);
    this.iceServers.stop();
    this.peer?.close();
  }

  // --- the peer ---

  private createPeer(): Peer {
    const { media, iceTransportPolicy, role } = this.options;
    return new Peer({
      polite: role === 'agent',
      configuration: () => ({ iceServers: this.iceServers.current, iceTransportPolicy, bundlePolicy: 'max-bundle' }),
      sendDescription: (description) => this.sendDescription(description),
      sendCandidate: (candidate) =>
        this.toPeer((targetUserId) => ({ type: 'ice_candidate', targetUserId, candidate, callId: this.callId })),
      attachMedia: (pc) => {
        if (media.audioTrack) pc.addTrack(media.audioTrack);
        else pc.addTransceiver('audio', { direction: 'sendrecv' });
        if (media.videoTrack) pc.addTrack(media.videoTrack);
      },
      onConnection: () => {
        this.remoteStream = undefined;
        this.meter.restart();
        this.options.onChange();
      },
      onTrack: ({ track }) => this.addRemote(track),
      onStateChange: () => void this.look(),
    });
  }

  private give(peer: Peer, relay: Relay): void {
    if (relay.type === 'ice_candidate') {
      const candidate = parseCandidate(relay.candidate);
      if (candidate) void peer.receiveCandidate(candidate);
      return;
    }
    const description = parseDescription(relay.type === 'webrtc_offer' ? relay.offer : relay.answer);
    if (description) void peer.receive(description);
  }

  private sendDescription(description: Description): void {
    const { callId, role, details } = this.options;
    if (description.type === 'answer') {
      this.toPeer((targetUserId) => ({ type: 'webrtc_answer', targetUserId, answer: description, callId }));
    } else if (this.peerUserId === undefined && role === 'visitor') {
      const { channel, ...about } = details;
      this.options.signalling
        .request({ type: 'webrtc_offer', targetUserId: publicCalls, offer: description, callId, callType: channel, ...about })
        .catch((error: unknown) => this.options.onRefused(codeOf(error)));
    } else {
      this.toPeer((targetUserId) => ({ type: 'webrtc_offer', targetUserId, offer: description, callId }));
    }
  }

  private toPeer(message: (targetUserId: string) => Outgoing): void {
    if (this.peerUserId !== undefined) {
      this.tell(message(this.peerUserId));
      return;
    }
    this.outbox.push(message);
    if (this.outbox.length > limits.earlyCandidatesMax) this.outbox.shift();
  }

  /** Kept until it is answered; a refusal (the call has just ended) is told by the contact's state. */
  private tell(message: Outgoing): void {
    this.options.signalling.request(message).catch(() => undefined);
  }

  private addRemote(track: MediaStreamTrack): void {
    const tracks = (this.remoteStream?.getTracks() ?? []).filter((one) => one.id !== track.id && one.readyState === 'live');
    this.remoteStream = new MediaStream([...tracks, track]);
    for (const event of ['mute', 'unmute', 'ended']) track.addEventListener(event, this.options.onChange);
    this.options.onChange();
  }

  private receiving(kind: 'audio' | 'video'): MediaStreamTrack[] {
    const pc = this.peer?.connection;
    return (this.remoteStream?.getTracks() ?? []).filter((track) => {
      const transceiver = pc?.getTransceivers().find((one) => one.receiver.track === track);
      return track.kind === kind && (transceiver?.currentDirection === 'sendrecv' || transceiver?.currentDirection === 'recvonly');
    });
  }

  /** New credentials: for the paths to come, and at once for a path that runs over a relay with the old ones. */
  private async useNewServers(): Promise<void> {
    const { peer, options } = this;
    if (!peer) return;
    peer.setConfiguration({
      iceServers: this.iceServers.current,
      iceTransportPolicy: options.iceTransportPolicy,
      bundlePolicy: 'max-bundle',
    });
    if (this.peerUserId !== undefined && (await usesRelay(peer.connection))) await peer.restartIce();
  }

  // --- the watch ---

  /** From here on media is to flow. */
  private expectMedia(): void {
    this.watch = { ...startWatch(Date.now()), up: this.watch.up, packets: this.watch.packets };
    if (this.watching) return;
    this.watching = true;
    this.statisticsTimer = setInterval(() => void this.measure(), limits.statisticsMs);
    void this.look();
  }

  private async look(): Promise<void> {
    clearTimeout(this.watchTimer);
    if (this.closed || !this.watching) return;
    const { peer } = this;
    const packets = peer ? countersOf(await peer.connection.getStats()).received : 0;
    if (this.closed) return;
    const signalling = this.options.signalling.connection.getSnapshot().status === 'connected';
    const wasUp = this.watch.up;
    const { watch, remedy } = watchMedia(
      this.watch,
      { ice: peer?.connection.iceConnectionState ?? 'new', packets, signalling },
      Date.now(),
    );
    this.watch = watch;
    if (watch.up !== wasUp) {
      this.reportMedia();
      this.options.onChange();
    }
    if (remedy === 'restart') void peer?.restartIce();
    if (remedy === 'rebuild') void peer?.rebuild();
    clearTimeout(this.watchTimer);
    this.watchTimer = setTimeout(() => void this.look(), watch.up ? limits.watchFlowingMs : limits.watchStartingMs);
  }

  private async measure(): Promise<void> {
    const { peer } = this;
    if (!peer) return;
    const quality = this.meter.measure(Date.now(), countersOf(await peer.connection.getStats()));
    if (this.closed) return;
    this.quality = quality;
    this.options.onChange();
  }
}

/** For programs: the server's code, where there is one. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'failed';
}

async function usesRelay(pc: RTCPeerConnection): Promise<boolean> {
  const report = await pc.getStats();
  const relays = new Set<string>();
  const used = new Set<string>();
  report.forEach((entry: Record<string, unknown>) => {
    if (entry.type === 'local-candidate' && entry.candidateType === 'relay') relays.add(String(entry.id));
    if (entry.type === 'candidate-pair' && entry.nominated === true) used.add(String(entry.localCandidateId));
  });
  return [...used].some((id) => relays.has(id));
}
