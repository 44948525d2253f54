import type { Channel, ContactView } from '@calldocker/protocol';
import { Emitter, Store } from '../observable.ts';
import type { Outgoing, Signalling } from '../signalling/types.ts';
import { ActiveCall, type Relay } from './active-call.ts';
import { callStateOf, contactFor, type Doing } from './call-state.ts';
import { LevelMeter } from './levels.ts';
import { LocalMedia } from './local-media.ts';
import type {
  CallEngine,
  CallEngineOptions,
  CallEvents,
  CallSnapshot,
  CallState,
  DeviceKind,
  Levels,
  MediaProblem,
  StartCall,
} from './types.ts';

/** The call engine of a page. It begins to follow the connection at once; connect the signalling afterwards. */
export function createCallEngine(options: CallEngineOptions): CallEngine {
  return new Engine(options);
}

class Engine implements CallEngine {
  private readonly options: CallEngineOptions;
  private readonly signalling: Signalling;
  private readonly events = new Emitter<CallEvents>();
  private readonly meter = new LevelMeter();
  private readonly media: LocalMedia;
  private readonly stops: (() => void)[];
  private readonly store: Store<CallSnapshot>;
  private doing: Doing = { kind: 'nothing' };
  private details: Omit<StartCall, 'channel'> = {};
  private active: ActiveCall | undefined;
  private wasUp = false;
  private mediaReady = false;
  private mediaProblem: MediaProblem | undefined;
  /** Agent: contacts whose accept is not answered yet, and since when contacts ring. */
  private readonly accepting = new Set<string>();
  private readonly ringingSince = new Map<string, number>();
  /** Agent: the contact that this page has accepted; its offer comes by itself. */
  private acceptedHere: string | undefined;
  /** The call that this page has ended: nothing that comes late brings it back. */
  private endedCallId: string | undefined;
  private destroyed = false;

  constructor(options: CallEngineOptions) {
    this.options = options;
    this.signalling = options.signalling;
    this.media = new LocalMedia({
      onTracks: () => this.tracksChanged(),
      onDeviceLost: (event) => this.events.emit('device_lost', event),
    });
    this.store = new Store(this.compose());
    const { signalling } = this;
    this.stops = [
      signalling.live.subscribe(() => this.follow()),
      signalling.connection.subscribe(() => this.publish()),
      this.media.snapshot.subscribe(() => this.publish()),
      this.media.devices.snapshot.subscribe(() => this.publish()),
      signalling.on('webrtc_offer', (message) => this.relayed(message)),
      signalling.on('webrtc_answer', (message) => this.relayed(message)),
      signalling.on('ice_candidate', (message) => this.relayed(message)),
      signalling.on('contact_offered', ({ contact }) => this.events.emit('offered', { contact })),
      signalling.on('contact_revoked', ({ callId, reason }) => {
        if (!this.accepting.has(callId)) this.events.emit('revoked', { callId, reason });
      }),
      signalling.on('session_reset', ({ reason }) => this.startedOver(reason === 'epoch')),
    ];
    this.follow();
  }

  // --- what a page reads ---

  readonly getSnapshot = (): CallSnapshot => this.store.getSnapshot();
  readonly subscribe = (listener: () => void): (() => void) => this.store.subscribe(listener);

  on<E extends keyof CallEvents>(event: E, handler: (payload: CallEvents[E]) => void): () => void {
    return this.events.on(event, handler);
  }

  onLevels(listener: (levels: Levels) => void): () => void {
    return this.meter.listen(listener);
  }

  audioContext(): AudioContext | undefined {
    return this.meter.context;
  }

  // --- visitor ---

  async checkLine(channel: Channel): Promise<void> {
    if (this.inCall()) return;
    if (await this.prepare(channel)) this.setDoing({ kind: 'line_check', channel });
  }

  async startCall({ channel, ...details }: StartCall): Promise<void> {
    if (this.inCall()) return;
    if (!(await this.prepare(channel))) return;
    this.details = details;
    const callId = crypto.randomUUID();
    this.setDoing({ kind: 'call', callId, channel, since: Date.now(), contact: undefined, endedAt: undefined });
    this.carry(callId, channel, true);
  }

