/** A server whose side a test plays: it sees the sockets that a client opens, one after another. */
import { test, vi } from 'vitest';
import { limits } from '../limits.ts';
import { established, FakeSocket, reset } from '../testing.ts';
import { SignallingClient, type SignallingOptions } from './client.ts';

export const jwt = (id: string): string => `h.${btoa(JSON.stringify({ id, role: 'agent', company_id: 'c' }))}.s`;

export class MemoryStorage {
  readonly items = new Map<string, string>();
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.items.set(key, value);
  removeItem = (key: string): void => void this.items.delete(key);
}

class TestServer {
  readonly sockets: FakeSocket[] = [];

  get last(): FakeSocket {
    return this.sockets.at(-1) as FakeSocket;
  }

  /** The identity that the last connection claims: what it says first. */
  get claim(): Record<string, unknown> {
    return this.last.sent[0] ?? {};
  }

  /** What the last connection says after that. */
  get said(): Record<string, unknown>[] {
    return this.last.sent.slice(1);
  }

  newClient(options: Partial<SignallingOptions> = {}): SignallingClient {
    return new SignallingClient({
      url: 'ws://server/ws',
      getToken: () => Promise.resolve(jwt('u')),
      storageKey: 'desk',
      storage: new MemoryStorage(),
      random: () => 0.5,
      openSocket: (url, protocol) => {
        const socket = new FakeSocket(url, protocol);
        this.sockets.push(socket);
        queueMicrotask(() => socket.open());
        return socket as unknown as WebSocket;
      },
      ...options,
    });
  }

  /** A client that the server has let in. */
  async connected(options: Partial<SignallingOptions> = {}): Promise<SignallingClient> {
    const client = this.newClient(options);
    client.connect();
    await vi.advanceTimersByTimeAsync(0);
    this.last.say(established(), reset());
    return client;
  }

  /** Lets the retry that is due within 10 s happen. */
  async reconnect(): Promise<void> {
    await vi.advanceTimersByTimeAsync(limits.backoffCapMs);
  }
}

/** A test that gets a server, and time that it moves itself. */
export const it = test.extend<{ server: TestServer }>({
  server: async ({ task: _ }, use) => {
    vi.useFakeTimers();
    await use(new TestServer());
    vi.unstubAllGlobals();
    vi.useRealTimers();
  },
});

/** A token that comes, or does not, when the test says so. */
export function promisedToken() {
  let give = (_token: string): void => undefined;
  let refuse = (_error: Error): void => undefined;
  const promise = new Promise<string>((resolve, reject) => {
    give = resolve;
    refuse = reject;
  });
  return { promise, give, refuse };
}
