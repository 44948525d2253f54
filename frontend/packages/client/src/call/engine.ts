import type { AgentView, Channel, ContactView } from '@calldocker/protocol';
import { Emitter, Store } from '../observable.ts';
import { resumeLink } from '../signalling/resume-link.ts';
import type { Outgoing, Signalling } from '../signalling/types.ts';
import {
  callStateOf,
  concerns,
  contactFor,
  type Doing,
  type InContact,
  isOver,
  isTalk,
  isWaiting,
  leaving,
  type MediaPath,
  wantsMedia,
} from './call-state.ts';
import { ChatHistory } from './chat-history.ts';
import { agentControls, type Desk, supervisorControls, visitorControls } from './commands.ts';
import type { AgentControls, SupervisorControls, VisitorControls } from './controls.ts';
import { problemOf } from './devices.ts';
import { EarlyRelays, type Relay } from './early-relays.ts';
import { speaks } from './leg-plan.ts';
import { codeOf, Legs } from './legs.ts';
import { LevelMeter } from './levels.ts';
import { LocalMedia } from './local-media.ts';
import { Notes } from './notes.ts';
import { Ringing } from './ringing.ts';
import type {
  Attempt,
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
import { Voicemail } from './voicemail.ts';

/** The call engine of a page. It begins to follow the connection at once; connect the signalling afterwards. */
export function createCallEngine(options: CallEngineOptions): CallEngine {
  const engine = new Engine(options);
  const { desk, notes } = engine;
  const watch = (on: boolean): Promise<boolean> => engine.watchCompany(on);
  return Object.assign(engine, visitorControls(desk), agentControls(desk, notes), supervisorControls(desk, watch));
}

type Core = Omit<CallEngine, keyof VisitorControls | keyof AgentControls | keyof SupervisorControls>;

class Engine implements Core {
  readonly desk: Desk;
  readonly notes: Notes;
  private readonly options: CallEngineOptions;
  private readonly signalling: Signalling;
  private readonly events = new Emitter<CallEvents>();
  private readonly meter = new LevelMeter();
  private readonly media: LocalMedia;
  private readonly ringing = new Ringing(() => this.publish());
  private readonly voicemail = new Voicemail(() => this.voicemailChanged());
  private readonly early = new EarlyRelays();
  private readonly chat: ChatHistory;
  private readonly stops: (() => void)[];
  private readonly store: Store<CallSnapshot>;
  private doing: Doing = { kind: 'nothing' };
  private details: Omit<StartCall, 'channel'> = {};
  private active: Legs | undefined;
  private wasUp = false;
  private mediaReady = false;
  private mediaProblem: MediaProblem | undefined;
  /** The contact that was asked for here: the other side offers, or waits for us, by itself. */
  private expected: string | undefined;
  /** Visitor: the contact whose form is open. */
  private form: string | undefined;
  /** Visitor: has left the place in the queue to be kept, or has come back to it, or to a callback, with a click. */
  private attending: { readonly callId: string; readonly here: boolean } | undefined;
  /** Agent: the last that was heard. */
  private agent: AgentView | undefined;
  /** Supervisor: the company is being watched. */
  private watching = false;
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
    const { signalling } = this;
    this.desk = {
      signalling,
      command: (message, what) => this.command(message, what),
      callId: () => (this.doing.kind === 'call' ? this.doing.callId : undefined),
      expect: (callId) => this.expect(callId),
    };
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
      signalling.on('webrtc_offer', (message) => this.relayed(message)),
      signalling.on('webrtc_answer', (message) => this.relayed(message)),
      signalling.on('ice_candidate', (message) => this.relayed(message)),
      signalling.on('contact_offered', ({ contact }) => this.events.emit('offered', { contact })),
      signalling.on('contact_revoked', ({ callId, reason }) => {
        if (!this.ringing.isAccepting(callId)) this.events.emit('revoked', { callId, reason });
      }),
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
    if (this.inCall()) return;
    const callId = crypto.randomUUID();
    this.details = details;
    this.form = callId;
    this.setDoing(beginning(callId, channel, true));
    const opened = await this.command({ type: 'open_contact', callId, callType: channel, ...details }, 'start');
    if (!opened && this.form === callId) await this.hangUp();
  }

  async checkLine(channel: Channel): Promise<void> {
    if (this.inCall()) return;
    if (await this.prepare(channel)) this.setDoing({ kind: 'line_check', channel });
  }

  async startCall({ channel, ...details }: StartCall): Promise<void> {
    if (this.inCall()) return;
    if (!(await this.prepare(channel))) return;
    this.details = details;
    const callId = this.form ?? crypto.randomUUID();
    this.form = undefined;
    this.setDoing(beginning(callId, channel, false));
    this.carry(callId, channel, undefined, true);
  }

  async keepPlace(): Promise<string | undefined> {
    const { doing } = this;
    const handover = this.signalling.handover();
    if (doing.kind !== 'call' || !doing.contact || !isWaiting(doing.contact) || !handover) return undefined;
    if (!(await this.command({ type: 'keep_place', callId: doing.callId }, 'place'))) return undefined;
    this.attending = { callId: doing.callId, here: false };
    this.rest();
    this.publish();
    return resumeLink(location.href, handover);
  }

  returnToPlace(): Promise<void> {
    return this.attend('place');
  }

  answerCallback(): Promise<void> {
    return this.attend('callback');
  }

  /** The visitor is here, and wants to be heard. */
  private async attend(what: Attempt): Promise<void> {
    const { doing } = this;
    if (doing.kind !== 'call' || this.active) return;
    void this.meter.unlock();
    const problem = await this.media.openMicrophone();
    if (problem) {
      this.tellProblem('microphone', problem);
      return;
    }
    this.attending = { callId: doing.callId, here: true };
    await this.command({ type: 'claim_media', callId: doing.callId }, what);
    this.follow();
  }

  async startVoicemail(details?: Omit<StartCall, 'channel' | 'language'>): Promise<void> {
    const { doing } = this;
    const waits = doing.kind === 'call' && !isOver(doing) && (!doing.contact || !isTalk(doing.contact));
    if (this.inCall() && !waits) return;
    if (waits) {
      void this.meter.unlock();
      this.tellProblem('voicemail', await this.media.openMicrophone());
      if (this.doing !== doing && this.inTalk()) return;
    } else if (!(await this.prepare('voice'))) return;
    if (details) this.details = details;
    const { audioTrack } = this.media;
    if (!audioTrack) return;
    if (!waits) this.setDoing(beginning(this.form ?? crypto.randomUUID(), 'voice', true));
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
    if (!this.active) this.media.releaseAll(false);
    if (this.isUnheardOf()) this.setDoing({ kind: 'nothing' });
  }

  async sendVoicemail(): Promise<boolean> {
    const { doing, options, details } = this;
    if (doing.kind !== 'call' || !options.voicemails) return false;
    const { callId } = doing;
    const { language: _, ...about } = details;
    try {
      return await this.voicemail.send(options.voicemails, (recordingId, durationMs) =>
        this.command({ type: 'leave_voicemail', callId, recordingId, durationMs, ...about }, 'voicemail'),
      );
    } catch (error) {
      this.events.emit('problem', { what: 'voicemail', code: codeOf(error) });
      return false;
    }
  }

  private voicemailChanged(): void {
    if (this.voicemail.recording?.stage === 'recorded' && !this.active) this.media.releaseAll(false);
    this.publish();
  }

  /** A message is spoken that belongs to no contact yet. */
  private isUnheardOf(): boolean {
    const { doing } = this;
    return doing.kind === 'call' && doing.form === true && doing.contact === undefined && this.form !== doing.callId;
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
    if (!contact || this.inCall() || this.ringing.accepting) return;
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
    this.expected = callId;
    void this.meter.unlock();
  }

  // --- both ---

  async hangUp(): Promise<void> {
    const { doing, form } = this;
    if (doing.kind === 'call' && doing.contact?.state === 'wrapup') return;
    const live = doing.kind === 'call' && doing.endedAt === undefined && !this.isUnheardOf();
    this.voicemail.discard();
    this.form = undefined;
    if (live) {
      this.finish({ ...doing, hungUp: true });
      await this.command(leaving(doing), 'hang_up');
      return;
    }
    this.setDoing({ kind: 'nothing' });
    this.media.releaseAll(this.mediaReady);
    if (form !== undefined) await this.command({ type: 'end_contact', callId: form }, 'hang_up');
  }

  dismiss(): void {
    const { phase } = this.getSnapshot().call;
    if (phase === 'prequeue' || phase === 'wrapup' || this.inCall()) return;
    this.voicemail.discard();
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
    this.active?.applySound();
    const { doing } = this;
    const party = doing.kind === 'call' && (doing.contact?.you === 'visitor' || doing.contact?.you === 'agent');
    if (party && this.inTalk()) void this.command({ type: 'set_muted', callId: doing.callId, muted }, 'mute');
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
    this.notes.stop();
    this.chat.stop();
    this.ringing.stop();
    this.voicemail.discard();
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
    const current = doing.kind === 'call' && !isOver(doing) ? doing : undefined;
    const contact = contactFor(live, this.options.role, current?.callId);
    const next = current?.contact?.state === 'wrapup' && contact !== undefined && contact.callId !== current.callId;
    if (current && !next) this.followCall(current, contact);
    else if (contact && this.isToJoin(contact)) this.join(contact);
    else if (doing.kind === 'call') this.learnHowItEnded(doing, live.contacts[doing.callId]);
    this.ringing.follow(live);
    this.followIntent(live.agent);
    this.publish();
  }

  private followCall(doing: InContact, contact: ContactView | undefined): void {
    if (contact?.callId !== doing.callId) {
      // The server does not know it (yet). One that it did know is over, or is someone else's now.
      if (doing.contact !== undefined && !this.signalling.live.getSnapshot().stale) this.finish(doing);
      return;
    }
    const talked = doing.contact !== undefined && isTalk(doing.contact);
    const endedAt = contact.state === 'wrapup' && talked ? Date.now() : doing.endedAt;
    const next = { ...doing, contact, channel: contact.channel, endedAt };
    this.doing = next;
    if (contact.state === 'closed' || !concerns(contact, this.options.role)) this.finish(next);
    else this.carryOrNot(contact, doing.contact);
  }

  private isToJoin(contact: ContactView): boolean {
    if (contact.state === 'closed' || !concerns(contact, this.options.role)) return false;
    if (contact.state === 'prequeue' && this.doing.kind !== 'nothing') return false; // its line is being checked
    return contact.callId !== this.endedCallId || contact.state === 'wrapup';
  }

  /** A contact of ours that this page does not know: it was accepted just now, or the page was reloaded. */
  private join(contact: ContactView): void {
    const { doing } = this;
    const begun = doing.kind === 'call' && doing.callId === contact.callId ? doing : beginning(contact.callId, contact.channel, false);
    this.doing = { ...begun, contact };
    if (contact.state === 'prequeue') this.form = contact.callId;
    this.carryOrNot(contact, undefined);
  }

  private learnHowItEnded(doing: InContact, contact: ContactView | undefined): void {
    if (contact?.state === 'closed') this.doing = { ...doing, contact };
  }

  private carryOrNot(contact: ContactView, before: ContactView | undefined): void {
    const { role } = this.options;
    const waiting = isWaiting(contact);
    if (isTalk(contact) && this.voicemail.recording) this.voicemail.discard();
    const attending = this.attending?.callId === contact.callId ? this.attending.here : undefined;
    if (!wantsMedia(contact, role, { attending, carrying: this.active !== undefined })) {
      this.rest();
      return;
    }
    if (!contact.mediaOwner && !(waiting && this.active)) {
      this.letGo();
      // Nobody carries it: the page that did is gone.
      if (contact.lost.includes(role)) this.claim(contact.callId);
      return;
    }
    if (this.active) {
      this.active.follow(contact, false);
      if (before && !speaks(before, role) && speaks(contact, role)) void this.openMicrophone();
      return;
    }
    // Who comes to a call that lives offers: the other side waits for nobody else.
    const comesBack = this.expected !== contact.callId;
    if (comesBack && contact.muted?.includes(role)) this.media.setMuted(true);
    this.carry(contact.callId, contact.channel, contact, comesBack);
  }

  /** Somebody else has changed the intent, or a call has: the microphone is not kept open for nothing. */
  private followIntent(agent: AgentView | undefined): void {
    const lost = this.agent?.intent === 'available' && agent !== undefined && agent.intent !== 'available' && agent.reason !== 'SYS_LOST';
    this.agent = agent;
    if (!lost || this.inTalk()) return;
    this.media.releaseAll(false);
    this.setMediaReady(false, undefined);
  }

  private relayed(message: Relay): void {
    if (message.callId === undefined || message.callId === this.endedCallId) return;
    if (message.callId === this.active?.callId) this.active.receive(message);
    else this.early.add(message);
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
    if (this.watching) void this.watchCompany(true);
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

  private carry(callId: string, channel: Channel, contact: ContactView | undefined, comesBack: boolean): void {
    this.wasUp = false;
    const active = new Legs({
      callId,
      role: this.options.role,
      details: { channel, ...this.details },
      signalling: this.signalling,
      media: this.media,
      audioContext: () => this.meter.context,
      early: this.early,
      iceTransportPolicy: this.options.iceTransportPolicy ?? 'all',
      holdMusic: this.options.holdMusic,
      onChange: () => this.publish(),
      onRefused: (code) => this.refused(callId, code),
    });
    this.active = active;
    active.follow(contact, comesBack);
    void this.begin(active, speaks(contact, this.options.role));
  }

  private async begin(active: Legs, needsMicrophone: boolean): Promise<void> {
    void this.meter.unlock();
    if (needsMicrophone) await this.openMicrophone();
    if (this.active === active) await active.start();
  }

  private async openMicrophone(): Promise<void> {
    this.tellProblem('microphone', await this.media.openMicrophone());
  }

  private refused(callId: string, code: string): void {
    const { doing } = this;
    if (doing.kind !== 'call' || doing.callId !== callId || doing.contact !== undefined) return;
    this.events.emit('problem', { what: 'start', code });
    this.letGo();
    this.media.releaseAll(false);
    this.setDoing({ kind: 'nothing' });
  }

  /** Nothing is to be heard or seen for now. */
  private rest(): void {
    if (!this.active) return;
    this.letGo();
    this.media.releaseAll(this.mediaReady);
  }

  private letGo(): void {
    this.active?.close();
    if (this.active) this.early.forget(this.active.callId);
    this.active = undefined;
  }

  private finish(doing: InContact): void {
    this.letGo();
    this.notes.flush();
    this.endedCallId = doing.callId;
    this.form = undefined;
    this.doing = this.getSnapshot().call.phase === 'wrapup' ? { kind: 'nothing' } : { ...doing, endedAt: Date.now() };
    this.media.releaseAll(this.mediaReady);
    this.publish();
  }

  private tracksChanged(): void {
    this.active?.applySound();
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

  /** Something is going on that a new call must not displace. */
  private inCall(): boolean {
    if (this.doing.kind !== 'call' || this.voicemail.recording?.stage === 'sent') return false;
    const { phase } = callStateOf(this.doing, this.options.role, this.path(), 0, this.voicemail.recording);
    return phase !== 'ended' && phase !== 'prequeue' && phase !== 'wrapup';
  }

  private inTalk(): boolean {
    const { doing } = this;
    return doing.kind === 'call' && !isOver(doing) && doing.contact !== undefined && isTalk(doing.contact);
  }

  private path(): MediaPath {
    const { doing, active, wasUp } = this;
    // A message that was left is played, not called.
    if (doing.kind === 'call' && doing.contact?.channel === 'voicemail') return { here: true, up: true, wasUp: true };
    return { here: active !== undefined, up: active?.shown?.up ?? false, wasUp };
  }

  private setDoing(doing: Doing): void {
    this.doing = doing;
    this.publish();
  }

  private compose(): CallSnapshot {
    const live = this.signalling.live.getSnapshot();
    const { doing } = this;
    const contact = doing.kind === 'call' ? doing.contact : undefined;
    const shown = this.active?.shown;
    return {
      connection: this.signalling.connection.getSnapshot(),
      stale: live.stale,
      call: callStateOf(doing, this.options.role, this.path(), live.clockOffsetMs, this.voicemail.recording),
      offers: this.ringing.offers(live, Date.now()),
      agent: live.agent,
      mediaReady: this.mediaReady,
      mediaProblem: this.mediaProblem,
      media: {
        ...this.media.snapshot.getSnapshot(),
        remoteStream: shown?.remoteStream,
        remoteVideo: shown?.remoteVideo ?? false,
      },
      devices: this.media.devices.snapshot.getSnapshot(),
      quality: shown?.quality,
      legs: this.active?.all.map((leg) => leg.snapshot) ?? [],
      chat: (contact && live.chats[contact.callId]?.lines) ?? [],
      notes: this.notes.snapshot(contact),
      directory: live.directory,
      liveView: this.watching ? live.company : undefined,
    };
  }

  private publish(): void {
    if (this.destroyed) return;
    this.meter.watch('local', this.media.audioTrack);
    this.meter.watch('remote', this.active?.shown?.remoteAudioTrack);
    const before = this.store.getSnapshot();
    const after = this.compose();
    this.store.set(after);
    this.tellTransition(before.call, after.call);
  }

  private tellTransition(before: CallState, after: CallState): void {
    if (before.phase === after.phase) return;
    switch (after.phase) {
      case 'connected':
      case 'held':
        if (before.phase === 'connected' || before.phase === 'held') break;
        this.events.emit(this.wasUp ? 'recovered' : 'connected', { callId: after.callId });
        this.wasUp = true;
        break;
      case 'reconnecting':
        this.events.emit('reconnecting', { callId: after.callId, lost: after.lost });
        break;
      case 'ended':
      case 'wrapup':
        if (before.phase === 'ended') break;
        this.events.emit('ended', { callId: after.callId, endReason: after.endReason, endedBy: after.endedBy });
        break;
      default:
        break;
    }
  }

  private tellProblem(what: Attempt, problem: MediaProblem | undefined): void {
    if (problem) this.events.emit('problem', { what, code: problem });
  }

  /** @returns whether it took effect; if not, the `problem` event has told why */
  private async command(message: Outgoing, what: Attempt): Promise<boolean> {
    try {
      await this.signalling.request(message);
      return true;
    } catch (error) {
      this.events.emit('problem', { what, code: codeOf(error) });
      return false;
    }
  }
}

function beginning(callId: string, channel: Channel, form: boolean): InContact {
  return { kind: 'call', callId, channel, since: Date.now(), contact: undefined, endedAt: undefined, form };
}
