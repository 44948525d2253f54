import type { Channel } from '@calldocker/protocol';
import { Emitter, Store } from '../observable.ts';
import { makePlaceLink, type PlaceLink } from '../signalling/codes.ts';
import { codeOf, type Outgoing, retryAfterMs, type Signalling } from '../signalling/types.ts';
import { steadyNow } from '../steady.ts';
import { Availability } from './availability.ts';
import { type Doing, isWaiting } from './call-state.ts';
import { CarriedCall } from './carried-call.ts';
import { ChatHistory } from './chat-history.ts';
import { agentControls, type Desk, deviceControls, supervisorControls, visitorControls } from './commands.ts';
import type { AgentControls, DeviceControls, SupervisorControls, VisitorControls } from './controls.ts';
import { CurrentCall } from './current-call.ts';
import { problemOf } from './devices.ts';
import { LevelMeter } from './levels.ts';
import { LocalMedia } from './local-media.ts';
import { Notes } from './notes.ts';
import { Ringing } from './ringing.ts';
import { newTrace } from './trace.ts';
import { transitionOf } from './transitions.ts';
import type { About, Attempt, CallEngine, CallEngineOptions, CallEvents, CallSnapshot, Levels, MediaProblem, StartCall } from './types.ts';
import { Voicemail } from './voicemail.ts';

/** The call engine of a page. It begins to follow the connection at once; connect the signalling afterwards. */
export function createCallEngine(options: CallEngineOptions): CallEngine {
  const engine = new Engine(options);
  const { desk, notes, media } = engine;
  return Object.assign(
    engine,
    deviceControls(desk, media),
    visitorControls(desk),
    agentControls(desk, notes),
    supervisorControls(desk, (on) => engine.watchCompany(on)),
  );
}

type Core = Omit<CallEngine, keyof DeviceControls | keyof VisitorControls | keyof AgentControls | keyof SupervisorControls>;

class Engine implements Core {
  readonly desk: Desk;
  readonly notes: Notes;
  readonly media: LocalMedia;
  private readonly options: CallEngineOptions;
  private readonly signalling: Signalling;
  private readonly events = new Emitter<CallEvents>();
  private readonly meter = new LevelMeter();
  private readonly ringing = new Ringing(() => this.publish());
  private readonly voicemail: Voicemail;
  private readonly carried: CarriedCall;
  private readonly availability: Availability;
  private readonly chat: ChatHistory;
  private readonly stops: (() => void)[];
  private readonly store: Store<CallSnapshot>;
  private readonly current: CurrentCall;
  /** Supervisor: the company is being watched. */
  private watching = false;
  private destroyed = false;

