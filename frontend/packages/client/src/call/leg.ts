import { limits } from '../limits.ts';
import type { Outgoing, Signalling } from '../signalling/types.ts';
import { steadyNow } from '../steady.ts';
import { type Description, parseCandidate, parseDescription } from './descriptions.ts';
import type { Relay } from './early-relays.ts';
import type { LegPlan } from './leg-plan.ts';
import { startWatch, type Watch, watchMedia } from './media-watch.ts';
import { OutgoingAudio } from './outgoing-audio.ts';
import { Peer } from './peer.ts';
import { QualityMeter } from './quality.ts';
import type { LegSnapshot, Quality } from './snapshot.ts';
import { countersOf, usesRelay } from './statistics.ts';

export interface LegOptions {
  readonly callId: string;
  /** Gives way when both sides offer at once; on each connection one side does. */
  readonly polite: boolean;
  /** The other side always sends, so that silence is a loss. */
  readonly expectsAudio: () => boolean;
  readonly signalling: Signalling;
  readonly configuration: () => RTCConfiguration;
  /** Puts an offer into the queue, while nobody is at the other end. */
  readonly invite: (offer: Description) => void;
  /** Something that the snapshot shows has changed. */
  readonly onChange: () => void;
  /** What comes in has begun, or ended. */
  readonly onUp: () => void;
  /** Default `new RTCPeerConnection`. */
  readonly createConnection?: ((configuration: RTCConfiguration) => RTCPeerConnection) | undefined;
}

/** What is sent now. */
export interface Sending {
  readonly audio: MediaStreamTrack | undefined;
  readonly video: MediaStreamTrack | undefined;
}

/** The media between this page and one other of a call: negotiated, watched and mended, whatever it is for. */
export class Leg {
  readonly outgoing = new OutgoingAudio();
  remoteStream: MediaStream | undefined;
  quality: Quality | undefined;
  plan: LegPlan;
  private readonly options: LegOptions;
  private readonly meter = new QualityMeter();
  private peer: Peer | undefined;
  private sending: Sending = { audio: undefined, video: undefined };
  private hearing = true;
  /** What waits until the other side is known. */
  private outbox: ((targetUserId: string) => Outgoing)[] = [];
  /** What came before there was an RTCPeerConnection. */
  private early: Relay[] = [];
  private watch: Watch = startWatch(steadyNow());
  private watching = false;
  private watchTimer: ReturnType<typeof setTimeout> | undefined;
  private statisticsTimer: ReturnType<typeof setInterval> | undefined;
  private closed = false;

  constructor(plan: LegPlan, options: LegOptions) {
    this.plan = plan;
    this.options = options;
  }

  get userId(): string | undefined {
    return this.plan.userId;
  }

  /** Something comes in. */
  get up(): boolean {
    return this.watch.up;
  }

  get remoteVideo(): boolean {
    return this.receiving('video').some((track) => !track.muted);
  }

  get remoteAudioTrack(): MediaStreamTrack | undefined {
    return this.receiving('audio')[0];
  }

  get snapshot(): LegSnapshot {
    const { userId, name, kind, mode } = this.plan;
    return { userId, name, kind, mode, up: this.up };
  }

  /** Begins: as the one who offers, or as the one who waits for an offer. */
  start(offers: boolean): void {
    const peer = this.createPeer();
    this.peer = peer;
    for (const relay of this.early.splice(0)) this.give(peer, relay);
    if (offers) void peer.offer();
    if (this.userId !== undefined) this.expectMedia();
  }

  /** Its purpose has changed, or the person at the other end; nobody: the visitor is back in the queue. */
  follow(plan: LegPlan): void {
    const before = this.plan.userId;
    this.plan = plan;
    if (plan.userId === before) return;
    if (plan.userId === undefined) {
      this.expectNothing();
      return;
    }
    for (const message of this.outbox.splice(0)) this.tell(message(plan.userId));
    this.expectMedia();
  }

  /** The server holds no offer of ours that fits: sends one to the other side. */
  offerAgain(): void {
    void this.peer?.rebuild();
  }

  /** An offer, an answer or a candidate of the other side. */
  receive(relay: Relay): void {
    if (this.peer) {
      this.give(this.peer, relay);
      return;
    }
    this.early.push(relay);
    if (this.early.length > limits.earlyRelaysMax) this.early.shift();
  }

  /** Sends these from now on. */
  send(sending: Sending): void {
    this.sending = sending;
    const pc = this.peer?.connection;
    if (!pc || pc.signalingState === 'closed') return; // the next one begins with it
    const transceiver = (kind: 'audio' | 'video') =>
      pc.getTransceivers().find((one) => one.receiver.track.kind === kind && one.direction !== 'stopped');
    const replace = (sender: RTCRtpSender | undefined, track: MediaStreamTrack | null) => {
      if (sender && sender.track !== track) void sender.replaceTrack(track);
    };
    replace(transceiver('audio')?.sender, sending.audio ?? null);
    const video = transceiver('video');
    if (!video) {
      if (sending.video) pc.addTrack(sending.video);
      return;
    }
    replace(video.sender, sending.video ?? null);
    video.direction = sending.video ? 'sendrecv' : 'recvonly';
  }

