import { expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallDocker } from '../../harness/server.ts';
import type { Computer } from './browser.ts';
import { DEMO_COMPANY, Person } from './people.ts';
import { Site } from './site.ts';

const page = readFileSync(join(import.meta.dirname, 'original.html'), 'utf8');

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The customer token of the original's documents, to the letter: every visitor of its pages carries this one. */
export const DOCUMENTED_TOKEN = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ id: 'anonymous', role: 'user', company_id: 'default', iat: 1672545670 })}.mock_signature`;

/** A website with original.html on it. */
export class OriginalSite {
  private constructor(readonly server: CallDocker, readonly site: Site) {}

  static async start(server: CallDocker): Promise<OriginalSite> {
    const site = await Site.start();
    site.page = page.replace('{{server}}', server.url);
    return new OriginalSite(server, site);
  }

  async open(computer: Computer, role: 'agent' | 'user', token = this.server.sign({ id: `original-${role}`, role, company_id: DEMO_COMPANY })): Promise<OriginalPerson> {
    const person = new OriginalPerson(this.server, computer, await computer.context.newPage());
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
