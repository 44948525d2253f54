import type { Channel, ContactView } from '@calldocker/protocol';
import type { About } from './controls.ts';
import { EarlyRelays, type Relay } from './early-relays.ts';
import { speaks } from './leg-plan.ts';
import { Legs } from './legs.ts';
import type { LevelMeter } from './levels.ts';
import type { LocalMedia } from './local-media.ts';
import type { MediaProblem } from './phases.ts';
import type { CallEngineOptions } from './types.ts';

export interface CarriedCallOptions {
  readonly engine: CallEngineOptions;
  readonly media: LocalMedia;
  readonly meter: LevelMeter;
  readonly onChange: () => void;
  readonly onProblem: (problem: MediaProblem) => void;
  /** The queue did not take the offer. */
  readonly onRefused: (callId: string, error: unknown) => void;
  /** The server gave no ICE servers: the call goes on without. */
  readonly onNoRelay: (error: unknown) => void;
}

/** The one call whose media this page carries, while it does. */
export class CarriedCall {
  /** Audio has come in since it began. */
  wasUp = false;
  private readonly options: CarriedCallOptions;
  private readonly early = new EarlyRelays();
  private active: Legs | undefined;

  constructor(options: CarriedCallOptions) {
    this.options = options;
  }

  get legs(): Legs | undefined {
    return this.active;
  }

  /** @param contact  undefined: the call is just being made */
  begin(callId: string, details: About & { readonly channel: Channel }, contact: ContactView | undefined, comesBack: boolean): void {
    const { engine, media, meter, onChange, onRefused, onNoRelay } = this.options;
    this.wasUp = false;
    const legs = new Legs({
      callId,
      role: engine.role,
      details,
      signalling: engine.signalling,
      media,
      audioContext: () => meter.context,
      early: this.early,
      iceTransportPolicy: engine.iceTransportPolicy ?? 'all',
      holdMusic: engine.holdMusic,
      onChange,
      onRefused: (error) => onRefused(callId, error),
      onNoRelay,
    });
    this.active = legs;
    legs.follow(contact, comesBack);
    void this.start(legs, speaks(contact, engine.role));
  }

  follow(contact: ContactView, before: ContactView | undefined): void {
    const { role } = this.options.engine;
    this.active?.follow(contact, false);
    if (before && !speaks(before, role) && speaks(contact, role)) void this.openMicrophone();
  }

  receive(relay: Relay): void {
    if (relay.callId !== undefined && relay.callId === this.active?.callId) this.active.receive(relay);
    else this.early.add(relay);
  }

  end(): void {
    if (!this.active) return;
    this.active.close();
    this.early.forget(this.active.callId);
    this.active = undefined;
  }

  private async start(legs: Legs, needsMicrophone: boolean): Promise<void> {
    void this.options.meter.unlock();
    if (needsMicrophone) await this.openMicrophone();
    if (this.active === legs) await legs.start();
  }

  private async openMicrophone(): Promise<void> {
    const problem = await this.options.media.openMicrophone();
    if (problem) this.options.onProblem(problem);
  }
}
