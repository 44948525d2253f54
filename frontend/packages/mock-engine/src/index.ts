import type {
  CallEngine,
  CallEvents,
  CallSnapshot,
  CallState,
  DevicesSnapshot,
  Handing,
  Levels,
  MediaSnapshot,
  Offer,
  PlaceLink,
  QueueStatus,
  Recording,
  StartCall,
} from '@calldocker/client';

type ContactView = Offer['contact'];

const devices: DevicesSnapshot = {
  microphones: [
    { id: 'mic-1', label: 'Headset microphone' },
    { id: 'mic-2', label: 'Built-in microphone' },
  ],
  cameras: [{ id: 'cam-1', label: 'Front camera' }],
  speakers: [{ id: 'out-1', label: 'Headset' }],
  chosen: { microphone: 'mic-1', camera: 'cam-1', speaker: 'out-1' },
};

const media: MediaSnapshot = {
  microphone: 'live',
  muted: false,
  camera: 'off',
  screen: 'off',
  localVideo: undefined,
  remoteStream: undefined,
  remotePicture: undefined,
};

/** What the pages show before anything has happened. */
export const idle: CallSnapshot = {
  connection: { status: 'connected' },
  stale: false,
  call: { phase: 'idle' },
  offers: [],
  agent: undefined,
  mediaReady: false,
  mediaProblem: undefined,
  media,
  devices,
  quality: undefined,
  legs: [],
  chat: [],
  notes: undefined,
  unsavedNotes: [],
  directory: undefined,
  liveView: undefined,
};

export function contact(changes: Partial<ContactView> = {}): ContactView {
  return {
    callId: 'call-1',
    state: 'connected',
    channel: 'voice',
    visitor: { userId: 'visitor-1', name: 'Mia Berger', page: 'https://shop.example/checkout?step=2' },
    agent: { userId: 'agent-1', name: 'Amina Diallo' },
    you: 'visitor',
    mediaOwner: true,
    needsOffer: false,
    createdAt: '2026-05-04T10:00:00.000Z',
    lost: [],
    ...changes,
  };
}

/** What rings, as the engine would show it. */
export function offer(view: Partial<ContactView> = {}, changes: Partial<Offer> = {}): Offer {
  const ringing = contact({ state: 'offering', you: 'offered', mediaOwner: false, ...view });
  return {
    contact: ringing,
    kind: ringing.offer?.kind ?? 'contact',
    since: Date.now(),
    expiresAt: undefined,
    accepting: false,
    ...changes,
  };
}

const toText = (to: Handing): string => ('queueId' in to ? `queue ${to.queueId}` : `agent ${to.agentId}`);

/**
 * An engine that does what a test or a story tells it: `show` changes what the page sees, `emit` fires an event, and
 * `calls` lists what the page asked for. It has no media and no network.
 */
export class MockEngine implements CallEngine {
  readonly calls: string[] = [];
  /** What the next commands come to. */
  succeeds = true;
  /** What `queueStatus` answers. */
  queue: QueueStatus | undefined = { queueId: 'support', name: 'Support', open: true, staffed: true, callback: true, voicemail: true };
  private snapshot: CallSnapshot;
  private readonly listeners = new Set<() => void>();
  private readonly levelListeners = new Set<(levels: Levels) => void>();
  private readonly handlers = new Map<keyof CallEvents, Set<(payload: never) => void>>();

  constructor(changes: Partial<CallSnapshot> = {}) {
    this.snapshot = { ...idle, ...changes };
  }

