/**
 * The signalling client of CallDocker's original pages (version 1 of docs/protocol.md), as a classic script that defines
 * the global `WebSocketClient`:
 *
 *     <script src="/js/websocket-client.js"></script>
 *     const client = new WebSocketClient(token, onMessage, onConnect, onDisconnect);
 *
 * - `token`         the access token. An object {token, url, onMessage, onConnect, onDisconnect} is taken as well.
 * - `onMessage`     gets each server message, parsed, `connection_established` included.
 * - `onConnect`     is called each time the socket opens: join rooms there.
 * - `onDisconnect`  gets the CloseEvent each time it closes.
 *
 * What a callback throws, or its promise rejects with, is reported with `console.error`, and the client goes on.
 *
 * It connects at once and keeps itself connected: after any loss it tries again, sooner first and then within 10 s, without
 * a last attempt. It stops after `disconnect()`, and when the server refuses it (close 1008: `stopReason` says why).
 *
 * Where it connects, unless `url` says: `/ws` of the host that the script came from, below the path that has its `js/`; for a page on localhost, and for one
 * that did not come over HTTP, port 8081 of localhost is tried in turn.
 */

export type ServerMessageV1 = { readonly type: string } & Readonly<Record<string, unknown>>;

type Outgoing = { type: string } & Record<string, unknown>;

export interface WebSocketClientOptions {
  token: string;
  url?: string;
  onMessage?: ((message: ServerMessageV1) => void) | undefined;
  onConnect?: (() => void) | undefined;
  onDisconnect?: ((event: CloseEvent) => void) | undefined;
}

const heartbeatMs = 30_000;
const silenceMs = 45_000;
const firstDelayMs = 1_000;
const delayCapMs = 10_000;
const refused = 1008;

/** Where this script came from; only known while it is being loaded. */
const scriptUrl = typeof document === 'undefined' ? undefined : (document.currentScript as HTMLScriptElement | null)?.src;

export class WebSocketClient {
  token: string;
  onMessage: ((message: ServerMessageV1) => void) | undefined;
  onConnect: (() => void) | undefined;
  onDisconnect: ((event: CloseEvent) => void) | undefined;
  ws: WebSocket | null = null;
  /** Attempts since the last connection. */
  reconnectAttempts = 0;
  /** The user id that the server knows this connection by. */
  connectionId: string | null = null;
  /** Why it will not connect again by itself; null while it does. */
  stopReason: string | null = null;
  private readonly urls: readonly string[];
  private urlIndex = 0;
  private heartbeat: ReturnType<typeof setInterval> | undefined;
  private reconnect: ReturnType<typeof setTimeout> | undefined;
  private heardAt = 0;

  constructor(
    token: string | WebSocketClientOptions,
    onMessage?: (message: ServerMessageV1) => void,
    onConnect?: () => void,
    onDisconnect?: (event: CloseEvent) => void,
  ) {
    const options: WebSocketClientOptions = typeof token === 'string' ? { token, onMessage, onConnect, onDisconnect } : token;
    this.token = options.token;
    this.onMessage = options.onMessage;
    this.onConnect = options.onConnect;
    this.onDisconnect = options.onDisconnect;
    this.urls = options.url === undefined ? defaultUrls() : [options.url];
    this.connect();
  }

  /** Connects, unless it is connected or connecting. */
  connect(): void {
    if (this.ws && this.ws.readyState <= WebSocket.OPEN) return;
    clearTimeout(this.reconnect);
    this.stopReason = null;
    const base = this.urls[this.urlIndex % this.urls.length] ?? '';
    const ws = new WebSocket(`${base}${base.includes('?') ? '&' : '?'}token=${encodeURIComponent(this.token)}`);
    let opened = false;
    this.ws = ws;
    ws.onopen = () => {
      opened = true;
      this.reconnectAttempts = 0;
      this.startHeartbeat();
      this.callBack(this.onConnect);
    };
    ws.onmessage = (event) => this.heard(event.data);
    ws.onclose = (event) => {
      if (!opened) this.urlIndex += 1;
      this.closed(event);
    };
  }

  /** Leaves, and stays away until `connect()`. */
  disconnect(): void {
    clearTimeout(this.reconnect);
    this.stopReason = 'disconnected';
    this.ws?.close(1000, 'disconnected');
    this.stopHeartbeat();
  }

  isConnected(): boolean {
    return this.ws?.readyState === WebSocket.OPEN;
  }

  getConnectionId(): string | null {
    return this.connectionId;
  }

  /** Sends any message. @returns whether it was sent; what is said while not connected is lost */
  send(message: Outgoing): boolean {
    if (!this.ws || this.ws.readyState !== WebSocket.OPEN) return false;
    this.ws.send(JSON.stringify(message));
    return true;
  }

