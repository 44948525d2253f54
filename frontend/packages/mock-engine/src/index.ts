import type {
  CallEngine,
  CallEvents,
  CallSnapshot,
  CallState,
  DevicesSnapshot,
  Levels,
  MediaSnapshot,
  Offer,
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
  remoteVideo: false,
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

/**
 * An engine that does what a test or a story tells it: `show` changes what the page sees, `emit` fires an event, and
 * `calls` lists what the page asked for. It has no media and no network.
 */
export class MockEngine implements CallEngine {
  readonly calls: string[] = [];
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
