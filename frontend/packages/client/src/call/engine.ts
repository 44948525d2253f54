import type { Channel, ContactView } from '@calldocker/protocol';
import { Emitter, Store } from '../observable.ts';
import { resumeLink } from '../signalling/resume-link.ts';
import type { Outgoing, Signalling } from '../signalling/types.ts';
import { Availability } from './availability.ts';
import {
  callStateOf,
  concerns,
  contactFor,
  type Doing,
  type InContact,
  isOver,
  isTalk,
  isWaiting,
  type MediaPath,
  wantsMedia,
} from './call-state.ts';
import { CarriedCall } from './carried-call.ts';
import { ChatHistory } from './chat-history.ts';
import { agentControls, type Desk, deviceControls, supervisorControls, visitorControls } from './commands.ts';
import type { AgentControls, DeviceControls, SupervisorControls, VisitorControls } from './controls.ts';
import { problemOf } from './devices.ts';
import { codeOf } from './legs.ts';
import { LevelMeter } from './levels.ts';
import { LocalMedia } from './local-media.ts';
import { Notes } from './notes.ts';
import { Ringing } from './ringing.ts';
import { transitionOf } from './transitions.ts';
import type { Attempt, CallEngine, CallEngineOptions, CallEvents, CallSnapshot, Levels, MediaProblem, StartCall } from './types.ts';
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
  private doing: Doing = { kind: 'nothing' };
  private details: Omit<StartCall, 'channel'> = {};
  /** The contact that was asked for here: the other side offers, or waits for us, by itself. */
  private expected: string | undefined;
  /** Visitor: the contact whose form is open. */
  private form: string | undefined;
  /** Visitor: has left the place in the queue to be kept, or has come back to it, or to a callback, with a click. */
  private attending: { readonly callId: string; readonly here: boolean } | undefined;
  /** Supervisor: the company is being watched. */
  private watching = false;
  /** The call that this page has ended or left: nothing that the server says before it knows brings it back. */
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
      tellProblem: (what, problem) => this.tellProblem(what, problem),
    };
    this.voicemail = new Voicemail({
      server: options.voicemails,
      command: (message) => this.desk.command(message, 'voicemail'),
      onFailure: (code) => this.events.emit('problem', { what: 'voicemail', code }),
      onChange: () => this.voicemailChanged(),
    });
    this.carried = new CarriedCall({
      engine: options,
      media: this.media,
      meter: this.meter,
      onChange: () => this.publish(),
      onProblem: (problem) => this.tellProblem('microphone', problem),
      onRefused: (callId, code) => this.refused(callId, code),
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
        if (callId === this.endedCallId) this.endedCallId = undefined; // the server knows
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
    if (this.inCall()) return;
    const callId = crypto.randomUUID();
    this.details = details;
    this.form = callId;
    this.setDoing(beginning(callId, channel, true));
    const opened = await this.command({ type: 'open_contact', callId, callType: channel, ...details }, 'start');
    if (opened || this.form !== callId) return;
    this.form = undefined;
    this.setDoing({ kind: 'nothing' });
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
    this.carried.begin(callId, { channel, ...details }, undefined, true);
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
    if (doing.kind !== 'call' || this.carried.legs) return;
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
    const waits = doing.kind === 'call' && !isOver(doing) && !this.inTalk();
    if (this.inCall() && !waits) return;
    if (waits) {
      void this.meter.unlock();
      this.tellProblem('voicemail', await this.media.openMicrophone());
    } else if (!(await this.prepare('voice'))) {
      return;
    }
    if (this.inTalk()) return; // somebody has answered meanwhile
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
    if (!this.carried.legs) this.media.releaseAll(false);
    if (this.isUnheardOf()) this.setDoing({ kind: 'nothing' });
  }

  sendVoicemail(): Promise<boolean> {
    const { doing } = this;
    const { language: _, ...about } = this.details;
    return doing.kind === 'call' ? this.voicemail.send(doing.callId, about) : Promise.resolve(false);
  }

  private voicemailChanged(): void {
    if (this.voicemail.recording?.stage === 'recorded' && !this.carried.legs) this.media.releaseAll(false);
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

  goAvailable(): Promise<void> {
    return this.availability.goAvailable();
  }

  goNotReady(reason?: string): Promise<void> {
    return this.availability.leave('not_ready', reason, this.inCall());
  }

  goOffline(): Promise<void> {
    return this.availability.leave('offline', undefined, this.inCall());
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
    if (this.endedCallId === callId) this.endedCallId = undefined; // it has come back
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
      this.endedCallId = doing.callId;
      this.finish({ ...doing, hungUp: true });
      await this.command({ type: 'end_contact', callId: doing.callId }, 'hang_up'); // a guest just leaves by it
      return;
    }
    this.setDoing({ kind: 'nothing' });
    this.media.releaseAll(this.availability.ready);
    if (form !== undefined) await this.command({ type: 'end_contact', callId: form }, 'hang_up');
  }

  dismiss(): void {
    const { phase } = this.getSnapshot().call;
    if (phase === 'prequeue' || phase === 'wrapup' || this.inCall()) return;
    this.voicemail.discard();
    this.setDoing({ kind: 'nothing' });
    this.media.releaseAll(this.availability.ready);
  }

  async takeOver(): Promise<void> {
    const { doing } = this;
    if (doing.kind !== 'call' || this.carried.legs) return;
    void this.meter.unlock();
    await this.command({ type: 'claim_media', callId: doing.callId }, 'start');
  }

  setMuted(muted: boolean): void {
    this.media.setMuted(muted);
    this.carried.legs?.applyMedia();
    const { doing } = this;
    const party = doing.kind === 'call' && (doing.contact?.you === 'visitor' || doing.contact?.you === 'agent');
    if (party && this.inTalk()) void this.command({ type: 'set_muted', callId: doing.callId, muted }, 'mute');
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
    const { doing } = this;
    const current = doing.kind === 'call' && !isOver(doing) ? doing : undefined;
    const contact = contactFor(live, this.options.role, current?.callId);
    const next = current?.contact?.state === 'wrapup' && contact !== undefined && contact.callId !== current.callId;
    if (current && !next) this.followCall(current, contact);
    else if (contact && this.isToJoin(contact)) this.join(contact);
    else if (doing.kind === 'call') this.learnHowItEnded(doing, live.contacts[doing.callId]);
    this.ringing.follow(live);
    this.availability.follow(live.agent, this.inTalk());
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
    const isForm = contact.state === 'prequeue';
    const talked = contact.state === 'wrapup' && doing.kind === 'call' && doing.callId === contact.callId;
    this.doing = { ...(talked ? doing : beginning(contact.callId, contact.channel, isForm)), contact };
    if (isForm) this.form = contact.callId;
    this.carryOrNot(contact, undefined);
  }

  private learnHowItEnded(doing: InContact, contact: ContactView | undefined): void {
    if (contact?.state === 'closed') this.doing = { ...doing, contact };
  }

  private carryOrNot(contact: ContactView, before: ContactView | undefined): void {
    const { role } = this.options;
    const waiting = isWaiting(contact) || contact.state === 'prequeue';
    if (isTalk(contact) && this.voicemail.recording) {
      if (this.voicemail.recording.stage !== 'sent') this.events.emit('message_overtaken', { callId: contact.callId });
      this.voicemail.discard();
    }
    const attending = this.attending?.callId === contact.callId ? this.attending.here : undefined;
    if (!wantsMedia(contact, role, { attending, carrying: this.carried.legs !== undefined })) {
      this.rest();
      return;
    }
    if (!contact.mediaOwner && !(waiting && this.carried.legs)) {
      this.carried.end();
      // Nobody carries it: the page that did is gone.
      if (contact.lost.includes(role)) this.claim(contact.callId);
      return;
    }
    if (this.carried.legs) {
      this.carried.follow(contact, before);
      return;
    }
    // Who comes to a call that lives offers: the other side waits for nobody else.
    const comesBack = this.expected !== contact.callId;
    this.expected = undefined;
    if (comesBack && contact.muted?.includes(role)) this.media.setMuted(true);
    this.carried.begin(contact.callId, { channel: contact.channel, ...this.details }, contact, comesBack);
  }

  /** A snapshot has replaced what was known; `restarted`: the server has forgotten what this page had told it. */
  private startedOver(restarted: boolean): void {
    const live = this.signalling.live.getSnapshot();
    const { doing } = this;
    const { legs } = this.carried;
    if (legs) {
      const contact = live.contacts[legs.callId];
      if (restarted && contact && !contact.mediaOwner) this.claim(legs.callId);
      legs.reportMedia();
    }
    if (this.watching) void this.watchCompany(true);
    if (this.options.role === 'agent') void this.availability.restore(live.agent?.intent === 'available' || doing.kind === 'call');
  }

  private claim(callId: string): void {
    void this.command({ type: 'claim_media', callId }, 'start');
  }

  private refused(callId: string, code: string): void {
    const { doing } = this;
    if (doing.kind !== 'call' || doing.callId !== callId || doing.contact !== undefined) return;
    this.events.emit('problem', { what: 'start', code });
    this.carried.end();
    this.media.releaseAll(false);
    this.setDoing({ kind: 'nothing' });
  }

  /** Nothing is to be heard or seen for now. */
  private rest(): void {
    if (!this.carried.legs) return;
    this.carried.end();
    this.media.releaseAll(this.availability.ready);
  }

  private finish(doing: InContact): void {
    this.carried.end();
    this.notes.flush();
    this.form = undefined;
    this.doing = this.getSnapshot().call.phase === 'wrapup' ? { kind: 'nothing' } : { ...doing, endedAt: Date.now() };
    this.media.releaseAll(this.availability.ready);
    this.publish();
  }

  private tracksChanged(): void {
    this.carried.legs?.applyMedia();
    this.availability.followDevices();
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
    const { doing } = this;
    const { legs, wasUp } = this.carried;
    // A message that was left is played, not called.
    if (doing.kind === 'call' && doing.contact?.channel === 'voicemail') return { here: true, up: true, wasUp: true };
    return { here: legs !== undefined, up: legs?.shown?.up ?? false, wasUp };
  }

  private setDoing(doing: Doing): void {
    this.doing = doing;
    this.publish();
  }

  private compose(): CallSnapshot {
    const live = this.signalling.live.getSnapshot();
    const { doing } = this;
    const contact = doing.kind === 'call' ? doing.contact : undefined;
    const { legs } = this.carried;
    const shown = legs?.shown;
    return {
      connection: this.signalling.connection.getSnapshot(),
      stale: live.stale,
      call: callStateOf(doing, this.options.role, this.path(), live.clockOffsetMs, this.voicemail.recording),
      offers: this.ringing.offers(live, Date.now()),
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
