// RFC 6455 in every MUST of a server, and docs/protocol.md, "Close codes" and "Bounds": by raw frames.
import { expect, test as base } from './fixtures.ts';
import { frame, OPCODE, Raw, text, upgradeRequest } from './raw.ts';

const test = base.extend<{ token: string; open: () => Promise<Raw> }>({
  token: async ({ server, company }, use) => { await use(server.sign({ id: 'raw', role: 'agent', company_id: company })); },
  open: async ({ server, token }, use) => {
    const opened: Raw[] = [];
    await use(async () => {
      const raw = await Raw.open(server.signallingPort, token);
      opened.push(raw);
      await raw.message();
      return raw;
    });
    for (const raw of opened) raw.destroy();
  },
});

const ping = '{"type":"ping"}';
const KIB = 1024;

test('the handshake is answered with the key that RFC 6455 computes', async ({ server, token }) => {
  const raw = await Raw.connect(server.signallingPort);

  raw.write(upgradeRequest(`/?token=${token}`).replace(/Key: .*\r/, 'Key: dGhlIHNhbXBsZSBub25jZQ==\r'));

  const head = await raw.head();
  expect(head).toMatch(/^HTTP\/1\.1 101 /);
  expect(head.toLowerCase()).toContain('\r\nupgrade: websocket\r\n');
  expect(head.toLowerCase()).toContain('\r\nconnection: upgrade\r\n');
  expect(head).toContain('\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n');
  expect(head).not.toMatch(/extensions|sec-websocket-protocol/i);
  raw.destroy();
});

test('names and values of the handshake are read without regard to case, in lists too', async ({ server, token }) => {
  const raw = await Raw.connect(server.signallingPort);

  raw.write(upgradeRequest(`/?token=${token}`, 'sec-websocket-protocol: other,  calldocker.v2\r\nSec-WebSocket-Extensions: permessage-deflate\r\n')
    .replace('Connection: Upgrade', 'cONNECTION: keep-alive, uPGRADE').replace('Upgrade: websocket', 'UPGRADE: WebSocket'));

  const head = await raw.head();
  expect(head).toMatch(/^HTTP\/1\.1 101 /);
  expect(head).toContain('Sec-WebSocket-Protocol: calldocker.v2\r\n');
  expect(head).not.toMatch(/extensions/i);
  raw.destroy();
});

const wrongHandshakes: Record<string, [number[], (request: string) => string]> = {
  'no key': [[400], (request) => request.replace(/Sec-WebSocket-Key: .*\r\n/, '')],
  'an empty key': [[400], (request) => request.replace(/Key: .*\r/, 'Key: \r')],
  'a key of 15 bytes': [[400], (request) => request.replace(/Key: .*\r/, `Key: ${Buffer.alloc(15).toString('base64')}\r`)],
  'a key that is no base64': [[400], (request) => request.replace(/Key: .*\r/, 'Key: !!!!!!!!!!!!!!!!!!!!!!==\r')],
  'two keys': [[400], (request) => request.replace('\r\n\r\n', '\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n')],
  'version 8': [[426], (request) => request.replace('Version: 13', 'Version: 8')],
  'no version': [[400, 426], (request) => request.replace('Sec-WebSocket-Version: 13\r\n', '')],
  'no Connection': [[400], (request) => request.replace('Connection: Upgrade\r\n', '')],
  'Connection: close': [[400], (request) => request.replace('Connection: Upgrade', 'Connection: close')],
  'POST': [[400, 405], (request) => request.replace('GET', 'POST').replace('\r\n\r\n', '\r\nContent-Length: 0\r\n\r\n')],
  'HTTP/1.0': [[400, 426, 505], (request) => request.replace('HTTP/1.1', 'HTTP/1.0')],
  'no Host': [[400], (request) => request.replace('Host: 127.0.0.1\r\n', '')],
};
for (const [what, [statuses, change]] of Object.entries(wrongHandshakes)) {
  test(`a handshake with ${what} is no handshake`, async ({ server, token }) => {
    const raw = await Raw.connect(server.signallingPort);

    raw.write(change(upgradeRequest(`/?token=${token}`)));

    const response = await raw.response();
    expect(statuses).toContain(response.status);
    if (response.status === 426) expect(response.head).toMatch(/\r\nSec-WebSocket-Version: 13\r\n/i);
    await raw.ended();
  });
}

