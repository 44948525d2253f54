import { expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallDocker } from '../../harness/server.ts';
import type { Computer } from './browser.ts';
import { DEMO_COMPANY, Person } from './people.ts';
import { Site } from './site.ts';

const page = readFileSync(join(import.meta.dirname, 'original.html'), 'utf8');

/** A website with original.html on it. */
export class OriginalSite {
  private constructor(readonly server: CallDocker, readonly site: Site) {}

  static async start(server: CallDocker): Promise<OriginalSite> {
    const site = await Site.start();
    site.page = page.replace('{{server}}', server.url);
    return new OriginalSite(server, site);
  }

  async open(computer: Computer, role: 'agent' | 'user'): Promise<OriginalPerson> {
    const person = new OriginalPerson(this.server, computer, await computer.context.newPage());
    const token = this.server.sign({ id: `original-${role}`, role, company_id: DEMO_COMPANY });
    await person.page.goto(`${this.site.origin}/#${new URLSearchParams({ token, role })}`);
    await expect(person.status).toHaveText('Online');
    return person;
  }

  stop(): Promise<void> { return this.site.stop(); }
}

/** Someone at a page that knows version 1 alone. */
export class OriginalPerson extends Person {
  async call(): Promise<void> { await this.button('Call').click(); }

  async answer(): Promise<void> {
    await expect(this.status).toHaveText('Incoming call');
    await this.button('Answer').click();
  }
}
