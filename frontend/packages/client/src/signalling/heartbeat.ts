import { limits } from '../limits.ts';

export interface HeartbeatOptions {
  /** Sends what the other side answers. */
  readonly ask: () => void;
  /** No answer has come: the connection is dead, whatever it thinks itself. */
  readonly onDead: () => void;
}

/** Notices that a connection has died: asks when nothing has come for a while, and gives up when no answer comes either. */
export class Heartbeat {
  private readonly options: HeartbeatOptions;
  private intervalMs = 0;
  private isAsking = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HeartbeatOptions) {
    this.options = options;
  }

  /** @param intervalMs  how long nothing may come */
  begin(intervalMs: number): void {
    this.intervalMs = intervalMs;
    this.heard();
  }

  /** Something came: the connection lives. */
  heard(): void {
    this.isAsking = false;
    this.wait(this.intervalMs);
  }

  /** The connection may have died unnoticed: asks at once, and waits less for the answer. */
  check(): void {
    if (!this.isAsking) this.ask(Math.min(limits.wakeDeadlineMs, this.intervalMs));
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private ask(deadlineMs: number): void {
    this.isAsking = true;
    this.options.ask();
    this.wait(deadlineMs);
  }

  private wait(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.isAsking ? this.options.onDead() : this.ask(this.intervalMs)), ms);
  }
}
