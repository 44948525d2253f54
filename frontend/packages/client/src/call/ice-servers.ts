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

  /** @param onRefreshed  called for every set after the first */
  constructor(signalling: Signalling, callId: string, onRefreshed: () => void) {
    this.signalling = signalling;
    this.callId = callId;
    this.onRefreshed = onRefreshed;
    this.unsubscribe = signalling.on('ice_servers', (message) => {
      if (message.callId !== undefined && message.callId !== callId) return;
      const first = this.arrived !== undefined;
      this.servers = message.iceServers.map(({ urls, ...credentials }) => ({ urls: [...urls], ...credentials }));
      this.later(() => this.ask(), (message.ttlSeconds * 1000) / 2);
      this.arrived?.();
      this.arrived = undefined;
      if (!first) this.onRefreshed();
    });
  }

  get current(): RTCIceServer[] {
    return this.servers;
  }

  /** Resolves with the first set, or without one when it takes too long: host candidates may do. */
  first(): Promise<void> {
    return new Promise((resolve) => {
      this.arrived = resolve;
      this.ask();
      setTimeout(resolve, limits.iceServersWaitMs);
    });
  }

  stop(): void {
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
    this.timer = setTimeout(act, afterMs);
  }
}
