import { type Channel, type ContactView, publicCalls } from '@calldocker/protocol';
import type { Signalling } from '../signalling/types.ts';
import { isQuiet, isWaiting, type Role } from './call-state.ts';
import type { About } from './controls.ts';
import type { Description } from './descriptions.ts';
import type { EarlyRelays, Relay } from './early-relays.ts';
import { IceServers } from './ice-servers.ts';
import { Leg, type LegOptions } from './leg.ts';
import { type LegPlan, legsOf, mediaOf } from './leg-plan.ts';
import type { LocalMedia } from './local-media.ts';
import { Playback } from './playback.ts';

export interface LegsOptions {
  readonly callId: string;
  readonly role: Role;
  /** Visitor: what goes with an offer to the queue. */
  readonly details: About & { readonly channel: Channel };
  readonly signalling: Signalling;
  readonly media: Pick<LocalMedia, 'audioTrack' | 'videoTrack' | 'devices'>;
  /** The page's AudioContext, once a click has made one. */
  readonly audioContext: () => AudioContext | undefined;
  readonly early: EarlyRelays;
  readonly iceTransportPolicy: RTCIceTransportPolicy;
  readonly holdMusic: string | undefined;
  /** Something that the snapshot shows has changed. */
  readonly onChange: () => void;
  /** An offer into the queue was refused. */
  readonly onRefused: (error: unknown) => void;
  /** The server gave no ICE servers; told once. */
  readonly onNoRelay: (error: unknown) => void;
  readonly createConnection?: LegOptions['createConnection'];
}

/**
 * The media of one call as this page carries it, from the first offer until it ends, or moves elsewhere: the connections
 * that the contact asks for, at most one with each person, and which people hear each other on them.
 */
export class Legs {
  private readonly options: LegsOptions;
  private readonly iceServers: IceServers;
  private readonly playback = new Playback();
  private readonly stops: (() => void)[];
  private legs: readonly Leg[] = [];
  private contact: ContactView | undefined;
  /** Those that have not begun. */
  private readonly waiting = new Map<Leg, { readonly offers: boolean }>();
  private ready = false;
  private closed = false;
  private mixer: AudioContext | undefined;

  constructor(options: LegsOptions) {
    this.options = options;
    this.iceServers = new IceServers({
      signalling: options.signalling,
      callId: options.callId,
      onRefreshed: () => {
        for (const leg of this.legs) void leg.useNewServers();
      },
      onRefused: options.onNoRelay,
    });
    this.stops = [options.media.devices.snapshot.subscribe(() => this.play())];
  }

  get callId(): string {
    return this.options.callId;
  }

  /** The one that the page shows: with the other party, or for a guest the one there is. */
  get shown(): Leg | undefined {
    return this.legs[0];
  }

  private get main(): Leg | undefined {
    return this.legs.find((leg) => leg.plan.kind === 'main');
  }

  /** All of them, the shown one first. */
  get all(): readonly Leg[] {
    return this.legs;
  }

  /** Begins, once the devices are open. */
  async start(): Promise<void> {
    await this.iceServers.first();
    this.ready = !this.closed;
    this.begin();
  }

  /**
   * Brings the connections in line with the contact.
   * @param comesBack  this page takes part anew in what goes on already: it offers, because the others wait for nobody
   */
  follow(contact: ContactView | undefined, comesBack: boolean): void {
    const { contact: contactBefore, legs: former, main: mainBefore } = this;
    if (contact === contactBefore && former.length > 0) return;
    this.contact = contact;
    this.legs = legsOf(contact, this.options.role).map((plan) => this.legFor(plan, former, comesBack));
    for (const leg of former) if (!this.legs.includes(leg)) this.drop(leg);
    const { main } = this;
    if (main && main !== mainBefore && former.includes(main)) main.reportMedia(); // it is up already
    if (main && main === mainBefore && this.isToOfferAgain(contact, contactBefore)) main.offerAgain();
    this.begin();
  }

  /** An offer, an answer or a candidate of this call. */
  receive(relay: Relay): void {
    const leg = this.legs.find(({ userId }) => userId === relay.fromUserId) ?? this.legs.find(({ userId }) => userId === undefined);
    if (!leg) {
      this.options.early.add(relay);
      return;
    }
    // The agent who answers the offer in the queue has taken the call.
    if (leg.userId === undefined && relay.type !== 'ice_candidate') leg.follow({ ...leg.plan, userId: relay.fromUserId });
    leg.receive(relay);
  }

  /** Tells the server again how the media is: it may have forgotten. */
  reportMedia(): void {
    this.main?.reportMedia();
  }

