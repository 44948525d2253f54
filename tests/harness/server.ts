import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SmallDisk } from './mount.ts';
import { freePort, isListening, Running, until } from './process.ts';

const binary = resolve(process.env.CALLDOCKER_BIN ?? join(import.meta.dirname, '../../build/release/calldocker'));

export interface Surroundings {
  /** Its data folder is a file system of its own, of this size. */
  diskKilobytes?: number;
}

export interface RecordedEvent { seq: number; at: number; type: string; data: Record<string, unknown> }

/** A real CallDocker in development mode, on ports and in a data folder of its own. */
export class CallDocker {
  readonly #folder = mkdtempSync(join(tmpdir(), 'calldocker-'));
  readonly #secret = randomBytes(32).toString('hex');
  readonly #settings: Record<string, string>;
  #running: Running | undefined;
  #disk: SmallDisk | undefined;
  #earlierOutput = '';

  private constructor(readonly port: number, readonly signallingPort: number, settings: Record<string, string>) {
    this.#settings = settings;
  }

  static async start(settings: Record<string, string> = {}, { diskKilobytes }: Surroundings = {}): Promise<CallDocker> {
    const server = new CallDocker(await freePort(), await freePort(), settings);
    if (diskKilobytes) server.#disk = await SmallDisk.mount(server.dataFolder, diskKilobytes);
    try {
      await server.restart();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** The program with other arguments or settings, to its end. */
  static async run(args: string[], folder: string, settings: Record<string, string>): Promise<{ code: number | null; output: string }> {
    const running = new Running(binary, args, { cwd: folder, env: { PATH: process.env.PATH, ...settings } });
    const code = await running.exitCode();
    return { code, output: running.output };
  }

  get pid(): number { return this.#running?.pid ?? 0; }
  closeOutput(): void { this.#running?.closeOutput(); }
  get disk(): SmallDisk {
    if (!this.#disk) throw new Error('started without a disk of its own');
    return this.#disk;
  }
  get dataFolder(): string { return join(this.#folder, 'data'); }
  get url(): string { return `http://127.0.0.1:${this.port}`; }
  get signallingUrl(): string { return `ws://127.0.0.1:${this.signallingPort}/`; }
  get output(): string { return this.#earlierOutput + (this.#running?.output ?? ''); }

  /** The program on the same ports, data and disk. */
  #run(...args: string[]): Running {
    const [command, ...rest] = [...(this.#disk?.within(this.#folder) ?? []), binary, ...args];
    return new Running(command!, rest, {
      cwd: this.#folder, // so that it finds no one's .env
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'development',
        HOST: '127.0.0.1',
        PORT: String(this.port),
        WS_PORT: String(this.signallingPort),
        DATA_DIR: join(this.#folder, 'data'),
        JWT_SECRET: this.#secret,
        ...this.#settings,
      },
    });
  }

  /** The program with the same settings and other arguments, to its end. Not beside a `serve` that runs. */
  async command(...args: string[]): Promise<{ code: number | null; output: string }> {
    const running = this.#run(...args);
    const code = await running.exitCode();
    return { code, output: running.output };
  }

  /** Starts it (again) on the same ports and data, and waits until it is healthy. */
  async restart(): Promise<void> {
    this.#earlierOutput = this.output;
    const running = this.#run('serve');
    this.#running = running;
    await until('a healthy server', async () => {
      if (running.ended) throw new Error(`the server has stopped:\n${running.output}`);
      if (this.#settings.TLS_CERT) return isListening(this.port);
      return fetch(`${this.url}/health`).then((response) => response.ok, () => false);
    });
  }

  /** As a power cut would: no goodbye, nothing flushed. */
  async kill(): Promise<void> { await this.#running?.end('SIGKILL'); }

  /** With its last words; it can be started again. */
  async end(): Promise<void> { await this.#running?.end('SIGTERM'); }

  async stop(): Promise<void> {
    await this.end();
    await this.#disk?.unmount();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** All that is on record, in order. Reads the database itself, and leaves it as it is. */
  record(): RecordedEvent[] {
    const file = join(this.dataFolder, 'calldocker.db');
    const query = 'select seq, at_ms, type, data from events order by company_id, seq';
    const [command, ...args] = [...(this.#disk?.within('/') ?? []), 'sqlite3', '-readonly', '-json', file, query];
    const rows = execFileSync(command!, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
    const events = JSON.parse(rows || '[]') as { seq: number; at_ms: number; type: string; data: string }[];
    return events.map(({ seq, at_ms, type, data }) => ({ seq, at: at_ms, type, data: JSON.parse(data) as Record<string, unknown> }));
  }

  /** Sets the company up anew, as its admin would. */
  async configure(company: string, configuration: unknown): Promise<void> {
    const token = this.sign({ id: 'ada', role: 'admin', company_id: company });
    const answer = await fetch(`${this.url}/api/v1/configuration`, { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(configuration) });
    if (!answer.ok) throw new Error(`the configuration was refused: ${await answer.text()}`);
  }

  /** A token that this server takes for genuine. `alg` and the claims are as given, however wrong. */
  sign(claims: unknown, header: Record<string, unknown> = { alg: 'HS256', typ: 'JWT' }): string {
    const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${signed}.${createHmac('sha256', this.#secret).update(signed).digest('base64url')}`;
  }

  /** The same token with another expiry. */
  resign(token: string, secondsToLive: number): string {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    return this.sign({ ...claims, exp: Math.floor(Date.now() / 1000) + secondsToLive });
  }
}