test('an upgrade to something else is a plain request', async ({ server, token }) => {
  const raw = await Raw.connect(server.signallingPort);
  raw.write(upgradeRequest(`/?token=${token}`).replace('Upgrade: websocket', 'Upgrade: h2c'));
  expect((await raw.response()).status).toBe(426);
  raw.destroy();
});

test('a handshake and frames are read however they are cut', async ({ server, token }) => {
  const raw = await Raw.connect(server.signallingPort);

  for (const byte of upgradeRequest(`/?token=${token}`)) { raw.write(byte); await new Promise(setImmediate); }
  expect(await raw.head()).toMatch(/^HTTP\/1\.1 101 /);
  await raw.message();
  for (const byte of Buffer.concat([text({ type: 'ping', x: 'x'.repeat(200) }), frame(OPCODE.ping, 'hello')])) { raw.write(Buffer.from([byte])); await new Promise(setImmediate); }

  expect((await raw.message()).type).toBe('pong');
  expect(await raw.frame()).toMatchObject({ opcode: OPCODE.pong, payload: Buffer.from('hello') });
  raw.destroy();
});

test('bytes that come right behind the handshake are not lost', async ({ server, token }) => {
  const raw = await Raw.open(server.signallingPort, token, { behind: Buffer.concat([text({ type: 'join_room', roomId: 'a room' }), text(ping)]) });

  expect([await raw.message(), await raw.message(), await raw.message()].map((message) => message.type))
    .toEqual(['connection_established', 'room_joined', 'pong']);
  raw.destroy();
});

test('many frames in one piece are answered one by one, in order', async ({ open }) => {
  const raw = await open();

  raw.write(Buffer.concat(Array.from({ length: 50 }, (_, index) => text({ type: `t${index}` }))));

  for (let index = 0; index < 50; index += 1) expect((await raw.message()).message).toBe(`Unknown message type: t${index}`);
});

test('fragments make one message, with control frames between them', async ({ open }) => {
  const raw = await open();

  raw.write(Buffer.concat([
    frame(OPCODE.text, '{"type":', { fin: false }), frame(OPCODE.ping, 'between'), frame(OPCODE.continuation, '', { fin: false }),
    frame(OPCODE.continuation, '"ping"}'),
  ]));

  expect(await raw.frame()).toMatchObject({ opcode: OPCODE.pong, payload: Buffer.from('between') });
  expect((await raw.message()).type).toBe('pong');
});

test('a character may be cut by fragments at each of its bytes', async ({ open }) => {
  const raw = await open();
  const message = Buffer.from('{"type":"ü€😀"}');

  raw.write(Buffer.concat(Array.from(message, (byte, index) =>
    frame(index === 0 ? OPCODE.text : OPCODE.continuation, Buffer.from([byte]), { fin: index === message.length - 1 }))));

  expect((await raw.message()).message).toBe('Unknown message type: ü€😀');
});

test('a pong that nobody asked for is passed over', async ({ open }) => {
  const raw = await open();
  raw.write(Buffer.concat([frame(OPCODE.pong, 'x'), text(ping)]));
  expect((await raw.message()).type).toBe('pong');
});

test('an empty text message is malformed, and the connection goes on', async ({ open }) => {
  const raw = await open();
  raw.write(Buffer.concat([frame(OPCODE.text), text(ping)]));
  expect((await raw.message()).message).toBe('Invalid message format');
  expect((await raw.message()).type).toBe('pong');
});

