import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Just enough of TURN (RFC 8656) to ask for an allocation over UDP, as a browser does. */

const ALLOCATE = 0x0003, ALLOCATE_SUCCESS = 0x0103;
const USERNAME = 0x0006, INTEGRITY = 0x0008, ERROR_CODE = 0x0009, REALM = 0x0014, NONCE = 0x0015, REQUESTED_TRANSPORT = 0x0019;
const COOKIE = 0x2112a442;

export interface Credentials { username: string; credential: string }

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function message(type: number, attributes: Buffer, announced = attributes.length): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(announced, 2);
  head.writeUInt32BE(COOKIE, 4);
  randomBytes(12).copy(head, 8);
  return Buffer.concat([head, attributes]);
}

function attributesOf(answer: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= answer.length;) {
    const length = answer.readUInt16BE(at + 2);
    found.set(answer.readUInt16BE(at), answer.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return found;
}

async function ask(socket: Socket, port: number, request: Buffer): Promise<Buffer> {
  socket.send(request, port, '127.0.0.1');
  const [answer] = await once(socket, 'message', { signal: AbortSignal.timeout(5_000) }) as [Buffer];
  return answer;
}

/** Asks once, from a port of its own. @returns 0 for an allocation, which lives until `end`, else the error (401, 486) */
export async function allocate(port: number, { username, credential }: Credentials): Promise<{ error: number; end: () => void }> {
  const socket = createSocket('udp4');
  const transport = attribute(REQUESTED_TRANSPORT, Buffer.from([17, 0, 0, 0]));
  const challenge = attributesOf(await ask(socket, port, message(ALLOCATE, transport)));
  const realm = challenge.get(REALM)!, nonce = challenge.get(NONCE)!;
  const attributes = Buffer.concat([
    transport, attribute(USERNAME, Buffer.from(username)), attribute(REALM, realm), attribute(NONCE, nonce),
  ]);
  const unsigned = message(ALLOCATE, attributes, attributes.length + 24);
  const key = createHash('md5').update(`${username}:${realm.toString()}:${credential}`).digest();
  const answer = await ask(socket, port, Buffer.concat([
    unsigned, attribute(INTEGRITY, createHmac('sha1', key).update(unsigned).digest()),
  ]));
  const code = attributesOf(answer).get(ERROR_CODE);
  const error = answer.readUInt16BE(0) === ALLOCATE_SUCCESS ? 0 : (code?.[2] ?? 0) * 100 + (code?.[3] ?? 0);
  return { error, end: () => socket.close() };
}