  /** @returns whether the devices are open and the person still wants them */
  private async prepare(channel: Channel): Promise<boolean> {
    const preparing: Doing = { kind: 'preparing', channel };
    this.setDoing(preparing);
    void this.meter.unlock();
    const problem = (await this.media.openMicrophone()) ?? (channel === 'video' ? await this.media.setCamera(true) : undefined);
    if (this.doing !== preparing) return false;
    if (problem) this.setDoing({ kind: 'blocked', channel, problem });
    return problem === undefined;
  }

  // --- agent ---

  async goAvailable(): Promise<void> {
    const unlocking = this.meter.unlock();
    const problem = await this.media.openMicrophone();
    await unlocking;
    this.setMediaReady(problem === undefined, problem);
    if (problem === undefined) await this.command({ type: 'set_agent_intent', intent: 'available' }, 'intent');
    else this.events.emit('problem', { what: 'microphone', code: problem });
  }

  async goNotReady(reason?: string): Promise<void> {
    await this.leaveAvailable('not_ready', reason);
  }

  async goOffline(): Promise<void> {
    await this.leaveAvailable('offline', undefined);
  }

  private async leaveAvailable(intent: 'not_ready' | 'offline', reason: string | undefined): Promise<void> {
    if (!this.inCall()) {
      this.setMediaReady(false, undefined);
      this.media.releaseAll(false);
    }
    await this.command({ type: 'set_agent_intent', intent, ...(reason === undefined ? {} : { reason }) }, 'intent');
  }

  async accept(callId: string): Promise<void> {
    const contact = this.signalling.live.getSnapshot().offers[callId];
    if (!contact || this.inCall() || this.accepting.size > 0) return;
    this.accepting.add(callId);
    this.acceptedHere = callId;
    this.publish();
    void this.meter.unlock();
    const problem = await this.media.openMicrophone();
    if (problem) this.events.emit('problem', { what: 'accept', code: problem });
    const won = problem === undefined && (await this.command({ type: 'accept_contact', callId }, 'accept'));
    this.accepting.delete(callId);
    if (won) this.events.emit('revoked', { callId, reason: 'accepted' });
    this.follow();
  }

  async decline(callId: string, reason?: string): Promise<void> {
    await this.command({ type: 'decline_contact', callId, ...(reason === undefined ? {} : { reason }) }, 'decline');
  }

  // --- both ---

  async hangUp(): Promise<void> {
    const { doing } = this;
    if (doing.kind !== 'call' || doing.endedAt !== undefined) {
      this.setDoing({ kind: 'nothing' });
      this.media.releaseAll(this.mediaReady);
      return;
    }
    this.finish({ ...doing, hungUp: true });
    await this.command({ type: 'end_contact', callId: doing.callId }, 'hang_up');
  }

  dismiss(): void {
    if (this.inCall()) return;
    this.setDoing({ kind: 'nothing' });
    this.media.releaseAll(this.mediaReady);
  }

  async takeOver(): Promise<void> {
    const { doing } = this;
    if (doing.kind !== 'call' || this.active) return;
    void this.meter.unlock();
    await this.command({ type: 'claim_media', callId: doing.callId }, 'start');
  }

  setMuted(muted: boolean): void {
    this.media.setMuted(muted);
  }

  async setCamera(on: boolean): Promise<void> {
    this.tellProblem('camera', await this.media.setCamera(on));
  }

  async startScreenShare(): Promise<void> {
    this.tellProblem('screen', await this.media.startScreen());
  }

  stopScreenShare(): Promise<void> {
    this.media.stopScreen();
    return Promise.resolve();
  }

  async chooseDevice(kind: DeviceKind, id: string): Promise<void> {
    this.tellProblem('device', await this.media.choose(kind, id));
  }

  destroy(): void {
    this.destroyed = true;
    for (const stop of this.stops) stop();
    this.active?.close();
    this.media.destroy();
    this.meter.close();
  }

  // --- following the server ---

  /** Brings this page in line with what the server says. Called after every message. */
  private follow(): void {
    if (this.destroyed) return;
    const live = this.signalling.live.getSnapshot();
    const { doing } = this;
    const current = doing.kind === 'call' && doing.endedAt === undefined ? doing : undefined;
    const contact = contactFor(live, this.options.role, current?.callId);
    if (current) this.followCall(current, contact);
    else if (contact && contact.state !== 'closed' && contact.callId !== this.endedCallId) this.join(contact);
    else if (doing.kind === 'call') this.learnHowItEnded(doing, live.contacts[doing.callId]);
    for (const callId of this.ringingSince.keys()) if (!(callId in live.offers)) this.ringingSince.delete(callId);
    for (const callId of Object.keys(live.offers)) if (!this.ringingSince.has(callId)) this.ringingSince.set(callId, Date.now());
    this.publish();
  }

