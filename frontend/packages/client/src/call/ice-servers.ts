import { limits } from '../limits.ts';
import type { Signalling } from '../signalling/types.ts';

/** The STUN and TURN servers of one call, kept fresh: asked for at the start, and again at half of their life. */
export class IceServers {
  private readonly signalling: Signalling;
  private readonly callId: string;
  private readonly onRefreshed: () => void;
  private readonly unsubscribe: () => void;
  private servers: RTCIceServer[] = [];
  private arrived: (() => void) | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  /** @param onRefreshed  called for every set that `first` has not waited for */
  constructor(signalling: Signalling, callId: string, onRefreshed: () => void) {
    this.signalling = signalling;
    this.callId = callId;
    this.onRefreshed = onRefreshed;
    this.unsubscribe = signalling.on('ice_servers', (message) => {
      if (message.callId !== undefined && message.callId !== callId) return;
      const awaited = this.arrived !== undefined;
      this.servers = message.iceServers.map(({ urls, ...credentials }) => ({ urls: [...urls], ...credentials }));
      this.later(() => this.ask(), (message.ttlSeconds * 1000) / 2);
      this.arrived?.();
      if (!awaited) this.onRefreshed();
    });
  }

  get current(): RTCIceServer[] {
    return this.servers;
  }

  /** Resolves with the first set, or without one when it takes too long: host candidates may do. */
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
    this.signalling
      .request({ type: 'get_ice_servers', callId: this.callId })
      .catch(() => this.later(() => this.ask(), limits.recoveryTryMs));
  }

  private later(act: () => void, afterMs: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(act, afterMs);
  }
}