  joinRoom(roomId: string): boolean {
    return this.say('join_room', { roomId });
  }

  leaveRoom(roomId?: string): boolean {
    return this.say('leave_room', { roomId });
  }

  sendWebRTCOffer(targetUserId: string, offer: RTCSessionDescriptionInit, callId?: string): boolean {
    return this.say('webrtc_offer', { targetUserId, offer, callId });
  }

  sendWebRTCAnswer(targetUserId: string, answer: RTCSessionDescriptionInit, callId?: string): boolean {
    return this.say('webrtc_answer', { targetUserId, answer, callId });
  }

  sendICECandidate(targetUserId: string, candidate: RTCIceCandidateInit | null, callId?: string): boolean {
    return this.say('ice_candidate', { targetUserId, candidate, callId });
  }

  notifyCallStarted(callId: string, roomId: string, callType?: string): boolean {
    return this.say('call_started', { callId, roomId, callType });
  }

  notifyCallEnded(callId: string, roomId: string, reason = 'user_ended'): boolean {
    return this.say('call_ended', { callId, roomId, reason });
  }

  updateAgentStatus(status: string, availability = 'available'): boolean {
    return this.say('agent_status', { status, availability });
  }

  private say(type: string, fields: Record<string, unknown>): boolean {
    return this.send({ type, ...fields, timestamp: new Date().toISOString() });
  }

  /** A mistake of the page costs the page one callback, not the connection. */
  private callBack<A extends unknown[]>(callback: ((...details: A) => unknown) | undefined, ...details: A): void {
    // biome-ignore lint/suspicious/noConsole: developers of the page look there
    const report = (error: unknown): void => console.error('WebSocketClient: a callback of the page failed', error);
    try {
      Promise.resolve(callback?.apply(this, details)).catch(report);
    } catch (error) {
      report(error);
    }
  }

  private heard(data: unknown): void {
    this.heardAt = performance.now();
    const message = parse(data);
    if (!message) return;
    if (message.type === 'connection_established' && typeof message.userId === 'string') this.connectionId = message.userId;
    this.callBack(this.onMessage, message);
  }

  private closed(event: CloseEvent): void {
    this.stopHeartbeat();
    if (event.code === refused) this.stopReason = event.reason || 'refused';
    this.callBack(this.onDisconnect, event);
    if (this.stopReason === null) this.connectLater();
  }

  /** A socket can be dead for minutes before the browser notices: does not wait for it. */
  private lose(reason: string): void {
    const { ws } = this;
    if (!ws) return;
    ws.onmessage = null;
    ws.onclose = null;
    ws.close(4000, reason);
    this.ws = null;
    this.closed(new CloseEvent('close', { code: 4000, reason }));
  }

  private connectLater(): void {
    clearTimeout(this.reconnect);
    const ceiling = Math.min(delayCapMs, firstDelayMs * 2 ** Math.min(this.reconnectAttempts, 8));
    this.reconnectAttempts += 1;
    this.reconnect = setTimeout(() => this.connect(), Math.random() * ceiling);
  }

  private startHeartbeat(): void {
    this.stopHeartbeat();
    this.heardAt = performance.now();
    this.heartbeat = setInterval(() => {
      if (performance.now() - this.heardAt > silenceMs) this.lose('no heartbeat');
      else this.say('ping', {});
    }, heartbeatMs);
  }

  private stopHeartbeat(): void {
    clearInterval(this.heartbeat);
  }
}

function parse(data: unknown): ServerMessageV1 | undefined {
  try {
    const value: unknown = typeof data === 'string' ? JSON.parse(data) : undefined;
    return typeof value === 'object' && value !== null && 'type' in value ? (value as ServerMessageV1) : undefined;
  } catch {
    return undefined;
  }
}

function defaultUrls(): string[] {
  const from = new URL(scriptUrl || location.href);
  if (!from.protocol.startsWith('http')) return ['ws://localhost:8081'];
  const secure = from.protocol === 'https:';
  const own = `${secure ? 'wss' : 'ws'}://${from.host}${pathAbove(from)}/ws`;
  const local = from.hostname === 'localhost' || from.hostname === '127.0.0.1';
  return local ? [own, `${secure ? 'wss' : 'ws'}://${from.hostname}:8081`] : [own];
}

/** `/calls` of `/calls/js/websocket-client.js`: what a proxy takes off. The original's own address of the script has `/frontend` before it. */
function pathAbove({ pathname }: URL): string {
  return /^(.*?)(\/frontend)?\/js\/[^/]*$/.exec(pathname)?.[1] ?? '';
}