  private followCall(doing: Extract<Doing, { kind: 'call' }>, contact: ContactView | undefined): void {
    if (contact?.callId !== doing.callId) {
      // The server does not know it (yet). One that it did know is over, or is someone else's now.
      if (doing.contact !== undefined && !this.signalling.live.getSnapshot().stale) this.finish(doing);
      return;
    }
    const next = { ...doing, contact, channel: contact.channel };
    this.doing = next;
    if (contact.state === 'closed' || !this.concerns(contact)) this.finish(next);
    else this.carryOrNot(contact, doing.contact);
  }

  /** A contact of ours that this page does not know: it was accepted just now, or the page was reloaded. */
  private join(contact: ContactView): void {
    if (!this.concerns(contact)) return;
    this.doing = { kind: 'call', callId: contact.callId, channel: contact.channel, since: Date.now(), contact, endedAt: undefined };
    this.carryOrNot(contact, undefined);
  }

  private learnHowItEnded(doing: Extract<Doing, { kind: 'call' }>, contact: ContactView | undefined): void {
    if (contact?.state === 'closed') this.doing = { ...doing, contact };
  }

  /** An agent is done with a contact that has gone back to the queue. */
  private concerns(contact: ContactView): boolean {
    if (this.options.role === 'visitor') return contact.you === 'visitor';
    return contact.you === 'agent' && (contact.state === 'connecting' || contact.state === 'connected');
  }

  private carryOrNot(contact: ContactView, before: ContactView | undefined): void {
    const visitor = this.options.role === 'visitor';
    const waiting = contact.state === 'queued' || contact.state === 'offering';
    if (!contact.mediaOwner && !(waiting && this.active)) {
      this.letGo();
      // Nobody carries it: the page that did is gone.
      if (contact.lost.includes(this.options.role)) this.claim(contact.callId);
      return;
    }
    const isNew = this.active === undefined;
    // Who comes to a call that lives offers: the other side waits for nobody else.
    if (isNew) this.carry(contact.callId, contact.channel, visitor || this.acceptedHere !== contact.callId);
    const peerUser = visitor ? contact.agent?.userId : contact.visitor.userId;
    if (waiting && before?.agent) this.active?.clearPeerUser();
    else if (peerUser !== undefined && !waiting) this.active?.setPeerUser(peerUser);
    const asked = before?.needsOffer === true && before.agent?.userId === peerUser;
    if (visitor && contact.needsOffer && !waiting && !isNew && !asked) this.active?.offerAgain();
  }

  private relayed(message: Relay): void {
    const { doing } = this;
    if (doing.kind === 'call' && message.callId === doing.callId) this.active?.receive(message);
  }

  /** A snapshot has replaced what was known; `restarted`: the server has forgotten what this page had told it. */
  private startedOver(restarted: boolean): void {
    const live = this.signalling.live.getSnapshot();
    const { doing, active } = this;
    if (active) {
      const contact = live.contacts[active.callId];
      if (restarted && contact && !contact.mediaOwner) this.claim(active.callId);
      active.reportMedia();
    }
    if (this.options.role === 'agent') void this.restoreReadiness(live.agent?.intent === 'available' || doing.kind === 'call');
  }

  /** After a reload the microphone opens without a click, where the browser lets it. */
  private async restoreReadiness(wanted: boolean): Promise<void> {
    if (wanted && !this.mediaReady) {
      const unlocking = this.meter.unlock();
      const problem = await this.media.openMicrophone();
      this.setMediaReady(problem === undefined && (await unlocking), problem, true);
    } else {
      this.setMediaReady(this.mediaReady, this.mediaProblem, true);
    }
  }

  private claim(callId: string): void {
    void this.command({ type: 'claim_media', callId }, 'start');
  }

  // --- carrying a call ---

  private carry(callId: string, channel: Channel, offers: boolean): void {
    this.wasUp = false;
    const active = new ActiveCall({
      callId,
      role: this.options.role,
      details: { channel, ...this.details },
      signalling: this.signalling,
      media: this.media,
      iceTransportPolicy: this.options.iceTransportPolicy ?? 'all',
      onChange: () => this.publish(),
      onRefused: (code) => this.refused(callId, code),
    });
    this.active = active;
    void this.begin(active, offers);
  }

