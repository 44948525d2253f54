import { Store } from '../observable.ts';
import { steadyNow } from '../steady.ts';
import { agentControls } from './agent.ts';
import { callControls, deviceControls } from './call-controls.ts';
import { snapshotOf } from './compose.ts';
import { refuse } from './entering.ts';
import type { CallEvents } from './events.ts';
import { followNews } from './news.ts';
import { makeParts, type Parts } from './parts.ts';
import type { CallSnapshot } from './snapshot.ts';
import { supervisorControls } from './supervisor.ts';
import { transitionOf } from './transitions.ts';
import type { CallEngine, CallEngineOptions, Levels } from './types.ts';
import { visitorControls } from './visitor.ts';

/** The call engine of a page. It begins to follow the connection at once; connect the signalling afterwards. */
export function createCallEngine(options: CallEngineOptions): CallEngine {
  const engine = new Engine(options);
  const { parts } = engine;
  return Object.assign(
    engine,
    callControls(parts),
    deviceControls(parts),
    visitorControls(parts),
    agentControls(parts),
    supervisorControls(parts),
  );
}

/** Joins the parts of one page: what the server says goes in, snapshots and events come out. */
class Engine {
  readonly parts: Parts;
  private readonly store: Store<CallSnapshot>;
  private readonly stops: readonly (() => void)[];
  private destroyed = false;

  constructor(options: CallEngineOptions) {
    this.parts = makeParts(options, {
      follow: () => this.follow(),
      publish: () => this.publish(),
      refused: (callId, error) => refuse(this.parts, callId, error),
    });
    this.store = new Store(this.compose());
    const { signalling, media, carried } = this.parts;
    this.stops = [
      signalling.live.subscribe(() => this.follow()),
      signalling.connection.subscribe(() => this.publish()),
      media.snapshot.subscribe(() => this.publish()),
      media.devices.snapshot.subscribe(() => this.publish()),
      signalling.on('webrtc_offer', (message) => carried.receive(message)),
      signalling.on('webrtc_answer', (message) => carried.receive(message)),
      signalling.on('ice_candidate', (message) => carried.receive(message)),
      ...followNews(this.parts),
      signalling.on('session_reset', ({ reason }) => this.startedOver(reason === 'epoch')),
    ];
    this.follow();
  }

  readonly getSnapshot = (): CallSnapshot => this.store.getSnapshot();
  readonly subscribe = (listener: () => void): (() => void) => this.store.subscribe(listener);

  on<E extends keyof CallEvents>(event: E, handler: (payload: CallEvents[E]) => void): () => void {
    return this.parts.events.on(event, handler);
  }

  onLevels(listener: (levels: Levels) => void): () => void {
    return this.parts.meter.listen(listener);
  }

  audioContext(): AudioContext | undefined {
    return this.parts.meter.context;
  }

  destroy(): void {
    this.destroyed = true;
    for (const stop of this.stops) stop();
    const { notes, chat, ringing, voicemail, carried, media, meter } = this.parts;
    notes.stop();
    chat.stop();
    ringing.stop();
    voicemail.discard();
    carried.end();
    media.destroy();
    meter.close();
  }

  /** Brings this page in line with what the server says. Called after every message. */
  private follow(): void {
    if (this.destroyed) return;
    const { options, signalling, current, ringing, availability } = this.parts;
    const live = signalling.live.getSnapshot();
    current.follow();
    ringing.follow(live);
    availability.follow(live.agent, current.isTalking);
    if (options.role === 'agent') availability.followCall(current.isElsewhere);
    this.publish();
  }

  /** A snapshot has replaced what was known; `restarted`: the server has forgotten what this page had told it. */
  private startedOver(restarted: boolean): void {
    const { options, signalling, current, carried, availability, company } = this.parts;
    const live = signalling.live.getSnapshot();
    const { legs } = carried;
    if (legs) {
      const contact = live.contacts[legs.callId];
      if (restarted && contact && !contact.mediaOwner) current.claim(legs.callId);
      legs.reportMedia();
    }
    company.restore();
    const isBusy = live.agent?.intent === 'available' || current.callId !== undefined;
    if (options.role === 'agent') void availability.restore(isBusy && !current.isElsewhere);
  }

  private publish(): void {
    if (this.destroyed) return;
    const { meter, media, carried, events } = this.parts;
    meter.watch('local', media.audioTrack);
    meter.watch('remote', carried.legs?.shown?.remoteAudioTrack);
    const before = this.store.getSnapshot();
    const after = this.compose();
    this.store.set(after);
    const told = transitionOf(before.call, after.call, carried.wasUp);
    if (after.call.phase === 'connected' || after.call.phase === 'held') carried.wasUp = true;
    if (told) events.emit(told[0], told[1] as never);
  }

  private compose(): CallSnapshot {
    const { signalling, current, carried, ringing, availability, media, notes, company } = this.parts;
    const live = signalling.live.getSnapshot();
    const { contact } = current;
    return snapshotOf({
      connection: signalling.connection.getSnapshot(),
      live,
      contact,
      call: current.state,
      offers: ringing.offers(live, steadyNow()),
      mediaReady: availability.ready,
      mediaProblem: availability.problem,
      media: media.snapshot.getSnapshot(),
      devices: media.devices.snapshot.getSnapshot(),
      legs: carried.legs?.all ?? [],
      notes: notes.snapshot(contact),
      unsavedNotes: notes.unsaved,
      watching: company.isOn,
    });
  }
}
