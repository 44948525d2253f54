import type { AgentView, Intent } from '@calldocker/protocol';
import type { Outgoing } from '../signalling/types.ts';
import type { Attempt } from './events.ts';
import type { LevelMeter } from './levels.ts';
import type { LocalMedia } from './local-media.ts';
import type { MediaProblem } from './phases.ts';

export interface AvailabilityOptions {
  readonly media: LocalMedia;
  readonly meter: LevelMeter;
  readonly command: (message: Outgoing, what: Attempt) => Promise<boolean>;
  readonly onProblem: (problem: MediaProblem) => void;
  readonly onChange: () => void;
}

/** Whether an agent can be heard on this page, and what the agent wants to be. The microphone is open for as long. */
export class Availability {
  ready = false;
  problem: MediaProblem | undefined;
  private readonly options: AvailabilityOptions;
  private agent: AgentView | undefined;
  private resting = false;

  constructor(options: AvailabilityOptions) {
    this.options = options;
  }

  async goAvailable(): Promise<void> {
    const { media, meter, command, onProblem } = this.options;
    const unlocking = meter.unlock();
    const problem = await media.openMicrophone();
    await unlocking;
    this.set(problem === undefined, problem);
    if (problem === undefined) await command({ type: 'set_agent_intent', intent: 'available' }, 'intent');
    else onProblem(problem);
  }

  /** @param busy  the microphone is needed still */
  async leave(intent: Exclude<Intent, 'available'>, reason: string | undefined, busy: boolean): Promise<void> {
    if (!busy) this.letGo();
    await this.options.command({ type: 'set_agent_intent', intent, ...(reason === undefined ? {} : { reason }) }, 'intent');
  }

  /** Somebody else has changed the intent, or the end of a call has: the microphone is not kept open for nothing. */
  follow(agent: AgentView | undefined, busy: boolean): void {
    const lost = this.agent?.intent === 'available' && agent !== undefined && agent.intent !== 'available';
    this.agent = agent;
    // An agent that the server lost for a moment is available again by itself.
    if (lost && agent.reason !== 'SYS_LOST' && !busy && this.ready) this.letGo();
  }

  /** Tells the server again; after a reload the microphone opens without a click, where the browser lets it. */
  async restore(wanted: boolean): Promise<void> {
    if (!wanted || this.ready) {
      this.set(this.ready, this.problem, true);
      return;
    }
    const unlocking = this.options.meter.unlock();
    const problem = await this.options.media.openMicrophone();
    this.set(problem === undefined && (await unlocking), problem, true);
  }

  /** What the devices have come to. */
  followDevices(): void {
    if (this.ready && this.options.media.snapshot.getSnapshot().microphone === 'lost') this.set(false, 'no_device');
  }

  /** The call is carried by another tab: this one lets go of the microphone for as long. */
  followCall(elsewhere: boolean): void {
    if (elsewhere) {
      this.resting = true;
      if (this.ready) this.letGo();
    } else if (this.resting) {
      this.resting = false;
      void this.restore(this.agent?.intent === 'available');
    }
  }

  private letGo(): void {
    this.set(false, undefined);
    this.options.media.releaseAll(false);
  }

  private set(ready: boolean, problem: MediaProblem | undefined, tellAgain = false): void {
    const changed = ready !== this.ready;
    this.ready = ready;
    this.problem = problem;
    if (changed || tellAgain) void this.options.command({ type: 'set_media_ready', ready }, 'microphone');
    this.options.onChange();
  }
}
