import { type ClientMessage, closeCode, type ServerMessage, subprotocolV2 } from '@calldocker/protocol';
import { limits } from '../limits.ts';
import { Emitter, type Observable, Store } from '../observable.ts';
import { steadyNow } from '../steady.ts';
import { backoffMs } from './backoff.ts';
import { PendingCommands } from './pending.ts';
import { freshness, initialLiveState, markStale, reduce } from './reduce.ts';
import { ResumeStore, type TokenStorage } from './resume-store.ts';
import {
  type ConnectionState,
  codeOf,
  type Handover,
  type LiveState,
  type Outgoing,
  retryAfterMs,
  type ServerMessageOf,
  type Signalling,
  SignallingError,
} from './types.ts';

export interface SignallingOptions {
  /** Where the server listens, `ws:` or `wss:`, without a query: proxies log addresses, so nothing secret is in it. */
  readonly url: string;
  /**
   * An access token, asked for at each connection and when the server says that the one in use expires. It need not be looked
   * at: of a token that is no longer good the server says so.
   * Reject with SignallingError `unauthenticated` to stop (the person must sign in); anything else is tried again.
   * @param old  a token that is not to be given again: the server has not taken it, or it expires
   */
  readonly getToken: (old?: string) => Promise<string>;
  /** Names what this page is, so that a reload resumes its own session and no other page's. */
  readonly storageKey: string;
  /** Default `sessionStorage`; undefined keeps the session in memory alone. */
  readonly storage?: TokenStorage | undefined;
  /** What a one-time code stood for: the session that this page goes on with. */
  readonly handover?: Handover | undefined;
  /** Default `new WebSocket`. */
  readonly openSocket?: (url: string, protocol: string) => WebSocket;
  /** Default `Math.random`. */
  readonly random?: () => number;
}

type Handlers = { [T in ServerMessage['type']]: ServerMessageOf<T> };

/** The version 2 connection of docs/protocol.md. One session; as many sockets, one after another, as it takes. */
export class SignallingClient implements Signalling {
  private readonly options: SignallingOptions;
  private readonly connectionStore = new Store<ConnectionState>({ status: 'idle' });
  private readonly liveStore = new Store<LiveState>(initialLiveState);
  private readonly handlers = new Emitter<Handlers>();
  private readonly resume: ResumeStore;
  private readonly random: () => number;
  private readonly wantedRooms = new Set<string>();
  private readonly pending: PendingCommands;
  private socket: WebSocket | undefined;
  /** Rises with each socket and each stop: what was begun under an older number is void. */
  private attemptId = 0;
  private established = false;
  private attempt = 0;
  private connectedAt = 0;
  private heartbeatMs = 0;
  private unacknowledged = 0;
  private awaitingPong = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private tokenTimer: ReturnType<typeof setTimeout> | undefined;
  private accessToken = '';
  /** The access token that was refused since the last connection, until another was asked for. */
  private refusedToken: string | undefined;
  private hasAskedAnew = false;
  private refreshedAt = Number.NEGATIVE_INFINITY;

  constructor(options: SignallingOptions) {
    this.options = options;
    this.random = options.random ?? Math.random;
    this.resume = new ResumeStore(options.storageKey, 'storage' in options ? options.storage : sessionStorageIfAny());
    this.pending = new PendingCommands(this.newPrefix());
    if (options.handover) this.resume.keep(options.handover.resumeToken, options.handover.accessToken);
  }

  get connection(): Observable<ConnectionState> {
    return this.connectionStore;
  }

  get live(): Observable<LiveState> {
    return this.liveStore;
  }

  connect(): void {
    const { status } = this.connectionStore.getSnapshot();
    if (status !== 'idle' && status !== 'stopped') return;
    globalThis.addEventListener?.('online', this.wake);
    globalThis.document?.addEventListener('visibilitychange', this.wakeIfVisible);
    this.attempt = 0;
    void this.open();
  }

  on<T extends ServerMessage['type']>(type: T, handler: (message: ServerMessageOf<T>) => void): () => void {
    return this.handlers.on(type, handler as (message: Handlers[T]) => void);
  }

