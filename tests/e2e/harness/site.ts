import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody's own website, at an address that is not the server's: one page, which may be filled in after the start. */
export class Site {
  page = '';
  private constructor(private readonly listening: Server) {}

  static async start(): Promise<Site> {
    const site = new Site(createServer((request, response) => {
      response.writeHead(request.url === '/' ? 200 : 204, { 'Content-Type': 'text/html' });
      response.end(request.url === '/' ? site.page : undefined);
    }).listen(0, '127.0.0.1'));
    await once(site.listening, 'listening');
    return site;
  }

  get origin(): string { return `http://127.0.0.1:${(this.listening.address() as AddressInfo).port}`; }

  async stop(): Promise<void> {
    this.listening.closeAllConnections();
    this.listening.close();
    await once(this.listening, 'close');
  }
}