  /** Brings what is sent and heard in line with the contact, the devices and each other. */
  applyMedia(): void {
    if (this.closed) return; // tracks end after it, and tell
    const { media, audioContext } = this.options;
    const plans = this.legs.map(({ plan }) => plan);
    const wanted = this.legs.map((leg) => ({ leg, ...mediaOf(this.contact, plans, leg.plan) }));
    for (const { leg, heard } of wanted) leg.hear(heard);
    for (const { leg, own, others: whose, picture } of wanted) {
      const others = whose.flatMap((userId) => this.legs.find((other) => other.userId === userId)?.remoteAudioTrack ?? []);
      const audio = leg.outgoing.track({ microphone: media.audioTrack, own, others, audio: audioContext() });
      leg.send({ audio, video: picture ? media.videoTrack : undefined });
    }
    this.watchMixer(audioContext());
    this.play();
  }

  close(): void {
    this.closed = true;
    for (const stop of this.stops.splice(0)) stop();
    this.mixer?.removeEventListener('statechange', this.mixerChanged);
    this.iceServers.stop();
    this.playback.stop();
    for (const leg of this.legs) leg.close();
  }

  /** The leg of a person stays the same, whatever it is for; the one that waits becomes the one with the agent who takes the call. */
  private legFor(plan: LegPlan, former: readonly Leg[], comesBack: boolean): Leg {
    const known =
      former.find((leg) => leg.userId === plan.userId) ??
      (plan.kind === 'main'
        ? former.find((leg) => leg.plan.kind === 'main' && (leg.userId === undefined || plan.userId === undefined))
        : undefined);
    const leg = known ?? this.create(plan, plan.offers || comesBack);
    leg.follow(plan);
    if (plan.userId !== undefined) for (const relay of this.options.early.take(this.callId, plan.userId)) leg.receive(relay);
    return leg;
  }

  private create(plan: LegPlan, offers: boolean): Leg {
    const { callId, role, signalling, createConnection, iceTransportPolicy } = this.options;
    const withVisitor = role === 'visitor' || plan.kind === 'main' || plan.userId === this.contact?.visitor.userId;
    const leg: Leg = new Leg(plan, {
      callId,
      polite: withVisitor ? role === 'agent' : !plan.offers,
      // A supervisor who only listens sends nothing.
      expectsAudio: () => leg.plan.kind !== 'supervision' || this.contact?.you === 'supervisor',
      signalling,
      configuration: () => ({ iceServers: this.iceServers.current, iceTransportPolicy, bundlePolicy: 'max-bundle' }),
      invite: (offer) => this.invite(offer),
      onChange: () => this.legChanged(),
      onUp: () => {
        if (leg.plan.kind === 'main') leg.reportMedia();
        this.options.onChange();
      },
      createConnection,
    });
    this.waiting.set(leg, { offers });
    return leg;
  }

  private begin(): void {
    this.applyMedia();
    if (!this.ready) return;
    for (const [leg, { offers }] of this.waiting) leg.start(offers);
    this.waiting.clear();
  }

  private drop(leg: Leg): void {
    this.waiting.delete(leg);
    leg.close();
  }

  /** A visitor, once each time: to the agent that the server has no offer for. */
  private isToOfferAgain(contact: ContactView | undefined, before: ContactView | undefined): boolean {
    if (this.options.role !== 'visitor' || !contact?.needsOffer || isWaiting(contact)) return false;
    return !(before?.needsOffer === true && before.agent?.userId === contact.agent?.userId);
  }

  private invite(offer: Description): void {
    const { callId, details, signalling, onRefused } = this.options;
    const { channel, ...about } = details;
    signalling.request({ type: 'webrtc_offer', targetUserId: publicCalls, offer, callId, callType: channel, ...about }).catch(onRefused);
  }

  /** What one connection brings may be passed on to another. */
  private legChanged(): void {
    this.applyMedia();
    this.options.onChange();
  }

  /** A mixer that stops, or begins to run, changes what can be sent. */
  private watchMixer(mixer: AudioContext | undefined): void {
    if (mixer === this.mixer) return;
    this.mixer?.removeEventListener('statechange', this.mixerChanged);
    this.mixer = mixer;
    mixer?.addEventListener('statechange', this.mixerChanged);
  }

  private readonly mixerChanged = (): void => this.applyMedia();

  /** The page plays the leg that it shows; the others, and the music, play here. */
  private play(): void {
    const { holdMusic, media, role } = this.options;
    const sounds: Record<string, MediaStream | string> = {};
    for (const { userId, remoteStream } of this.legs.slice(1)) {
      if (userId !== undefined && remoteStream) sounds[`leg ${userId}`] = remoteStream;
    }
    if (role === 'visitor' && holdMusic !== undefined && this.contact && isQuiet(this.contact)) sounds.music = holdMusic;
    this.playback.play(sounds, media.devices.snapshot.getSnapshot().chosen.speaker);
  }
}