  private async begin(active: ActiveCall, offers: boolean): Promise<void> {
    void this.meter.unlock();
    const problem = await this.media.openMicrophone();
    this.tellProblem('microphone', problem);
    if (this.active === active) await active.start(offers);
  }

  private refused(callId: string, code: string): void {
    const { doing } = this;
    if (doing.kind !== 'call' || doing.callId !== callId || doing.contact !== undefined) return;
    this.events.emit('problem', { what: 'start', code });
    this.letGo();
    this.media.releaseAll(false);
    this.setDoing({ kind: 'nothing' });
  }

  private letGo(): void {
    this.active?.close();
    this.active = undefined;
  }

  private finish(doing: Extract<Doing, { kind: 'call' }>): void {
    this.letGo();
    this.endedCallId = doing.callId;
    this.doing = { ...doing, endedAt: Date.now() };
    this.media.releaseAll(this.mediaReady);
    this.publish();
  }

  private tracksChanged(): void {
    this.active?.updateTracks();
    if (this.mediaReady && this.media.snapshot.getSnapshot().microphone === 'lost') this.setMediaReady(false, 'no_device');
    this.publish();
  }

  private setMediaReady(ready: boolean, problem: MediaProblem | undefined, tellAgain = false): void {
    const changed = ready !== this.mediaReady;
    this.mediaReady = ready;
    this.mediaProblem = problem;
    if (changed || tellAgain) void this.command({ type: 'set_media_ready', ready }, 'microphone');
    this.publish();
  }

  // --- the snapshot ---

  private inCall(): boolean {
    return this.doing.kind === 'call' && callStateOf(this.doing, this.options.role, this.path(), 0).phase !== 'ended';
  }

  private path() {
    return { here: this.active !== undefined, up: this.active?.up ?? false };
  }

  private setDoing(doing: Doing): void {
    this.doing = doing;
    this.publish();
  }

  private compose(): CallSnapshot {
    const live = this.signalling.live.getSnapshot();
    // What cannot be answered now does not ring: the server may be offering it to someone else.
    const offers = Object.values(live.offers)
      .filter(({ callId }) => !live.stale || this.accepting.has(callId))
      .map((contact) => ({
        contact,
        since: this.ringingSince.get(contact.callId) ?? Date.now(),
        accepting: this.accepting.has(contact.callId),
      }));
    return {
      connection: this.signalling.connection.getSnapshot(),
      stale: live.stale,
      call: callStateOf(this.doing, this.options.role, this.path(), live.clockOffsetMs),
      offers,
      agent: live.agent,
      mediaReady: this.mediaReady,
      mediaProblem: this.mediaProblem,
      media: {
        ...this.media.snapshot.getSnapshot(),
        remoteStream: this.active?.remoteStream,
        remoteVideo: this.active?.remoteVideo ?? false,
      },
      devices: this.media.devices.snapshot.getSnapshot(),
      quality: this.active?.quality,
    };
  }

  private publish(): void {
    if (this.destroyed) return;
    this.meter.watch('local', this.media.audioTrack);
    this.meter.watch('remote', this.active?.remoteAudioTrack);
    const before = this.store.getSnapshot();
    const after = this.compose();
    this.store.set(after);
    this.tellTransition(before.call, after.call);
  }

  private tellTransition(before: CallState, after: CallState): void {
    if (before.phase === after.phase || after.phase === 'idle') return;
    const { callId } = after as { callId: string };
    if (after.phase === 'connected') {
      this.events.emit(this.wasUp ? 'recovered' : 'connected', { callId });
      this.wasUp = true;
    } else if (after.phase === 'reconnecting') {
      this.events.emit('reconnecting', { callId, lost: after.lost });
    } else if (after.phase === 'ended') {
      this.events.emit('ended', { callId, endReason: after.endReason, endedBy: after.endedBy });
    }
  }

  private tellProblem(what: CallEvents['problem']['what'], problem: MediaProblem | undefined): void {
    if (problem) this.events.emit('problem', { what, code: problem });
  }

  /** @returns whether it took effect; if not, the `problem` event has told why */
  private async command(message: Outgoing, what: CallEvents['problem']['what']): Promise<boolean> {
    try {
      await this.signalling.request(message);
      return true;
    } catch (error) {
      const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'failed';
      this.events.emit('problem', { what, code });
      return false;
    }
  }
}
