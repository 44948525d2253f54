import { expect } from '@playwright/test';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { CallDocker } from '../../harness/server.ts';
import type { Computer } from './browser.ts';
import { DEMO_COMPANY, Person } from './people.ts';

const page = readFileSync(join(import.meta.dirname, 'original.html'), 'utf8');

/** Somebody's own website, with original.html on it. */
export class OriginalSite {
  private constructor(readonly server: CallDocker, readonly site: Server) {}

  static async start(server: CallDocker): Promise<OriginalSite> {
    const site = createServer((request, response) => {
      response.writeHead(request.url === '/' ? 200 : 204, { 'Content-Type': 'text/html' });
      response.end(request.url === '/' ? page.replace('{{server}}', server.url) : undefined);
    }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    return new OriginalSite(server, site);
  }

  async open(computer: Computer, role: 'agent' | 'user'): Promise<OriginalPerson> {
    const person = new OriginalPerson(this.server, computer, await computer.context.newPage());
    const token = this.server.sign({ id: `original-${role}`, role, company_id: DEMO_COMPANY });
    await person.page.goto(`http://127.0.0.1:${(this.site.address() as AddressInfo).port}/#${new URLSearchParams({ token, role })}`);
    await expect(person.status).toHaveText('Online');
    return person;
  }

  async stop(): Promise<void> {
    this.site.closeAllConnections();
    this.site.close();
    await once(this.site, 'close');
  }
}

/** Someone at a page that knows version 1 alone. */
export class OriginalPerson extends Person {
  async call(): Promise<void> { await this.button('Call').click(); }

  async answer(): Promise<void> {
    await expect(this.status).toHaveText('Incoming call');
    await this.button('Answer').click();
  }
}
