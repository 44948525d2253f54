import { type ClientMessage, closeCode, subprotocolV2 } from '@calldocker/protocol';
import { limits } from '../limits.ts';
import { Store } from '../observable.ts';
import { steadyNow } from '../steady.ts';
import { retryDelayMs } from './backoff.ts';
import type { Credentials } from './credentials.ts';
import { Heartbeat } from './heartbeat.ts';
import { type ConnectionState, retryAfterMs, SignallingError, type StopReason } from './types.ts';
import { onWake } from './wake.ts';

export interface PersistentSocketOptions {
  readonly url: string;
  readonly openSocket: (url: string, protocol: string) => WebSocket;
  readonly random: () => number;
  readonly credentials: Credentials;
  /** Says who we are, when a socket has opened. */
  readonly firstMessage: () => ClientMessage;
  readonly onData: (data: unknown) => void;
  /** Sends what the server answers. */
  readonly ask: () => void;
  /** What was on its way has been lost; the next socket comes by itself. */
  readonly onLost: () => void;
  /** No further socket comes by itself: the server has refused us, or, without a refusal, this page has left. */
  readonly onOver: (refusal: SignallingError | undefined) => void;
}

/** A socket to the server that is opened again whenever it is lost, until the server refuses or this page leaves. */
export class PersistentSocket {
  readonly state = new Store<ConnectionState>({ status: 'idle' });
  private readonly options: PersistentSocketOptions;
  private readonly heartbeat: Heartbeat;
  private socket: WebSocket | undefined;
  /** Of this socket, or of the attempt to open one: what was begun under it is void when it ends. */
  private life = new AbortController();
  private established = false;
  private establishedAt = 0;
  /** Since the last connection that held. */
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopWaking = (): void => undefined;

  constructor(options: PersistentSocketOptions) {
    this.options = options;
    this.heartbeat = new Heartbeat({ ask: options.ask, onDead: () => this.lose('no heartbeat') });
  }

  /** The server knows who we are: messages reach it. */
  get isEstablished(): boolean {
    return this.established;
  }

  /** Aborted when this socket ends. */
  get signal(): AbortSignal {
    return this.life.signal;
  }

  connect(): void {
    const { status } = this.state.getSnapshot();
    if (status !== 'idle' && status !== 'stopped') return;
    this.stopWaking = onWake(() => this.wake());
    this.attempt = 0;
    void this.open();
  }

  send(message: ClientMessage): void {
    this.socket?.send(JSON.stringify(message));
  }

  /** The server has let us in. @param heartbeatMs  how long nothing may come */
  establish(heartbeatMs: number): void {
    clearTimeout(this.timer);
    this.heartbeat.begin(heartbeatMs);
    this.establishedAt = steadyNow();
    this.established = true;
    this.state.set({ status: 'connected' });
  }

  /** Something came. */
  heard(): void {
    if (this.established) this.heartbeat.heard();
  }

  /** The socket is of no use any more, whatever it thinks itself. */
  lose(why: string): void {
    this.end(4000, why); // not 1000, which would end the session
    this.retry();
  }

  /** Leaves on purpose. */
  leave(): void {
    this.stopWaking();
    this.end(closeCode.normal, 'logged out');
    this.options.onOver(undefined);
    this.state.set({ status: 'idle' });
  }

  private async open(): Promise<void> {
    const { credentials, openSocket, url } = this.options;
    const { signal } = this.life;
    this.attempt += 1;
    this.state.set({ status: 'connecting', attempt: this.attempt });
    try {
      const token = await credentials.ask();
      if (signal.aborted) return;
      credentials.use(token);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof SignallingError && error.code === 'unauthenticated') this.stop('no_token', error.message);
      else this.retry(retryAfterMs(error));
      return;
    }
    try {
      this.listen(openSocket(url, subprotocolV2));
    } catch {
      this.retry(); // the browser refuses to try at all, for instance while offline in some of them
    }
  }

  private listen(socket: WebSocket): void {
    const { firstMessage, onData } = this.options;
    this.socket = socket;
    socket.onopen = () => this.send(firstMessage());
    socket.onmessage = (event) => onData(event.data);
    socket.onclose = (event) => this.closed(event.code, event.reason);
    this.after(limits.connectTimeoutMs, () => this.lose('no answer'));
  }

  private closed(code: number, reason: string): void {
    const { credentials } = this.options;
    this.end();
    if (code === closeCode.refused && !(reason === invalidToken && credentials.tryOthers())) {
      this.stop('refused', reason);
      return;
    }
    if (code === closeCode.takenOver) credentials.forgetSession(); // this page goes on in a session of its own
    this.retry();
  }

  /** @param notBeforeMs  the server has no room earlier */
  private retry(notBeforeMs?: number): void {
    const hasHeld = this.state.getSnapshot().status === 'connected' && steadyNow() - this.establishedAt >= limits.settledMs;
    if (hasHeld) this.attempt = 0;
    const attempt = this.attempt + 1;
    const delay = retryDelayMs(attempt, this.options.random(), notBeforeMs);
    this.options.onLost();
    const overloaded = notBeforeMs === undefined ? {} : { overloaded: true };
    this.state.set({ status: 'waiting', attempt, retryAt: steadyNow() + delay, ...overloaded });
    this.after(delay, () => void this.open());
  }

  private stop(reason: StopReason, detail: string): void {
    this.stopWaking();
    this.options.onOver(new SignallingError('unauthenticated', detail));
    this.state.set({ status: 'stopped', reason, detail });
  }

  /** Nothing comes of this socket any more. @param code  closes it; without one it is closed already */
  private end(code?: number, reason?: string): void {
    const { socket } = this;
    this.life.abort();
    this.life = new AbortController();
    clearTimeout(this.timer);
    this.heartbeat.stop();
    this.socket = undefined;
    this.established = false;
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    if (code !== undefined) socket.close(code, reason);
  }

  private wake(): void {
    const connection = this.state.getSnapshot();
    if (connection.status === 'connected') {
      this.heartbeat.check();
    } else if (connection.status === 'waiting' && !connection.overloaded) {
      clearTimeout(this.timer);
      void this.open();
    }
  }

  private after(ms: number, act: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, ms);
  }
}

/** The server's word for a token that it does not take. */
const invalidToken = 'Invalid token';
