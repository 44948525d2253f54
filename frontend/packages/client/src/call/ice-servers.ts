import { limits } from '../limits.ts';
import { retryAfterMs, type Signalling } from '../signalling/types.ts';

export interface IceServersOptions {
  readonly signalling: Signalling;
  /** The contact that they are for: it has to be known to the server. */
  readonly callId: string;
  /** Called for every set that `first` has not waited for. */
  readonly onRefreshed: () => void;
  /** The server gives none: what it answered. Told once; they are asked for again all the same. */
  readonly onRefused: (error: unknown) => void;
}

/** The STUN and TURN servers of one call, kept fresh: asked for at the start, and again at half of their life. */
export class IceServers {
  private readonly options: IceServersOptions;
  private readonly unsubscribe: () => void;
  private servers: RTCIceServer[] = [];
  private arrived: (() => void) | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private refused = false;
  private stopped = false;

  constructor(options: IceServersOptions) {
    this.options = options;
    this.unsubscribe = options.signalling.on('ice_servers', (message) => {
      if (message.callId !== undefined && message.callId !== options.callId) return;
      const awaited = this.arrived !== undefined;
      this.servers = message.iceServers.map(({ urls, ...credentials }) => ({ urls: [...urls], ...credentials }));
      this.later(() => this.ask(), (message.ttlSeconds * 1000) / 2);
      this.arrived?.();
      if (!awaited) options.onRefreshed();
    });
  }

  get current(): RTCIceServer[] {
    return this.servers;
  }

  /** Resolves with the first set, or without one when it is refused or takes too long: host candidates may do. */
  first(): Promise<void> {
    return new Promise((resolve) => {
      this.arrived = () => {
        this.arrived = undefined;
        resolve();
      };
      this.ask();
      setTimeout(this.arrived, limits.iceServersWaitMs);
    });
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.unsubscribe();
  }

  private ask(): void {
    const { signalling, callId } = this.options;
    signalling.request({ type: 'get_ice_servers', callId }).catch((error: unknown) => {
      if (this.stopped) return;
      this.later(() => this.ask(), retryAfterMs(error) ?? limits.recoveryTryMs);
      this.arrived?.();
      if (!this.refused) this.options.onRefused(error);
      this.refused = true;
    });
  }

  private later(act: () => void, afterMs: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(act, afterMs);
  }
}