  request(message: Outgoing): Promise<void> {
    if (message.type === 'join_room') this.wantedRooms.add(message.roomId);
    if (message.type === 'leave_room') this.forgetRooms(message.roomId);
    return this.command(message, false);
  }

  send(message: Outgoing): boolean {
    if (!this.established) return false;
    this.write(message as ClientMessage);
    return true;
  }

  handover(): Handover | undefined {
    const resumeToken = this.resume.get(this.accessToken);
    return resumeToken === undefined ? undefined : { accessToken: this.accessToken, resumeToken };
  }

  logout(): void {
    this.sleep();
    this.resume.forget();
    this.wantedRooms.clear();
    this.closeSocket(closeCode.normal, 'logged out');
    this.pending.failAll(new SignallingError('unavailable', 'logged out'));
    this.liveStore.set(initialLiveState);
    this.connectionStore.set({ status: 'idle' });
  }

  // --- the life of a socket ---

  private async open(): Promise<void> {
    this.attempt += 1;
    this.attemptId += 1;
    const { attemptId } = this;
    this.connectionStore.set({ status: 'connecting', attempt: this.attempt });
    let token: string;
    try {
      token = await this.options.getToken(this.refusedToken);
    } catch (error) {
      if (attemptId !== this.attemptId) return;
      if (error instanceof SignallingError && error.code === 'unauthenticated') this.stop('no_token', error.message);
      else this.retry(retryAfterMs(error));
      return;
    }
    if (attemptId !== this.attemptId) return;
    this.accessToken = token;
    this.refusedToken = undefined;
    try {
      this.listen((this.options.openSocket ?? openWebSocket)(this.options.url, subprotocolV2));
    } catch {
      this.retry(); // the browser refuses to try at all, for instance while offline in some of them
    }
  }

  /** Who we are, and which session goes on. */
  private firstMessage(): ClientMessage {
    const token = this.accessToken;
    const resumeToken = this.resume.get(token);
    if (resumeToken === undefined) {
      this.liveStore.set({ ...this.liveStore.getSnapshot(), seq: undefined });
      return { type: 'authenticate', token };
    }
    const { seq } = this.liveStore.getSnapshot();
    return { type: 'authenticate', token, resumeToken, ...(seq === undefined ? {} : { seq }) };
  }