  /** Whether what comes in is let through, to the ear and to a mix. */
  hear(hearing: boolean): void {
    this.hearing = hearing;
    for (const track of this.remoteStream?.getAudioTracks() ?? []) track.enabled = hearing;
  }

  /** Tells the server how the media is. */
  reportMedia(): void {
    if (this.userId === undefined) return;
    this.tell({ type: 'media_state', callId: this.options.callId, state: this.watch.up ? 'up' : 'down' });
  }

  /** New credentials: for the paths to come, and at once for a path that runs over a relay with the old ones. */
  async useNewServers(): Promise<void> {
    const { peer } = this;
    if (!peer) return;
    peer.setConfiguration(this.options.configuration());
    if (this.userId !== undefined && usesRelay(await peer.connection.getStats())) await peer.restartIce();
  }

  close(): void {
    this.closed = true;
    this.expectNothing();
    this.peer?.close();
    this.outgoing.stop();
  }

  // --- the peer ---

  private createPeer(): Peer {
    const { polite, configuration, callId, createConnection } = this.options;
    return new Peer({
      polite,
      configuration,
      sendDescription: (description) => this.sendDescription(description),
      sendCandidate: (candidate) => this.toPeer((targetUserId) => ({ type: 'ice_candidate', targetUserId, candidate, callId })),
      attachMedia: (pc) => {
        if (this.sending.audio) pc.addTrack(this.sending.audio);
        else pc.addTransceiver('audio', { direction: 'sendrecv' });
        if (this.sending.video) pc.addTrack(this.sending.video);
      },
      onConnection: () => {
        this.remoteStream = undefined;
        this.meter.restart();
        this.options.onChange();
      },
      onTrack: ({ track }) => this.addRemote(track),
      onStateChange: () => void this.look(),
      ...(createConnection ? { createConnection } : {}),
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
    const { callId, invite } = this.options;
    if (description.type === 'answer') {
      this.toPeer((targetUserId) => ({ type: 'webrtc_answer', targetUserId, answer: description, callId }));
    } else if (this.userId === undefined) {
      invite(description);
    } else {
      this.toPeer((targetUserId) => ({ type: 'webrtc_offer', targetUserId, offer: description, callId }));
    }
  }

  private toPeer(message: (targetUserId: string) => Outgoing): void {
    if (this.userId !== undefined) {
      this.tell(message(this.userId));
      return;
    }
    this.outbox.push(message);
    if (this.outbox.length > limits.earlyCandidatesMax) this.outbox.shift();
  }

  /** Kept until the server answers; the contact's state shows a refusal (the call has just ended). */
  private tell(message: Outgoing): void {
    this.options.signalling.request(message).catch(() => undefined);
  }

  private addRemote(track: MediaStreamTrack): void {
    const tracks = (this.remoteStream?.getTracks() ?? []).filter((one) => one.id !== track.id && one.readyState === 'live');
    this.remoteStream = new MediaStream([...tracks, track]);
    this.hear(this.hearing);
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

  // --- the watch ---

  /** From here on media is to flow. */
  private expectMedia(): void {
    this.watch = { ...startWatch(steadyNow()), up: this.watch.up, packets: this.watch.packets };
    if (this.watching) return;
    this.watching = true;
    this.statisticsTimer = setInterval(() => void this.measure(), limits.statisticsMs);
    void this.look();
  }

  private expectNothing(): void {
    this.watching = false;
    clearTimeout(this.watchTimer);
    clearInterval(this.statisticsTimer);
    this.watch = startWatch(steadyNow());
  }

  private async look(): Promise<void> {
    clearTimeout(this.watchTimer);
    if (this.closed || !this.watching) return;
    const { peer, options } = this;
    const received = peer ? countersOf(await peer.connection.getStats()).received : 0;
    if (this.closed) return;
    const ice = peer?.connection.iceConnectionState ?? 'new';
    // Where nothing need come in, a path that holds counts as much as a packet.
    const packets = options.expectsAudio() ? received : this.watch.packets + (ice === 'connected' || ice === 'completed' ? 1 : 0);
    const signalling = options.signalling.connection.getSnapshot().status === 'connected';
    const wasUp = this.watch.up;
    const { watch, remedy } = watchMedia(this.watch, { ice, packets, signalling }, steadyNow());
    this.watch = watch;
    if (watch.up !== wasUp) options.onUp();
    if (remedy === 'restart') void peer?.restartIce();
    if (remedy === 'rebuild') void peer?.rebuild();
    clearTimeout(this.watchTimer);
    this.watchTimer = setTimeout(() => void this.look(), watch.up ? limits.watchFlowingMs : limits.watchStartingMs);
  }

  private async measure(): Promise<void> {
    const { peer } = this;
    if (!peer) return;
    const quality = this.meter.measure(steadyNow(), countersOf(await peer.connection.getStats()));
    if (this.closed) return;
    this.quality = quality;
    this.options.onChange();
  }
}
