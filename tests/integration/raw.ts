import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';

const PATIENCE_MS = 8_000;

export interface Frame { fin: boolean; rsv: number; opcode: number; payload: Buffer }

/** A TCP connection that sends the bytes of the test as they are, and keeps those that it gets. */
export class Raw {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #ended = false;
  #changed: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => { this.#received = Buffer.concat([this.#received, bytes]); this.#changed?.(); });
    for (const event of ['end', 'close']) socket.on(event, () => { this.#ended = true; this.#changed?.(); });
    socket.on('error', () => undefined); // `close` follows
  }

  static async connect(port: number): Promise<Raw> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const raw = new Raw(socket);
    await once(socket, 'connect');
    return raw;
  }

  /** Connects and shakes hands; what follows are frames. */
  static async open(port: number, token: string, { behind = Buffer.alloc(0) as Buffer, headers = '' } = {}): Promise<Raw> {
    const raw = await Raw.connect(port);
    raw.write(Buffer.concat([Buffer.from(upgradeRequest(`/ws?token=${token}`, headers)), behind]));
    const head = await raw.head();
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(`not upgraded: ${head}`);
    return raw;
  }

  get received(): Buffer { return this.#received; }
  get isEnded(): boolean { return this.#ended; }

  write(bytes: Buffer | string): void { this.#socket.write(bytes); }
  /** Says that nothing more will come, and goes on listening. */
  finish(): void { this.#socket.end(); }
  destroy(): void { this.#socket.destroy(); }
  pause(): void { this.#socket.pause(); }
  resume(): void { this.#socket.resume(); }

  /** Takes the head of a response, or of the handshake, out of what was received. */
  async head(): Promise<string> {
    await this.#until('a response', () => this.#received.includes('\r\n\r\n'));
    return this.#take(this.#received.indexOf('\r\n\r\n') + 4).toString('latin1');
  }

  /** Takes a whole response. It must have a Content-Length. */
  async response(): Promise<{ status: number; head: string; body: string }> {
    const head = await this.head();
    const length = Number(/^content-length: (\d+)\r$/im.exec(head)?.[1] ?? 0);
    await this.#until('the body', () => this.#received.length >= length);
    return { status: Number(head.split(' ')[1]), head, body: this.#take(length).toString() };
  }

  /** All until the server has hung up. */
  async rest(): Promise<string> {
    await this.#until('the end', () => this.#ended);
    return this.#take(this.#received.length).toString('latin1');
  }

  async ended(patienceMs = PATIENCE_MS): Promise<void> { await this.#until('the end', () => this.#ended, patienceMs); }

  async frame(): Promise<Frame> {
    let frame: Frame | undefined;
    await this.#until('a frame', () => { frame = this.#parse(); return frame !== undefined; });
    return frame!;
  }

  /** The next message, by its text frame. */
  async message(): Promise<{ type: string; [field: string]: unknown }> {
    const frame = await this.frame();
    if (frame.opcode !== 1) throw new Error(`a frame of opcode ${frame.opcode}: ${frame.payload.toString('latin1')}`);
    return JSON.parse(frame.payload.toString());
  }

  /** The close code that the server says next; what else it says is passed over. */
  async closeCode(): Promise<number> {
    for (;;) {
      const frame = await this.frame();
      if (frame.opcode === 8) return frame.payload.length >= 2 ? frame.payload.readUInt16BE(0) : 1005;
    }
  }

  #parse(): Frame | undefined {
    const bytes = this.#received;
    if (bytes.length < 2) return undefined;
    if (bytes[1]! & 0x80) throw new Error('the server masked a frame');
    const short = bytes[1]! & 0x7f;
    const start = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (bytes.length < start) return undefined;
    const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
    if (bytes.length < start + length) return undefined;
    const taken = this.#take(start + length);
    return { fin: (taken[0]! & 0x80) !== 0, rsv: (taken[0]! >> 4) & 7, opcode: taken[0]! & 15, payload: taken.subarray(start) };
  }

  #take(count: number): Buffer {
    const taken = this.#received.subarray(0, count);
    this.#received = this.#received.subarray(count);
    return taken;
  }

  async #until(what: string, condition: () => boolean, patienceMs = PATIENCE_MS): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!condition()) {
      if (this.#ended && what !== 'the end') throw new Error(`the server hung up before ${what}: ${this.#received.toString('latin1').slice(0, 400)}`);
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`${what} did not come`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#changed = () => { clearTimeout(timer); resolve(); };
      });
    }
  }
}

export const upgradeRequest = (target: string, headers = '') =>
  `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n${headers}\r\n`;

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A client's frame; by default a whole one, masked. `claims` is a length that the header tells in place of the true one. */
export function frame(opcode: number, payload: Buffer | string = '', { fin = true, rsv = 0, masked = true, claims = -1, long = false } = {}): Buffer {
  const body = Buffer.from(payload);
  const length = claims >= 0 ? claims : body.length;
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const bit = masked ? 0x80 : 0;
  let header: Buffer;
  if (length > 0xffff || long) {
    header = Buffer.alloc(10);
    header[1] = bit | 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  } else if (length > 125) {
    header = Buffer.alloc(4);
    header[1] = bit | 126;
    header.writeUInt16BE(length, 2);
  } else {
    header = Buffer.from([0, bit | length]);
  }
  header[0] = first;
  if (!masked) return Buffer.concat([header, body]);
  const mask = randomBytes(4);
  return Buffer.concat([header, mask, body.map((byte, index) => byte ^ mask[index % 4]!)]);
}

export const text = (message: unknown) => frame(OPCODE.text, typeof message === 'string' ? message : JSON.stringify(message));
