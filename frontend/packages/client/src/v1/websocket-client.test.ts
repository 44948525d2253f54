import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '../testing.ts';
import { WebSocketClient } from './websocket-client.ts';

let sockets: FakeSocket[];
const last = (): FakeSocket => sockets.at(-1) as FakeSocket;

beforeEach(() => {
  sockets = [];
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  vi.stubGlobal('location', { href: 'https://shop.example/help?x=1' });
  vi.stubGlobal(
    'CloseEvent',
    class {
      readonly code: number;
      constructor(_type: string, { code }: { code: number }) {
        this.code = code;
      }
    },
  );
  vi.stubGlobal(
    'WebSocket',
    Object.assign(
      function open(url: string) {
        sockets.push(new FakeSocket(url));
        return last();
      },
      { CONNECTING: 0, OPEN: 1 },
    ),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('WebSocketClient', () => {
  it('connects at once, with the token percent-encoded', () => {
    new WebSocketClient('a+b=');

    expect(last().url).toBe('wss://shop.example/ws?token=a%2Bb%3D');
  });

  it('tries port 8081 in turn when the page comes from localhost', async () => {
    vi.stubGlobal('location', { href: 'http://localhost:5500/index.html' });
    new WebSocketClient('t');
    last().drop();
    await vi.advanceTimersByTimeAsync(10_000);

    expect(sockets.map((one) => one.url)).toEqual(['ws://localhost:5500/ws?token=t', 'ws://localhost:8081?token=t']);
  });

  it('takes options in one object, too', () => {
    const onConnect = vi.fn();
    new WebSocketClient({ token: 't', url: 'ws://elsewhere:1/any', onConnect });
    last().open();

    expect(last().url).toBe('ws://elsewhere:1/any?token=t');
    expect(onConnect).toHaveBeenCalledOnce();
  });

  it('calls back on connect, on each message and on disconnect', () => {
    const heard = { message: vi.fn(), connect: vi.fn(), disconnect: vi.fn() };
    const client = new WebSocketClient('t', heard.message, heard.connect, heard.disconnect);
    last().open();
    last().say({ type: 'connection_established', userId: 'anonymous-1' });
    last().drop(1001, 'bye');

    expect(heard.connect).toHaveBeenCalledOnce();
    expect(heard.message).toHaveBeenCalledWith({ type: 'connection_established', userId: 'anonymous-1' });
    expect(heard.disconnect).toHaveBeenCalledWith({ code: 1001, reason: 'bye' });
    expect(client.getConnectionId()).toBe('anonymous-1');
  });

  const failing = {
    throws: () => {
      throw new Error('a mistake of the page');
    },
    rejects: () => Promise.reject(new Error('a mistake of the page')),
  };

  it.each(Object.entries(failing))('reports a callback that %s, and goes on', async (_, callback) => {
    const reported = vi.spyOn(console, 'error').mockReturnValue();
    const client = new WebSocketClient('t', callback, callback, callback);
    last().open();
    last().say({ type: 'connection_established', userId: 'anonymous-1' }, { type: 'pong' });
    await vi.advanceTimersByTimeAsync(30_000);
    const sent = last().types();
    last().drop(1001);
    await vi.advanceTimersByTimeAsync(10_000);

    expect(client.getConnectionId()).toBe('anonymous-1');
    expect(sent).toEqual(['ping']);
    expect(sockets).toHaveLength(2);
    expect(reported.mock.calls.map((call) => call[1])).toEqual(new Array(4).fill(new Error('a mistake of the page')));
  });

  it('says what its methods are named for', () => {
    const client = new WebSocketClient('t');
    last().open();
    client.joinRoom('r');
    client.leaveRoom('r');
    client.sendWebRTCOffer('u', { type: 'offer', sdp: 's' }, 'c');
    client.sendWebRTCAnswer('u', { type: 'answer', sdp: 's' }, 'c');
    client.sendICECandidate('u', null, 'c');
    client.notifyCallStarted('c', 'r', 'voice');
    client.notifyCallEnded('c', 'r');
    client.updateAgentStatus('online');

    const timestamp = expect.any(String);
    expect(last().sent).toEqual([
      { type: 'join_room', roomId: 'r', timestamp },
      { type: 'leave_room', roomId: 'r', timestamp },
      { type: 'webrtc_offer', targetUserId: 'u', offer: { type: 'offer', sdp: 's' }, callId: 'c', timestamp },
      { type: 'webrtc_answer', targetUserId: 'u', answer: { type: 'answer', sdp: 's' }, callId: 'c', timestamp },
      { type: 'ice_candidate', targetUserId: 'u', candidate: null, callId: 'c', timestamp },
      { type: 'call_started', callId: 'c', roomId: 'r', callType: 'voice', timestamp },
      { type: 'call_ended', callId: 'c', roomId: 'r', reason: 'user_ended', timestamp },
      { type: 'agent_status', status: 'online', availability: 'available', timestamp },
    ]);
  });

  it('tells whether a message could be sent', () => {
    const client = new WebSocketClient('t');
    expect([client.isConnected(), client.send({ type: 'ping' })]).toEqual([false, false]);
    last().open();

    expect([client.isConnected(), client.send({ type: 'ping' })]).toEqual([true, true]);
  });

  it('comes back after any loss, without a last attempt', async () => {
    new WebSocketClient('t');
    for (let n = 0; n < 20; n += 1) {
      last().drop();
      await vi.advanceTimersByTimeAsync(10_000);
    }

    expect(sockets.length).toBe(21);
  });

  it('waits at most a second before it comes back, then two, and never more than ten', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    new WebSocketClient('t');
    for (const [index, delay] of [1_000, 2_000, 4_000, 8_000, 10_000, 10_000].entries()) {
      last().drop();
      await vi.advanceTimersByTimeAsync(delay - 1);
      expect(sockets.length, `before ${delay} ms`).toBe(index + 1);
      await vi.advanceTimersByTimeAsync(1);
      expect(sockets.length, `after ${delay} ms`).toBe(index + 2);
    }
  });

  it('waits for one time alone, also when the page has connected by itself meanwhile', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const client = new WebSocketClient('t');
    client.onDisconnect = () => {
      client.onDisconnect = undefined;
      client.connect();
    };
    last().readyState = 3;
    last().drop();
    expect(sockets.length).toBe(2);
    await vi.advanceTimersByTimeAsync(500);
    last().drop();
    await vi.advanceTimersByTimeAsync(1_999);
    expect(sockets.length).toBe(2);
    await vi.advanceTimersByTimeAsync(1);

    expect(sockets.length).toBe(3);
  });

  it('stops and says why when it is refused', async () => {
    const client = new WebSocketClient('t');
    last().drop(1008, 'Invalid token');
    await vi.advanceTimersByTimeAsync(60_000);

    expect(client.stopReason).toBe('Invalid token');
    expect(sockets.length).toBe(1);
  });

  it('stays away after disconnect, until it is asked to connect', async () => {
    const client = new WebSocketClient('t');
    last().open();
    client.disconnect();
    expect(last().closedWith).toBe(1000);
    last().drop(1000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets.length).toBe(1);
    client.connect();

    expect(sockets.length).toBe(2);
  });

  it('pings every 30 s, and gives up a connection that says nothing', async () => {
    new WebSocketClient('t');
    last().open();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(last().types()).toEqual(['ping']);
    await vi.advanceTimersByTimeAsync(60_000);

    expect(sockets[0]?.closedWith).toBe(4000);
    expect(sockets.length).toBe(2);
  });
});
