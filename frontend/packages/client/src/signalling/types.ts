import type { AgentView, ClientMessage, ContactView, ErrorCode, LiveView, ServerMessage } from '@calldocker/protocol';
import type { Observable } from '../observable.ts';
import type { Chat } from './chat.ts';

/** How the connection is. Times are `steadyNow()` milliseconds. */
export type ConnectionState =
  /** Not asked to connect yet, or logged out. */
  | { readonly status: 'idle' }
  /** A socket is being opened; `attempt` counts from 1 since the last connection. */
  | { readonly status: 'connecting'; readonly attempt: number }
  | { readonly status: 'connected' }
  /** Lost; the next attempt comes by itself at `retryAt`. There is no last attempt. `overloaded`: the server wants it so late. */
  | { readonly status: 'waiting'; readonly attempt: number; readonly retryAt: number; readonly overloaded?: boolean }
  /** Over until `connect()` is called again. `detail` is the server's word for it, for logs. */
  | { readonly status: 'stopped'; readonly reason: StopReason; readonly detail: string };

/** `refused`: the token is not accepted, or we were too fast (close 1008). `no_token`: `getToken` failed for good. */
export type StopReason = 'refused' | 'no_token';

/** Who this connection speaks for. */
export interface Identity {
  readonly userId: string;
  readonly role: string;
  readonly companyId: string;
  readonly name?: string;
}

/** All that the server has told this session: a fold of its messages (`reduce`). */
export interface LiveState {
  readonly identity: Identity | undefined;
  /** What is shown may be out of date: the connection is lost, or a message was missed and the view is being fetched. */
  readonly stale: boolean;
  /** Users in order of joining, by room. */
  readonly rooms: Readonly<Record<string, readonly string[]>>;
  /**
   * Contacts that this user is a party of, by callId; one that has ended stays until the next snapshot or contact.
   * A visitor's place in the queue is in them, as it was last told.
   */
  readonly contacts: Readonly<Record<string, ContactView>>;
  /** Contacts that ring here, by callId, oldest first. */
  readonly offers: Readonly<Record<string, ContactView>>;
  readonly agent: AgentView | undefined;
  /** What has been written in each of `contacts`, as far as it has come. */
  readonly chats: Readonly<Record<string, Chat>>;
  /** The last answer to `get_directory`. */
  readonly directory: Directory | undefined;
  /** The company as it was last told, after `watch_live`. */
  readonly company: LiveView | undefined;
  /** The last answers to `get_queue_status`, by queue. */
  readonly queues: Readonly<Record<string, QueueStatus>>;
  /** What to add to `steadyNow()` to get the server's clock, in milliseconds. */
  readonly clockOffsetMs: number;
  /** The last `seq` that was taken in; undefined before the first connection. */
  readonly seq: number | undefined;
}

/** A message without what the client adds itself. */
export type Outgoing = ClientMessage extends infer M ? (M extends ClientMessage ? Omit<M, 'id' | 'ack'> : never) : never;

/** A command that the server has refused, or that could not be kept. `code` is for programs, `message` for logs. */
export class SignallingError extends Error {
  override readonly name = 'SignallingError';
  readonly code: ErrorCode;
  /** `overloaded`: when it is worth asking again, in milliseconds from now, where the server says so. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, retryAfterMs?: number) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** For programs: the server's code, where there is one. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'failed';
}

/** @returns undefined where the server has not said it */
export function retryAfterMs(error: unknown): number | undefined {
  return error instanceof SignallingError ? error.retryAfterMs : undefined;
}

/** Messages of one type. */
export type ServerMessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;

/** What messages of one type tell, without the envelope. */
type Told<T extends ServerMessage['type']> = Omit<ServerMessageOf<T>, 'type' | 'timestamp' | 'seq'>;

/** The queues and agents to consult or hand over to, and the company's reasons and dispositions. */
export type Directory = Told<'directory'>;

/** How a queue is, for somebody who thinks of calling. */
export type QueueStatus = Told<'queue_status'>;

/** The secrets to go on as the same person, in the same session. Anybody who has them *is* that person. */
export interface Handover {
  readonly accessToken: string;
  readonly resumeToken: string;
}

/**
 * A version 2 connection as pages and the call engine use it. It keeps itself connected, resumes its session and
 * refreshes its token; nothing here throws because the network is away.
 */
export interface Signalling {
  readonly connection: Observable<ConnectionState>;
  readonly live: Observable<LiveState>;
  /** Starts, or starts again after `stopped`. Does nothing while it runs. */
  connect(): void;
  /**
   * Sends a command, now or when connected again, in order, and again until it is answered.
   * @errors SignallingError: what the server answered; `overloaded` when too many wait; `unavailable` after `logout()`
   */
  request(message: Outgoing): Promise<void>;
  /** Sends what loses its worth with the moment: dropped when not connected. @returns whether it was sent */
  send(message: Outgoing): boolean;
  /** Hears each message of a type once, in order, after `live` has taken it in. @returns the function that stops it */
  on<T extends ServerMessage['type']>(type: T, handler: (message: ServerMessageOf<T>) => void): () => void;
  /** What it takes to go on with this session elsewhere; undefined before the first connection. */
  handover(): Handover | undefined;
  /** Leaves on purpose: closes, forgets the session, and rejects what was not answered. */
  logout(): void;
}
