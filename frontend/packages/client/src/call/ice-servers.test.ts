import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../limits.ts';
import { Emitter } from '../observable.ts';
import { type Outgoing, type ServerMessageOf, type Signalling, SignallingError } from '../signalling/types.ts';
import { message } from '../testing.ts';
import { IceServers } from './ice-servers.ts';

/** A server that is asked, and answers when the test says so. */
class FakeSignalling {
  readonly asked: Outgoing[] = [];
  /** What every question comes to; undefined: it is taken. */
  refusal: Error | undefined;
  private readonly handlers = new Emitter<{ ice_servers: ServerMessageOf<'ice_servers'> }>();

  request(request: Outgoing): Promise<void> {
    this.asked.push(request);
    return this.refusal ? Promise.reject(this.refusal) : Promise.resolve();
  }

  on(type: 'ice_servers', handler: (message: ServerMessageOf<'ice_servers'>) => void): () => void {
    return this.handlers.on(type, handler);
  }

  answer(username: string, callId = 'call-1'): void {
    const servers = [{ urls: ['turn:a'], username, credential: 'secret' }];
    this.handlers.emit('ice_servers', message('ice_servers', 1, { callId, iceServers: servers, ttlSeconds: 120 }));
  }
}

let signalling: FakeSignalling;
let servers: IceServers;
let refreshed: number;
let refusals: unknown[];
const forbidden = new SignallingError('forbidden', 'no such contact');
const username = (): string | undefined => servers.current[0]?.username;

beforeEach(() => {
  vi.useFakeTimers();
  signalling = new FakeSignalling();
  refreshed = 0;
  refusals = [];
  servers = new IceServers({
    signalling: signalling as unknown as Signalling,
    callId: 'call-1',
    onRefreshed: () => {
      refreshed += 1;
    },
    onRefused: (error) => refusals.push(error),
  });
});
afterEach(() => {
  servers.stop();
  vi.useRealTimers();
});

describe('the ICE servers of a call', () => {
  it('are asked for anew at half of their life, again and again', async () => {
    const first = servers.first();
    signalling.answer('first');
    await first;
    await vi.advanceTimersByTimeAsync(59_999);
    expect(signalling.asked).toHaveLength(1);

    await vi.advanceTimersByTimeAsync(1);
    signalling.answer('second');
    await vi.advanceTimersByTimeAsync(60_000);

    expect(signalling.asked).toHaveLength(3);
    expect(username()).toBe('second');
    expect(refreshed).toBe(1);
  });

  it('do not hold a call up for ever, and are used when they come late', async () => {
    const first = servers.first();
    await vi.advanceTimersByTimeAsync(limits.iceServersWaitMs);
    await first;
    expect(servers.current).toEqual([]);

    signalling.answer('late');

    expect(username()).toBe('late');
    expect(refreshed).toBe(1);
  });

  it('are asked for again when the server could not be asked', async () => {
    signalling.refusal = forbidden;
    void servers.first();
    await vi.advanceTimersByTimeAsync(limits.recoveryTryMs);

    expect(signalling.asked).toHaveLength(2);
  });

  it('do not hold a call up when they are refused, which the page hears once', async () => {
    signalling.refusal = forbidden;
    const first = servers.first();
    await vi.advanceTimersByTimeAsync(0);
    await first;
    await vi.advanceTimersByTimeAsync(3 * limits.recoveryTryMs);

    expect(refusals).toEqual([forbidden]);
  });

  it('are asked for again when the server has said that it is worth it', async () => {
    signalling.refusal = new SignallingError('overloaded', 'too many', 90_000);
    void servers.first();
    await vi.advanceTimersByTimeAsync(89_999);
    expect(signalling.asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);

    expect(signalling.asked).toHaveLength(2);
  });

  it('are those of this call alone', () => {
    void servers.first();
    signalling.answer('another', 'call-2');

    expect(servers.current).toEqual([]);
  });

  it.each(['answered', 'refused'])('are not asked for after the call, when the last time was %s', async (how) => {
    signalling.refusal = how === 'refused' ? forbidden : undefined;
    void servers.first();
    signalling.answer('first');
    servers.stop();
    await vi.advanceTimersByTimeAsync(600_000);

    expect(signalling.asked).toHaveLength(1);
  });
});
