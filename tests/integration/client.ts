import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import WebSocket from 'ws';
import type { CallDocker } from '../harness/server.ts';

export interface Message { type: string; timestamp?: string; [field: string]: unknown }
export interface Who { id: string; role: string; company_id: string; anonymous?: boolean; name?: string; exp?: number }
export interface Closed { code: number; reason: string }

const PATIENCE_MS = 5_000;

/** A bare client: sends the messages of the test, and keeps those that it gets, in order. */
export class Client {
  readonly #socket: WebSocket;
  readonly #inbox: Message[] = [];
  readonly closed: Promise<Closed>;
  #arrived: (() => void) | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data, isBinary) => {
      if (isBinary) throw new Error('the server sent a binary frame');
      this.#inbox.push(JSON.parse(String(data)) as Message);
      this.#arrived?.();
    });
    socket.on('error', () => undefined); // `close` follows, and says all there is
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => { resolve({ code, reason: reason.toString() }); this.#arrived?.(); });
    });
  }

  /** Connects with whatever query is given, and waits for nothing but the upgrade. */
  static async dial(url: string, query: string, protocols: string[] = []): Promise<Client> {
    const socket = new WebSocket(`${url}${query}`, protocols, { perMessageDeflate: false });
    const client = new Client(socket);
    await once(socket, 'open', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return client;
  }

  /** Connects as someone, and takes `connection_established` out of the way. */
  static async connect(server: CallDocker, who: Who): Promise<Client> {
    const client = await Client.dial(server.signallingUrl, `?token=${server.sign(who)}`);
    await client.next('connection_established');
    return client;
  }

  get protocol(): string { return this.#socket.protocol; }

  send(message: Record<string, unknown>): void { this.#socket.send(JSON.stringify(message)); }
  sendRaw(data: string | Buffer): void { this.#socket.send(data); }
  close(code?: number): void { this.#socket.close(code); }
  /** As a lost network: no close frame. */
  vanish(): void { this.#socket.terminate(); }

  /** The next message, which must be of this type. */
  async next(type: string, patienceMs = PATIENCE_MS): Promise<Message> {
    const message = await this.take(patienceMs);
    if (message.type !== type) throw new Error(`expected ${type}, got ${JSON.stringify(message)}`);
    return message;
  }

  /** The next message, without the server's time, for comparing it whole. */
  async nextFields(type: string): Promise<Record<string, unknown>> {
    const { timestamp: _timestamp, ...fields } = await this.next(type);
    return fields;
  }

  /**
   * All that has arrived by now. The server handles and answers in order, so what it had to say to this client before
   * it read this ping is here before the pong. For messages that others caused, wait at their end first.
   */
  async settled(): Promise<Message[]> {
    this.send({ type: 'ping' });
    const before: Message[] = [];
    for (let message = await this.take(); message.type !== 'pong'; message = await this.take()) before.push(message);
    return before;
  }

  /** The next message of this type for which it holds; what comes before is passed over. */
  async until(type: string, holds: (message: Message) => boolean = () => true): Promise<Message> {
    for (;;) {
      const message = await this.take();
      if (message.type === type && holds(message)) return message;
    }
  }

  /** In version 2: sends a command, and passes over what comes before its `ack`. */
  async command(message: Record<string, unknown>): Promise<void> {
    const id = randomUUID();
    this.send({ ...message, id });
    for (;;) {
      const answer = await this.take();
      if (answer.id !== id) continue;
      if (answer.type !== 'ack') throw new Error(`${JSON.stringify(message)} was refused: ${JSON.stringify(answer)}`);
      return;
    }
  }

  /** The next message, whatever it is. */
  async take(patienceMs = PATIENCE_MS): Promise<Message> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const message = this.#inbox.shift();
      if (message) return message;
      if (this.#socket.readyState === WebSocket.CLOSED) throw new Error(`closed: ${JSON.stringify(await this.closed)}`);
      const left = deadline - Date.now();
      if (left <= 0) throw new Error('nothing came');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#arrived = () => { clearTimeout(timer); resolve(); };
      });
    }
  }
}