  readonly getSnapshot = (): CallSnapshot => this.snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  show(changes: Partial<CallSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...changes };
    for (const listener of [...this.listeners]) listener();
  }

  showCall(call: CallState): void {
    this.show({ call });
  }

  showMedia(changes: Partial<MediaSnapshot>): void {
    this.show({ media: { ...this.snapshot.media, ...changes } });
  }

  emit<E extends keyof CallEvents>(event: E, payload: CallEvents[E]): void {
    for (const handler of [...(this.handlers.get(event) ?? [])]) (handler as (payload: CallEvents[E]) => void)(payload);
  }

  sound(levels: Levels): void {
    for (const listener of [...this.levelListeners]) listener(levels);
  }

  on<E extends keyof CallEvents>(event: E, handler: (payload: CallEvents[E]) => void): () => void {
    const set = this.handlers.get(event) ?? new Set();
    this.handlers.set(event, set.add(handler));
    return () => set.delete(handler);
  }

  onLevels(listener: (levels: Levels) => void): () => void {
    this.levelListeners.add(listener);
    return () => this.levelListeners.delete(listener);
  }

  audioContext(): AudioContext | undefined {
    return undefined;
  }

  private async ask(what: string, ...details: (string | undefined)[]): Promise<boolean> {
    this.calls.push([what, ...details].filter((part) => part !== undefined && part !== '').join(' '));
    return this.succeeds;
  }

  async openContact(call: StartCall): Promise<void> {
    await this.ask('openContact', call.channel, call.queueId);
    this.showCall({ phase: 'prequeue', callId: 'call-1', channel: call.channel, contact: undefined });
  }

  async queueStatus(queueId?: string): Promise<QueueStatus | undefined> {
    await this.ask('queueStatus', queueId);
    return this.queue;
  }

  forgetUnsavedNotes(callId: string): void {
    this.calls.push(`forgetUnsavedNotes ${callId}`);
  }

  readonly serverNow = (): number => Date.now();

  async keepPlace(): Promise<PlaceLink | undefined> {
    if (!(await this.ask('keepPlace'))) return undefined;
    return { url: 'https://shop.example/checkout#calldocker=c0de', expiresAt: Date.now() + 7_200_000 };
  }

  async returnToPlace(): Promise<void> {
    await this.ask('returnToPlace');
  }

  callbackReached(): Promise<boolean> {
    return this.ask('callbackReached');
  }

  requestCallback(callback: { phone?: string; note?: string } = {}): Promise<boolean> {
    return this.ask('requestCallback', callback.phone, callback.note);
  }

  async answerCallback(): Promise<void> {
    await this.ask('answerCallback');
  }

  rate(rating: number, comment?: string): Promise<boolean> {
    return this.ask('rate', String(rating), comment);
  }

  async startVoicemail(): Promise<void> {
    await this.ask('startVoicemail');
    const since = Date.now();
    this.showRecording({ stage: 'recording', since, endsAt: since + 120_000 });
  }

  stopVoicemail(): void {
    void this.ask('stopVoicemail');
    this.showRecording({ stage: 'recorded', url: 'data:audio/wav;base64,', durationMs: 12_000 });
  }

  discardVoicemail(): void {
    void this.ask('discardVoicemail');
    this.showCall({ phase: 'idle' });
  }

  async sendVoicemail(): Promise<boolean> {
    const sent = await this.ask('sendVoicemail');
    if (sent) this.showRecording({ stage: 'sent' });
    return sent;
  }

  private showRecording(recording: Recording): void {
    this.showCall({ phase: 'voicemail', callId: 'call-1', channel: 'voice', recording });
  }

  cancelNextIntent(): Promise<boolean> {
    return this.ask('cancelNextIntent');
  }

  hold(): Promise<boolean> {
    return this.ask('hold');
  }

  resume(): Promise<boolean> {
    return this.ask('resume');
  }

  sendKeypad(digits: string): Promise<boolean> {
    return this.ask('sendKeypad', digits);
  }

  sendChat(text: string): Promise<boolean> {
    return this.ask('sendChat', text);
  }

  transfer(to: Handing): Promise<boolean> {
    return this.ask('transfer', toText(to), to.note);
  }

  consult(whom: Handing): Promise<boolean> {
    return this.ask('consult', toText(whom), whom.note);
  }

  cancelConsult(): Promise<boolean> {
    return this.ask('cancelConsult');
  }

  completeTransfer(): Promise<boolean> {
    return this.ask('completeTransfer');
  }

  startConference(): Promise<boolean> {
    return this.ask('startConference');
  }

  requeue(queueId?: string): Promise<boolean> {
    return this.ask('requeue', queueId);
  }

  setNotes(text: string): void {
    void this.ask('setNotes', text);
    this.show({ notes: { callId: 'call-1', text, saved: false } });
  }

  setDisposition(disposition: string): Promise<boolean> {
    return this.ask('setDisposition', disposition);
  }

  extendWrapUp(): Promise<boolean> {
    return this.ask('extendWrapUp');
  }

  endWrapUp(): Promise<boolean> {
    return this.ask('endWrapUp');
  }

  loadDirectory(): Promise<boolean> {
    return this.ask('loadDirectory');
  }

  watchLive(on: boolean): Promise<boolean> {
    return this.ask('watchLive', String(on));
  }

  supervise(callId: string, mode: string): Promise<boolean> {
    return this.ask('supervise', callId, mode);
  }

  takeOverContact(callId: string): Promise<boolean> {
    return this.ask('takeOverContact', callId);
  }

  forceIntent(forced: { agentId: string; intent: string; reason?: string; note: string }): Promise<boolean> {
    return this.ask('forceIntent', forced.agentId, forced.intent, forced.reason, forced.note);
  }

  requeueContact(one: { callId: string; queueId?: string }): Promise<boolean> {
    return this.ask('requeueContact', one.callId, one.queueId);
  }

  reassignContact(one: { callId: string; agentId: string }): Promise<boolean> {
    return this.ask('reassignContact', one.callId, one.agentId);
  }

  endWrapUpOf(one: { callId: string; agentId: string }): Promise<boolean> {
    return this.ask('endWrapUpOf', one.callId, one.agentId);
  }

  async checkLine(channel: StartCall['channel']): Promise<void> {
    this.calls.push(`checkLine ${channel}`);
    this.showCall({ phase: 'line_check', channel });
  }

  async startCall(call: StartCall): Promise<void> {
    this.calls.push(`startCall ${call.channel} ${call.name ?? ''}`.trim());
  }

  async goAvailable(): Promise<void> {
    this.calls.push('goAvailable');
  }

  async goNotReady(reason?: string): Promise<void> {
    this.calls.push(`goNotReady ${reason ?? ''}`.trim());
  }

  async goOffline(): Promise<void> {
    this.calls.push('goOffline');
  }

  async accept(callId: string): Promise<void> {
    this.calls.push(`accept ${callId}`);
  }

  async decline(callId: string): Promise<void> {
    this.calls.push(`decline ${callId}`);
  }

  async hangUp(): Promise<void> {
    this.calls.push('hangUp');
  }

  dismiss(): void {
    this.calls.push('dismiss');
    this.showCall({ phase: 'idle' });
  }

  async takeOver(): Promise<void> {
    this.calls.push('takeOver');
  }

  setMuted(muted: boolean): void {
    this.calls.push(`setMuted ${muted}`);
    this.showMedia({ muted });
  }

  async setCamera(on: boolean): Promise<void> {
    this.calls.push(`setCamera ${on}`);
    this.showMedia({ camera: on ? 'on' : 'off' });
  }

  async startScreenShare(): Promise<void> {
    this.calls.push('startScreenShare');
    this.showMedia({ screen: 'on' });
  }

  async stopScreenShare(): Promise<void> {
    this.calls.push('stopScreenShare');
    this.showMedia({ screen: 'off' });
  }

  async chooseDevice(kind: string, id: string): Promise<void> {
    this.calls.push(`chooseDevice ${kind} ${id}`);
  }

  destroy(): void {
    this.calls.push('destroy');
  }
}