const broken: Record<string, [number, Buffer | Buffer[]]> = {
  'a frame that is not masked': [1002, frame(OPCODE.text, ping, { masked: false })],
  'RSV1': [1002, frame(OPCODE.text, ping, { rsv: 4 })],
  'RSV2': [1002, frame(OPCODE.text, ping, { rsv: 2 })],
  'RSV3 in a control frame': [1002, frame(OPCODE.ping, '', { rsv: 1 })],
  'the opcode 3': [1002, frame(3, ping)],
  'the opcode 11': [1002, frame(11, '')],
  'a ping in fragments': [1002, frame(OPCODE.ping, 'x', { fin: false })],
  'a ping of 126 bytes': [1002, frame(OPCODE.ping, 'x'.repeat(126))],
  'a close of one byte': [1002, frame(OPCODE.close, 'x')],
  'a close with the code 1005': [1002, frame(OPCODE.close, Buffer.from([0x03, 0xed]))],
  'a close with the code 999': [1002, frame(OPCODE.close, Buffer.from([0x03, 0xe7]))],
  'a close with the code 5000': [1002, frame(OPCODE.close, Buffer.from([0x13, 0x88]))],
  'a close whose reason is not UTF-8': [1007, frame(OPCODE.close, Buffer.from([0x03, 0xe8, 0xff]))],
  'a continuation of nothing': [1002, frame(OPCODE.continuation, 'x')],
  'a text within a text': [1002, [frame(OPCODE.text, 'x', { fin: false }), frame(OPCODE.text, 'y')]],
  'text that is not UTF-8': [1007, frame(OPCODE.text, Buffer.from([0x22, 0xc3, 0x28, 0x22]))],
  'an overlong character': [1007, frame(OPCODE.text, Buffer.from([0xc0, 0xaf]))],
  'half a surrogate': [1007, frame(OPCODE.text, Buffer.from([0xed, 0xa0, 0x80]))],
  'a character beyond Unicode': [1007, frame(OPCODE.text, Buffer.from([0xf4, 0x90, 0x80, 0x80]))],
  'a character that does not end': [1007, frame(OPCODE.text, Buffer.from([0xe2, 0x82]))],
  'bad UTF-8 across fragments': [1007, [frame(OPCODE.text, Buffer.from([0xe2]), { fin: false }), frame(OPCODE.continuation, Buffer.from([0x28, 0xa1]))]],
  'a length with its highest bit': [1002, Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4])],
  'a length of 64 bits for five bytes': [1002, frame(OPCODE.text, 'hello', { long: true })],
  'a header that tells 256 KiB and a byte': [1009, frame(OPCODE.text, '', { claims: 256 * KIB + 1 })],
  'a header that tells an exabyte': [1009, Buffer.from([0x81, 0xff, 0x0f, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4])],
  'fragments that together are too long': [1009, [frame(OPCODE.text, 'x'.repeat(200 * KIB), { fin: false }), frame(OPCODE.continuation, '', { claims: 57 * KIB })]],
};
for (const [what, [code, bytes]] of Object.entries(broken)) {
  test(`${what}: ${code}, and the socket ends`, async ({ open }) => {
    const raw = await open();

    raw.write(Array.isArray(bytes) ? Buffer.concat(bytes) : bytes);

    expect(await raw.closeCode()).toBe(code);
    raw.finish();
    await raw.ended();
  });
}

for (const code of [1000, 1001, 1011, 3000, 4999]) {
  test(`a close with ${code} is answered with it, and the socket ends`, async ({ open }) => {
    const raw = await open();
    raw.write(frame(OPCODE.close, Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from('bye')])));
    expect(await raw.closeCode()).toBe(code);
    await raw.ended();
  });
}

test('a close without a code is answered, and nothing that follows it is handled', async ({ open, connect }) => {
  const raw = await open();
  const other = await connect({ id: 'other' });
  raw.write(Buffer.concat([frame(OPCODE.close), text({ type: 'agent_status', status: 'online' })]));
  await raw.closeCode();
  await raw.ended();
  expect(await other.settled()).toEqual([]);
});

test('a refused connection that goes on talking is closed all the same', async ({ server }) => {
  for (const behind of [text(ping), Buffer.alloc(300 * KIB, 0xff), frame(OPCODE.text, 'x', { masked: false }), frame(OPCODE.ping, 'x')]) {
    const raw = await Raw.open(server.signallingPort, 'wrong', { behind });
    const said = await raw.frame();
    expect(said).toMatchObject({ opcode: OPCODE.close });
    expect(said.payload.toString('latin1').slice(2)).toBe('Invalid token');
    raw.finish();
    await raw.ended();
  }
});

test('bytes of chance end their own connection and nobody else\'s', async ({ server, token, connect }) => {
  const other = await connect({ id: 'other' });
  let seed = 42;
  const chance = () => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed >> 16; };
  for (let round = 0; round < 40; round += 1) {
    const raw = await Raw.open(server.signallingPort, token);
    raw.write(Buffer.from(Array.from({ length: 400 }, () => chance() & 255)));
    raw.finish();
    await raw.ended();
    raw.destroy();
  }
  for (let round = 0; round < 20; round += 1) {
    const raw = await Raw.connect(server.port);
    raw.write(Buffer.from(Array.from({ length: 400 }, () => chance() & 255)));
    raw.finish();
    await raw.ended();
    raw.destroy();
  }
  expect(await other.settled()).toEqual([]);
});
