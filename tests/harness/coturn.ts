import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isListening, Running, until } from './process.ts';

/** Debian's coturn on loopback, with the credentials scheme of deploy/turnserver.conf. */
export class Coturn {
  readonly #folder: string;
  #running: Running;

  private constructor(folder: string, running: Running, readonly port: number, readonly secret: string) {
    this.#folder = folder;
    this.#running = running;
  }

  /** @param further  lines of its configuration */
  static async start(further: string[] = []): Promise<Coturn> {
    const folder = mkdtempSync(join(tmpdir(), 'calldocker-turn-'));
    const port = await freePort();
    const secret = 'for this test alone';
    writeFileSync(join(folder, 'turnserver.conf'), [
      'listening-ip=127.0.0.1', 'relay-ip=127.0.0.1', `listening-port=${port}`,
      ...further,
      'use-auth-secret', `static-auth-secret=${secret}`, 'realm=calldocker.test', 'fingerprint',
      // Never outside a test: it lets callers reach what listens on this machine. coturn asks for the password with it.
      'allow-loopback-peers', 'cli-password=unused', 'no-cli',
      'no-tls', 'no-dtls', 'log-file=stdout', `pidfile=${join(folder, 'pid')}`, `userdb=${join(folder, 'turndb')}`, '',
    ].join('\n'));
    return new Coturn(folder, await run(folder, port), port, secret);
  }

  /** Ends it, and with it all that it relays, and starts it anew. */
  async restart(): Promise<void> {
    await this.#running.end('SIGKILL');
    this.#running = await run(this.#folder, this.port);
  }

  /** What the server would hand out, good until `expiry`, in seconds since 1970. */
  credentials(expiry: number, user: string): { username: string; credential: string } {
    const username = `${expiry}:${user}`;
    return { username, credential: createHmac('sha1', this.secret).update(username).digest('base64') };
  }

  /** The settings that the server needs. */
  get settings(): Record<string, string> {
    return { TURN_URLS: `turn:127.0.0.1:${this.port}?transport=udp`, TURN_SECRET: this.secret, STUN_URLS: '' };
  }

  get output(): string { return this.#running.output; }

  async stop(): Promise<void> {
    await this.#running.end('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function run(folder: string, port: number): Promise<Running> {
  const running = new Running('turnserver', ['-c', join(folder, 'turnserver.conf')], { cwd: folder, env: process.env });
  await until('coturn listening', async () => {
    if (running.ended) throw new Error(`coturn has stopped:\n${running.output}`);
    return isListening(port);
  });
  return running;
}
