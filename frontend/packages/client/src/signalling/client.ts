import type { ClientMessage, ServerMessage } from '@calldocker/protocol';
import { limits } from '../limits.ts';
import { Emitter, type Observable, Store } from '../observable.ts';
import { steadyNow } from '../steady.ts';
import { Credentials } from './credentials.ts';
import { PendingCommands } from './pending.ts';
import { PersistentSocket } from './persistent-socket.ts';
import { freshness, initialLiveState, markStale, reduce } from './reduce.ts';
import { ResumeStore, sessionStorageIfAny, type TokenStorage } from './resume-store.ts';
import { errorOf, parseMessage } from './server-messages.ts';
import { TokenRenewal } from './token-renewal.ts';
import {
  type ConnectionState,
  type Handover,
  type LiveState,
  type Outgoing,
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

/**
 * The session of docs/protocol.md, version 2: numbered messages in, commands out until they are answered, over as many
 * sockets, one after another, as it takes.
 */
export class SignallingClient implements Signalling {
  readonly connection: Observable<ConnectionState>;
  readonly live: Observable<LiveState>;
  private readonly liveStore = new Store<LiveState>(initialLiveState);
  private readonly handlers = new Emitter<Handlers>();
  private readonly wantedRooms = new Set<string>();
  private readonly credentials: Credentials;
  private readonly socket: PersistentSocket;
  private readonly renewal: TokenRenewal;
  private readonly pending: PendingCommands;
  /** Messages heard since the server last heard from us. */
  private unacknowledged = 0;

  constructor(options: SignallingOptions) {
    const { url, getToken, storageKey, handover, openSocket = openWebSocket, random = Math.random } = options;
    const storage = 'storage' in options ? options.storage : sessionStorageIfAny();
    this.credentials = new Credentials(getToken, new ResumeStore(storageKey, storage), handover);
    this.pending = new PendingCommands(newPrefix(random));
    this.socket = new PersistentSocket({
      url,
      openSocket,
      random,
      credentials: this.credentials,
      firstMessage: () => this.firstMessage(),
      onData: (data) => this.heard(data),
      ask: () => this.write({ type: 'ping' }),
      onLost: () => this.lost(),
      onOver: (refusal) => this.over(refusal),
    });
    this.renewal = new TokenRenewal({
      credentials: this.credentials,
      signal: () => this.socket.signal,
      command: (message) => this.command(message, true),
    });
    this.connection = this.socket.state;
    this.live = this.liveStore;
  }

  connect(): void {
    this.socket.connect();
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
    if (!this.socket.isEstablished) return false;
    this.write(message as ClientMessage);
    return true;
  }

  handover(): Handover | undefined {
    return this.credentials.handover();
  }

  logout(): void {
    this.credentials.forgetSession();
    this.wantedRooms.clear();
    this.socket.leave();
  }

  // --- what the socket brings ---

  private firstMessage(): ClientMessage {
    // A session that begins anew counts anew.
    if (!this.credentials.resumes) this.liveStore.set({ ...this.liveStore.getSnapshot(), seq: undefined });
    return this.credentials.firstMessage(this.liveStore.getSnapshot().seq);
  }

  private heard(data: unknown): void {
    const message = parseMessage(data);
    if (message === undefined) return;
    const before = this.liveStore.getSnapshot();
    const fresh = freshness(before, message);
    this.liveStore.set(reduce(before, message, steadyNow()));
    if (fresh === 'gap') {
      this.liveStore.set({ ...this.liveStore.getSnapshot(), seq: undefined }); // asks for a snapshot
      this.socket.lose('a message was lost');
      return;
    }
    this.socket.heard();
    if (fresh === 'seen') return;
    this.react(message);
    this.handlers.emit(message.type, message as never);
    this.acknowledgeInTime();
  }

  private lost(): void {
    this.renewal.stop();
    this.pending.failTransient();
    this.liveStore.set(markStale(this.liveStore.getSnapshot()));
  }

  private over(refusal: SignallingError | undefined): void {
    this.renewal.stop();
    if (refusal) this.liveStore.set(markStale(this.liveStore.getSnapshot()));
    this.pending.failAll(refusal ?? new SignallingError('unavailable', 'logged out'));
    if (!refusal) this.liveStore.set(initialLiveState);
  }

  // --- messages ---

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
        this.credentials.confirm();
        break;
      case 'ack':
        this.credentials.confirm();
        this.pending.answer(message.id);
        break;
      case 'error':
        if (message.id !== undefined) this.pending.answer(message.id, errorOf(message));
        break;
      case 'token_expiring':
        this.renewal.warned(message);
        break;
      default:
        break;
    }
  }

  private begin({ resumeToken, heartbeatMs }: ServerMessageOf<'connection_established'>): void {
    this.unacknowledged = 0;
    const isUnconfirmed = this.credentials.accepted(resumeToken);
    this.socket.establish(heartbeatMs);
    this.sendPending();
    if (isUnconfirmed) this.write({ type: 'ping' }); // voids the token before
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
    const { status } = this.connection.getSnapshot();
    if (status === 'stopped') return Promise.reject(new SignallingError('unauthenticated', 'the connection was refused'));
    return new Promise((resolve, reject) => {
      const id = this.pending.add(message, transient, (error) => (error ? reject(error) : resolve()));
      if (this.socket.isEstablished) this.write({ ...message, id } as ClientMessage);
    });
  }

  private sendPending(): void {
    for (const { id, message } of this.pending.inOrder()) this.write({ ...message, id } as ClientMessage);
  }

  private write(message: ClientMessage): void {
    const { seq } = this.liveStore.getSnapshot();
    this.unacknowledged = 0;
    this.socket.send(seq === undefined ? message : ({ ...message, ack: seq } as ClientMessage));
  }

  private acknowledgeInTime(): void {
    this.unacknowledged += 1;
    if (this.socket.isEstablished && this.unacknowledged >= limits.unacknowledgedMax) this.write({ type: 'ping' });
  }
}

const ignore = (): void => undefined;

const openWebSocket = (url: string, protocol: string): WebSocket => new WebSocket(url, protocol);

/** Makes the ids of commands unique among the page loads of one session. */
function newPrefix(random: () => number): string {
  return Math.floor(random() * 2 ** 48).toString(36);
}
