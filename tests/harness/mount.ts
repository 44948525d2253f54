import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync, rmSync, writeSync } from 'node:fs';
import { once } from 'node:events';
import { until } from './process.ts';

const UNSHARE = ['--mount', '--propagation', 'private'];

/** Why no file system can be mounted here; empty where one can. Needs only a mount namespace of its own. */
export const cannotMount = ((): string => {
  try {
    execFileSync('unshare', [...UNSHARE, 'mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', '/mnt'], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    return '';
  } catch (error) {
    return String((error as { stderr?: string }).stderr || error).trim();
  }
})();

/** A small file system of the test's own, which only programs that are started within it see, and which goes with it. */
export class SmallDisk {
  readonly #keeper: ChildProcess; // a mount namespace lives as long as a process in it

  private constructor(keeper: ChildProcess, readonly folder: string) { this.#keeper = keeper; }

  static async mount(folder: string, kilobytes: number): Promise<SmallDisk> {
    mkdirSync(folder, { recursive: true });
    const script = 'mount -t tmpfs -o "size=$1k,mode=0700" tmpfs "$2" && echo mounted && exec sleep 600';
    const keeper = spawn('unshare', [...UNSHARE, 'sh', '-c', script, 'sh', String(kilobytes), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    keeper.stdout.setEncoding('utf8').on('data', (text: string) => { said += text; });
    await until('a mounted disk', async () => said.includes('mounted'));
    return new SmallDisk(keeper, folder);
  }

  /** What to put before a command so that it runs within. */
  within(workingFolder: string): string[] {
    return ['nsenter', '--target', String(this.#keeper.pid), '--mount', `--wd=${workingFolder}`];
  }

  /** The same path as seen from outside. */
  outside(path: string): string { return `/proc/${this.#keeper.pid}/root${path}`; }

  /** Leaves not a byte. */
  fill(): void {
    const file = openSync(this.outside(`${this.folder}/filler`), 'w');
    try {
      for (let size = 65_536; size > 0; size = size > 1 ? Math.floor(size / 16) : 0) {
        const bytes = Buffer.alloc(size);
        try {
          for (;;) writeSync(file, bytes);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
    } finally {
      closeSync(file);
    }
  }
  free(): void { rmSync(this.outside(`${this.folder}/filler`)); }

  /** Only while nobody has a file on it open for writing. */
  remount(how: 'ro' | 'rw'): void {
    const [command, ...args] = this.within('/');
    execFileSync(command!, [...args, 'mount', '-o', `remount,${how}`, this.folder]);
  }

  async unmount(): Promise<void> {
    const gone = once(this.#keeper, 'exit');
    if (this.#keeper.exitCode === null && this.#keeper.signalCode === null) {
      this.#keeper.kill('SIGKILL');
      await gone;
    }
  }
}