  constructor(options: CallEngineOptions) {
    this.options = options;
    this.signalling = options.signalling;
    this.media = new LocalMedia({
      onTracks: () => this.tracksChanged(),
      onDeviceLost: (event) => this.events.emit('device_lost', event),
    });
    const { signalling } = this;
    this.desk = {
      signalling,
      command: (message, what) => this.command(message, what),
      callId: () => this.current.callId,
      expect: (callId) => this.expect(callId),
      tellProblem: (what, problem) => this.tellProblem(what, problem),
    };
    this.voicemail = new Voicemail({
      server: options.voicemails,
      command: (message) => this.desk.command(message, 'voicemail'),
      onFailure: (error) => this.tellRefusal('voicemail', error),
      onChange: () => this.voicemailChanged(),
    });
    this.carried = new CarriedCall({
      engine: options,
      media: this.media,
      meter: this.meter,
      onChange: () => this.publish(),
      onProblem: (problem) => this.tellProblem('microphone', problem),
      onRefused: (callId, error) => this.refused(callId, error),
      onNoRelay: (error) => this.tellRefusal('relay', error),
    });
    this.current = new CurrentCall({
      role: options.role,
      signalling,
      carried: this.carried,
      voicemail: this.voicemail,
      releaseMedia: () => this.media.releaseAll(this.availability.ready),
      setMuted: (muted) => this.media.setMuted(muted),
      claim: (callId) => this.claim(callId),
      onFinished: () => this.notes.flush(),
      onOvertaken: (callId) => this.events.emit('message_overtaken', { callId }),
      onChange: () => this.publish(),
    });
    this.availability = new Availability({
      media: this.media,
      meter: this.meter,
      command: this.desk.command,
      onProblem: (problem) => this.tellProblem('microphone', problem),
      onChange: () => this.publish(),
    });
    this.notes = new Notes(
      (callId, notes) => this.command({ type: 'set_notes', callId, notes }, 'notes'),
      () => this.publish(),
    );
    this.chat = new ChatHistory(signalling);
    this.store = new Store(this.compose());
    this.stops = [
      signalling.live.subscribe(() => this.follow()),
      signalling.connection.subscribe(() => this.publish()),
      this.media.snapshot.subscribe(() => this.publish()),
      this.media.devices.snapshot.subscribe(() => this.publish()),
      signalling.on('webrtc_offer', (message) => this.carried.receive(message)),
      signalling.on('webrtc_answer', (message) => this.carried.receive(message)),
      signalling.on('ice_candidate', (message) => this.carried.receive(message)),
      signalling.on('contact_offered', ({ contact }) => this.events.emit('offered', { contact })),
      signalling.on('contact_revoked', ({ callId, reason }) => {
        this.current.forgetEnded(callId);
        // Who has been in the contact, or has wrapped it up, hears in the same words that it is over.
        if (this.ringing.hasStopped(callId) && !this.ringing.isAccepting(callId)) this.events.emit('revoked', { callId, reason });
      }),
      signalling.on('consult_ended', ({ callId, colleague, reason }) => this.events.emit('consult_ended', { callId, colleague, reason })),
      signalling.on('chat_message', ({ callId, message }) => {
        if (message.from.userId !== signalling.live.getSnapshot().identity?.userId) this.events.emit('chat', { callId, message });
      }),
      signalling.on('keypad', ({ callId, party, digits }) => this.events.emit('keypad', { callId, party, digits })),
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

  async openContact({ channel, ...details }: StartCall): Promise<void> {
    if (this.current.isBusy) return;
    const callId = crypto.randomUUID();
    const about = { ...details, trace: newTrace() };
    this.current.about = about;
    this.current.openTheForm(callId, channel);
    const opened = await this.command({ type: 'open_contact', callId, callType: channel, ...about }, 'start');
    if (!opened) this.current.closeTheForm(callId);
  }

  async checkLine(channel: Channel): Promise<void> {
    if (this.current.isBusy) return;
    if (await this.prepare(channel)) this.current.do({ kind: 'line_check', channel });
  }

  async startCall({ channel, ...details }: StartCall): Promise<void> {
    if (this.current.isBusy) return;
    if (!(await this.prepare(channel))) return;
    const about = { ...details, trace: newTrace() };
    this.current.about = about;
    const { form } = this.current;
    const callId = form ?? crypto.randomUUID();
    // The server gives its relays to the contacts that it knows.
    if (form === undefined) this.open(callId, channel, about);
    this.current.call(callId, channel);
  }

  /** Nothing waits for the answer: what follows stays behind it, in order. */
  private open(callId: string, callType: Channel, about: About): void {
    const opening = this.signalling.request({ type: 'open_contact', callId, callType, ...about });
    opening.catch((error: unknown) => this.refused(callId, error));
  }

  async keepPlace(): Promise<PlaceLink | undefined> {
    const { callId, contact, isPending } = this.current;
    if (callId === undefined || !contact || !isPending || !isWaiting(contact)) return undefined;
    if (!(await this.command({ type: 'keep_place', callId }, 'place'))) return undefined;
    this.current.attend(callId, false);
    this.publish();
    return this.makeLink();
  }

  private async makeLink(): Promise<PlaceLink | undefined> {
    const { server } = this.options;
    const handover = this.signalling.handover();
    if (server === undefined || handover === undefined) return undefined;
    try {
      return await makePlaceLink(server, location.href, handover);
    } catch (error) {
      this.tellRefusal('link', error);
      return undefined;
    }
  }

  returnToPlace(): Promise<void> {
    return this.attend('place');
  }

  answerCallback(): Promise<void> {
    return this.attend('callback');
  }

  /** The visitor is here, and wants to be heard. */
  private async attend(what: Attempt): Promise<void> {
    const { callId } = this.current;
    if (callId === undefined || this.carried.legs) return;
    void this.meter.unlock();
    const problem = await this.media.openMicrophone();
    if (problem) {
      this.tellProblem('microphone', problem);
      return;
    }
    this.current.attend(callId, true);
    await this.command({ type: 'claim_media', callId }, what);
    this.follow();
  }

  async startVoicemail(details?: Omit<StartCall, 'channel' | 'language'>): Promise<void> {
    const waits = this.current.isPending;
    if (this.current.isBusy && !waits) return;
    if (waits) {
      void this.meter.unlock();
      this.tellProblem('voicemail', await this.media.openMicrophone());
    } else if (!(await this.prepare('voice'))) {
      return;
    }
    if (this.current.isTalking) return; // somebody has answered meanwhile
    if (details) this.current.about = details;
    const { audioTrack } = this.media;
    if (!audioTrack) return;
    if (!waits) this.current.beginMessage();
    try {
      this.voicemail.start(audioTrack);
    } catch (error) {
      this.tellProblem('voicemail', problemOf(error));
      this.discardVoicemail();
    }
  }

  stopVoicemail(): void {
    this.voicemail.stop();
  }

  discardVoicemail(): void {
    this.voicemail.discard();
    if (!this.carried.legs) this.media.releaseAll(false);
    if (this.current.isUnheardOf) this.current.do({ kind: 'nothing' });
  }

  sendVoicemail(): Promise<boolean> {
    const { callId } = this.current;
    const { language: _, ...about } = this.current.about;
    return callId === undefined ? Promise.resolve(false) : this.voicemail.send(callId, { ...about, trace: newTrace() });
  }

  private voicemailChanged(): void {
    if (this.voicemail.recording?.stage === 'recorded' && !this.carried.legs) this.media.releaseAll(false);
    this.publish();
  }

  /** @returns whether the devices are open and the person still wants them */
  private async prepare(channel: Channel): Promise<boolean> {
    const preparing: Doing = { kind: 'preparing', channel };
    this.current.do(preparing);
    void this.meter.unlock();
    const problem = (await this.media.openMicrophone()) ?? (channel === 'video' ? await this.media.setCamera(true) : undefined);
    if (this.current.doing !== preparing) return false;
    if (problem) this.current.do({ kind: 'blocked', channel, problem });
    return problem === undefined;
  }

  // --- agent ---

  goAvailable(): Promise<void> {
    return this.availability.goAvailable();
  }

  goNotReady(reason?: string): Promise<void> {
    return this.availability.leave('not_ready', reason, this.current.isBusy);
  }

  goOffline(): Promise<void> {
    return this.availability.leave('offline', undefined, this.current.isBusy);
  }

  async accept(callId: string): Promise<void> {
    const contact = this.signalling.live.getSnapshot().offers[callId];
    if (!contact || this.current.isBusy || this.ringing.accepting) return;
    this.ringing.beginAccept(callId);
    this.expect(callId);
    this.publish();
    const problem = await this.media.openMicrophone();
    if (problem) this.events.emit('problem', { what: 'accept', code: problem });
    const won = problem === undefined && (await this.command({ type: 'accept_contact', callId }, 'accept'));
    this.ringing.endAccept(callId);
    if (won) this.events.emit('revoked', { callId, reason: 'accepted' });
    this.follow();
  }

  async decline(callId: string, reason?: string): Promise<void> {
    await this.command({ type: 'decline_contact', callId, ...(reason === undefined ? {} : { reason }) }, 'decline');
  }

  // --- supervisor ---

  watchCompany(on: boolean): Promise<boolean> {
    this.watching = on;
    this.publish();
    return this.command({ type: 'watch_live', watch: on }, 'live');
  }

  private expect(callId: string): void {
    this.current.expect(callId);
    void this.meter.unlock();
  }

  // --- both ---

  async hangUp(): Promise<void> {
    if (this.current.contact?.state === 'wrapup') return;
    const callId = this.current.hangUp();
    if (callId !== undefined) await this.command({ type: 'end_contact', callId }, 'hang_up'); // a guest just leaves by it
  }

  dismiss(): void {
    const { phase } = this.getSnapshot().call;
    if (phase === 'prequeue' || phase === 'wrapup' || this.current.isBusy) return;
    this.voicemail.discard();
    this.current.do({ kind: 'nothing' });
    this.media.releaseAll(this.availability.ready);
  }

  async takeOver(): Promise<void> {
    const { callId } = this.current;
    if (callId === undefined || this.carried.legs) return;
    void this.meter.unlock();
    await this.command({ type: 'claim_media', callId }, 'start');
  }

  setMuted(muted: boolean): void {
    this.media.setMuted(muted);
    this.carried.legs?.applyMedia();
    const { callId, contact, isTalking } = this.current;
    const party = contact?.you === 'visitor' || contact?.you === 'agent';
    if (callId !== undefined && party && isTalking) void this.command({ type: 'set_muted', callId, muted }, 'mute');
  }

  destroy(): void {
    this.destroyed = true;
    for (const stop of this.stops) stop();
    this.notes.stop();
    this.chat.stop();
    this.ringing.stop();
    this.voicemail.discard();
    this.carried.end();
    this.media.destroy();
    this.meter.close();
  }

  // --- following the server ---

  /** Brings this page in line with what the server says. Called after every message. */
  private follow(): void {
    if (this.destroyed) return;
    const live = this.signalling.live.getSnapshot();
    this.current.follow();
    this.ringing.follow(live);
    this.availability.follow(live.agent, this.current.isTalking);
    if (this.options.role === 'agent') this.availability.followCall(this.isElsewhere);
    this.publish();
  }

  /** A snapshot has replaced what was known; `restarted`: the server has forgotten what this page had told it. */
  private startedOver(restarted: boolean): void {
    const live = this.signalling.live.getSnapshot();
    const { legs } = this.carried;
    if (legs) {
      const contact = live.contacts[legs.callId];
      if (restarted && contact && !contact.mediaOwner) this.claim(legs.callId);
      legs.reportMedia();
    }
    if (this.watching) void this.watchCompany(true);
    const busy = live.agent?.intent === 'available' || this.current.callId !== undefined;
    if (this.options.role === 'agent') void this.availability.restore(busy && !this.isElsewhere);
  }

  /** Another tab carries the call. */
  private get isElsewhere(): boolean {
    return this.current.state.phase === 'elsewhere';
  }

  private claim(callId: string): void {
    void this.command({ type: 'claim_media', callId }, 'start');
  }

  private refused(callId: string, error: unknown): void {
    const begun = this.current.contact !== undefined;
    if (!this.current.refuse(callId)) return;
    this.tellRefusal('start', error);
    if (begun) this.signalling.request({ type: 'end_contact', callId }).catch(() => undefined); // nobody would ever end it
  }

  private tracksChanged(): void {
    this.carried.legs?.applyMedia();
    this.availability.followDevices();
    this.publish();
  }

  // --- the snapshot ---

  private compose(): CallSnapshot {
    const live = this.signalling.live.getSnapshot();
    const { contact } = this.current;
    const { legs } = this.carried;
    const shown = legs?.shown;
    return {
      connection: this.signalling.connection.getSnapshot(),
      stale: live.stale,
      call: this.current.state,
      offers: this.ringing.offers(live, steadyNow()),
      agent: live.agent,
      mediaReady: this.availability.ready,
      mediaProblem: this.availability.problem,
      media: {
        ...this.media.snapshot.getSnapshot(),
        remoteStream: shown?.remoteStream,
        remotePicture: legs?.pictured?.remoteStream,
      },
      devices: this.media.devices.snapshot.getSnapshot(),
      quality: shown?.quality,
      legs: legs?.all.map((leg) => leg.snapshot) ?? [],
      chat: (contact && live.chats[contact.callId]?.lines) ?? [],
      notes: this.notes.snapshot(contact),
      unsavedNotes: this.notes.unsaved,
      directory: live.directory,
      liveView: this.watching ? live.company : undefined,
    };
  }

  private publish(): void {
    if (this.destroyed) return;
    this.meter.watch('local', this.media.audioTrack);
    this.meter.watch('remote', this.carried.legs?.shown?.remoteAudioTrack);
    const before = this.store.getSnapshot();
    const after = this.compose();
    this.store.set(after);
    const told = transitionOf(before.call, after.call, this.carried.wasUp);
    if (after.call.phase === 'connected' || after.call.phase === 'held') this.carried.wasUp = true;
    if (told) this.events.emit(told[0], told[1] as never);
  }

  private tellProblem(what: Attempt, problem: MediaProblem | undefined): void {
    if (problem) this.events.emit('problem', { what, code: problem });
  }

  private tellRefusal(what: Attempt, error: unknown): void {
    const afterMs = retryAfterMs(error);
    this.events.emit('problem', { what, code: codeOf(error), ...(afterMs === undefined ? {} : { retryAfterMs: afterMs }) });
  }

  /** @returns whether it took effect; if not, the `problem` event has told why */
  private async command(message: Outgoing, what: Attempt): Promise<boolean> {
    try {
      await this.signalling.request(message);
      return true;
    } catch (error) {
      this.tellRefusal(what, error);
      return false;
    }
  }
}
