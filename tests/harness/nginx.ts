import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isListening, Running, until } from './process.ts';

const example = join(import.meta.dirname, '../../deploy/nginx/calldocker-below-a-path.conf');

/** Debian's nginx on loopback, which serves a site of its own and, below `/calls/`, CallDocker, by the very lines that we give operators. */
export class Nginx {
  private constructor(private readonly folder: string, private readonly running: Running, readonly port: number) {}

  /** @param port  CallDocker's */
  static async inFrontOf(port: number): Promise<Nginx> {
    const folder = mkdtempSync(join(tmpdir(), 'calldocker-nginx-'));
    const own = await freePort();
    const lines = readFileSync(example, 'utf8').replaceAll('127.0.0.1:3000', `127.0.0.1:${port}`);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${join(folder, kind)};`);
    writeFileSync(join(folder, 'nginx.conf'), `
      daemon off;
      # Its workers write where we may write. Ignored, with a warning, where we are not root.
      user root;
      pid ${join(folder, 'pid')};
      error_log stderr;
      worker_processes 1;
      events {}
      http {
        access_log off;
        ${temporary.join('\n')}
        server {
          listen 127.0.0.1:${own};
          location / { return 404; }
          ${lines}
        }
      }`);
    const running = new Running('/usr/sbin/nginx', ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')], { cwd: folder, env: process.env });
    await until('nginx listening', async () => {
      if (running.ended) throw new Error(`nginx has stopped:\n${running.output}`);
      return isListening(own);
    });
    return new Nginx(folder, running, own);
  }

  /** Where CallDocker is, without a slash at the end. */
  get url(): string { return `http://127.0.0.1:${this.port}/calls`; }

  async stop(): Promise<void> {
    await this.running.end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
