import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

const modules = createRequire(import.meta.url);

/** Somebody's own website, at an address that is not the server's. Its pages may be filled in after the start. */
export class Site {
  /** By path. */
  readonly pages = new Map<string, string>();
  /** What each page is sent with. */
  headers: Record<string, string> = {};
  private constructor(private readonly listening: Server) {}

  static async start(): Promise<Site> {
    const site = new Site(createServer((request, response) => {
      const found = site.#find(request);
      response.writeHead(found ? 200 : 204, { 'Content-Type': found?.type ?? 'text/html', ...site.headers });
      response.end(found?.text);
    }).listen(0, '127.0.0.1'));
    await once(site.listening, 'listening');
    return site;
  }

  get origin(): string { return `http://127.0.0.1:${(this.listening.address() as AddressInfo).port}`; }

  set page(html: string) { this.pages.set('/', html); }

  /** Where a script of a package is to be had: `@hotwired/turbo/dist/turbo.es2017-umd.js`. */
  script(file: string): string {
    return `/modules/${file}`;
  }

  #find({ url = '/' }: IncomingMessage): { type: string; text: string } | undefined {
    const { pathname } = new URL(url, this.origin);
    if (pathname.startsWith('/modules/')) {
      return { type: 'text/javascript', text: readFileSync(modules.resolve(pathname.slice('/modules/'.length)), 'utf8') };
    }
    const text = this.pages.get(pathname);
    return text === undefined ? undefined : { type: 'text/html; charset=utf-8', text };
  }

  async stop(): Promise<void> {
    this.listening.closeAllConnections();
    this.listening.close();
    await once(this.listening, 'close');
  }
}