  private listen(socket: WebSocket): void {
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.firstMessage()));
    socket.onmessage = (event) => this.heard(event.data);
    socket.onclose = (event) => this.closed(event.code, event.reason);
    this.setTimer(() => this.lose('no answer'), limits.connectTimeoutMs);
  }

  private closed(code: number, reason: string): void {
    this.dropSocket();
    if (code === closeCode.refused) {
      if (reason === invalidToken && this.hasAnotherWay()) this.retry();
      else this.stop('refused', reason);
      return;
    }
    if (code === closeCode.takenOver) this.resume.forget(); // this page goes on in a session of its own
    this.retry();
  }

  /** Once between two connections another access token is asked for; then the resume token before the newest is tried. */
  private hasAnotherWay(): boolean {
    if (this.hasAskedAnew) return this.resume.fallBack();
    this.hasAskedAnew = true;
    this.refusedToken = this.accessToken;
    return true;
  }

  /** The socket is of no use any more, whatever it thinks itself. */
  private lose(why: string): void {
    this.closeSocket(4000, why); // not 1000, which would end the session
    this.retry();
  }

  /** @param notBeforeMs  the server has no room earlier */
  private retry(notBeforeMs?: number): void {
    const { status } = this.connectionStore.getSnapshot();
    if (status === 'connected' && steadyNow() - this.connectedAt >= limits.settledMs) this.attempt = 0;
    const overloaded = notBeforeMs !== undefined;
    const delay = Math.max(backoffMs(this.attempt + 1, this.random()), Math.min(notBeforeMs ?? 0, limits.retryAfterMaxMs));
    this.attemptId += 1;
    this.liveStore.set(markStale(this.liveStore.getSnapshot()));
    this.connectionStore.set({
      status: 'waiting',
      attempt: this.attempt + 1,
      retryAt: steadyNow() + delay,
      ...(overloaded ? { overloaded } : {}),
    });
    this.setTimer(() => void this.open(), delay);
  }

  private stop(reason: 'refused' | 'no_token', detail: string): void {
    this.attemptId += 1;
    this.sleep();
    this.clearTimers();
    this.liveStore.set(markStale(this.liveStore.getSnapshot()));
    this.pending.failAll(new SignallingError('unauthenticated', detail));
    this.connectionStore.set({ status: 'stopped', reason, detail });
  }

  private closeSocket(code: number, reason: string): void {
    const { socket } = this;
    this.attemptId += 1;
    this.dropSocket();
    socket?.close(code, reason);
  }

  private dropSocket(): void {
    this.clearTimers();
    if (this.socket) {
      this.socket.onopen = null;
      this.socket.onmessage = null;
      this.socket.onclose = null;
    }
    this.socket = undefined;
    this.established = false;
    this.pending.failTransient();
  }

  // --- messages ---

  private heard(data: unknown): void {
    const message = parse(data);
    if (message === undefined) return;
    const before = this.liveStore.getSnapshot();
    const fresh = freshness(before, message);
    this.liveStore.set(reduce(before, message, steadyNow()));
    if (fresh === 'gap') {
      this.liveStore.set({ ...this.liveStore.getSnapshot(), seq: undefined }); // asks for a snapshot
      this.lose('a message was lost');
      return;
    }
    if (this.established || message.type === 'connection_established') this.expectMore(message);
    if (fresh === 'seen') return;
    this.react(message);
    this.handlers.emit(message.type, message as never);
    this.acknowledgeInTime();
  }

  private react(message: ServerMessage): void {
    switch (message.type) {
      case 'connection_established':
        this.begin(message);
        break;
      case 'session_reset':
        this.joinAgain(message.snapshot.rooms.map((room) => room.roomId));
        // The server has forgotten what was not durable, and the answers with it.
        if (message.reason === 'unavailable') this.sendPending();
        break;
      case 'pong':
        this.resume.confirm();
        break;
      case 'ack':
        this.resume.confirm();
        this.pending.answer(message.id);
        break;
      case 'error':
        if (message.id !== undefined) this.pending.answer(message.id, refusalOf(message));
        break;
      case 'token_expiring':
        this.refreshInTime(message);
        break;
      default:
        break;
    }
  }

  private begin(message: ServerMessageOf<'connection_established'>): void {
    this.connectedAt = steadyNow();
    this.established = true;
    this.unacknowledged = 0;
    this.hasAskedAnew = false;
    this.resume.keep(message.resumeToken, this.accessToken);
    this.connectionStore.set({ status: 'connected' });
    this.sendPending();
    if (this.resume.isUnconfirmed) this.write({ type: 'ping' }); // voids the token before
  }

  private joinAgain(rooms: readonly string[]): void {
    for (const roomId of this.wantedRooms) {
      if (!rooms.includes(roomId)) this.command({ type: 'join_room', roomId }, false).catch(ignore);
    }
  }

  private forgetRooms(roomId: string | undefined): void {
    if (roomId === undefined) this.wantedRooms.clear();
    else this.wantedRooms.delete(roomId);
  }

  private command(message: Outgoing, transient: boolean): Promise<void> {
    const { status } = this.connectionStore.getSnapshot();
    if (status === 'stopped') return Promise.reject(new SignallingError('unauthenticated', 'the connection was refused'));
    return new Promise((resolve, reject) => {
      const id = this.pending.add(message, transient, (error) => (error ? reject(error) : resolve()));
      if (this.established) this.write({ ...message, id } as ClientMessage);
    });
  }

  private sendPending(): void {
    for (const { id, message } of this.pending.inOrder()) this.write({ ...message, id } as ClientMessage);
  }

  private write(message: ClientMessage): void {
    const { seq } = this.liveStore.getSnapshot();
    this.unacknowledged = 0;
    this.socket?.send(JSON.stringify(seq === undefined ? message : { ...message, ack: seq }));
  }

  private acknowledgeInTime(): void {
    this.unacknowledged += 1;
    if (this.established && this.unacknowledged >= limits.unacknowledgedMax) this.write({ type: 'ping' });
  }

  // --- time ---

  /** Something came: the connection lives. */
  private expectMore(message: ServerMessage): void {
    if (message.type === 'connection_established') this.heartbeatMs = message.heartbeatMs;
    this.awaitingPong = false;
    this.setTimer(this.heartbeat, this.heartbeatMs);
  }

  private readonly heartbeat = (): void => {
    if (this.awaitingPong) this.lose('no heartbeat');
    else this.probe(this.heartbeatMs);
  };

  private probe(deadlineMs: number): void {
    this.awaitingPong = true;
    this.write({ type: 'ping' });
    this.setTimer(this.heartbeat, deadlineMs);
  }

  private readonly wake = (): void => {
    const connection = this.connectionStore.getSnapshot();
    const { status } = connection;
    if (status === 'waiting' && !connection.overloaded) {
      this.clearTimers();
      void this.open();
    } else if (status === 'connected' && !this.awaitingPong) {
      this.probe(Math.min(limits.wakeDeadlineMs, this.heartbeatMs));
    }
  };

  private readonly wakeIfVisible = (): void => {
    if (document.visibilityState === 'visible') this.wake();
  };

  /** Nothing wakes it until it is to connect again. */
  private sleep(): void {
    globalThis.removeEventListener?.('online', this.wake);
    globalThis.document?.removeEventListener('visibilitychange', this.wakeIfVisible);
  }

  /** At once, or at half of what is left of tokens that live so shortly that the next warning comes with each of them. */
  private refreshInTime({ expiresAt, timestamp }: ServerMessageOf<'token_expiring'>): void {
    const leftMs = Date.parse(expiresAt) - Date.parse(timestamp); // both are the server's
    const waitMs = Math.max(leftMs < limits.tokenShortMs ? leftMs / 2 : 0, this.refreshedAt + limits.tokenRetryMs - steadyNow());
    clearTimeout(this.tokenTimer);
    if (waitMs > 0) this.tokenTimer = setTimeout(() => void this.refreshToken(), waitMs);
    else void this.refreshToken();
  }

  private async refreshToken(): Promise<void> {
    const { attemptId } = this;
    this.refreshedAt = steadyNow();
    try {
      const token = await this.options.getToken(this.accessToken);
      if (attemptId !== this.attemptId) return;
      await this.command({ type: 'refresh_token', token }, true);
      this.accessToken = token;
      return;
    } catch (error) {
      // There is no other: the connection goes on for as long as the server lets it.
      if (attemptId !== this.attemptId || codeOf(error) === 'unauthenticated') return;
    }
    clearTimeout(this.tokenTimer);
    this.tokenTimer = setTimeout(() => void this.refreshToken(), limits.tokenRetryMs);
  }

  private setTimer(act: () => void, afterMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, afterMs);
  }

  private clearTimers(): void {
    clearTimeout(this.timer);
    clearTimeout(this.tokenTimer);
  }

  private newPrefix(): string {
    return Math.floor(this.random() * 2 ** 48).toString(36);
  }
}

function refusalOf(message: ServerMessageOf<'error'>): SignallingError {
  const { code, message: text, retryAfterMs } = message as typeof message & { retryAfterMs?: unknown };
  return new SignallingError(code, text, typeof retryAfterMs === 'number' ? retryAfterMs : undefined);
}

/** The server's word for a token that it does not take. */
const invalidToken = 'Invalid token';

const ignore = (): void => undefined;

const openWebSocket = (url: string, protocol: string): WebSocket => new WebSocket(url, protocol);

function sessionStorageIfAny(): TokenStorage | undefined {
  try {
    return globalThis.sessionStorage; // throws where storage is forbidden
  } catch {
    return undefined;
  }
}

/** A server's message, or undefined for what no server of ours sends. */
function parse(data: unknown): ServerMessage | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value === 'object' && value !== null && 'type' in value && 'seq' in value) return value as ServerMessage;
  } catch {
    // Falls through.
  }
  return undefined;
}
