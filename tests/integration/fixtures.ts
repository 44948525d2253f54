import { test as base } from '@playwright/test';
import { CallDocker, type Surroundings } from '../harness/server.ts';
import { Client, type Who } from './client.ts';

interface Fixtures {
  /** A company that no other test has. */
  company: string;
  /** Connects someone of that company, who leaves with the test. */
  connect: (who: Partial<Who> & { id: string }) => Promise<Client>;
  /** Starts a server of the test's own, which stops with it. */
  start: (settings?: Record<string, string>, surroundings?: Surroundings) => Promise<CallDocker>;
}

let companies = 0;

export const test = base.extend<Fixtures, { server: CallDocker }>({
  server: [async ({}, use) => {
    const server = await CallDocker.start({ RATE_LIMIT_HTTP_PER_SECOND: '0' });
    await use(server);
    await server.stop();
  }, { scope: 'worker' }],
  company: async ({}, use) => { await use(`company-${companies += 1}`); },
  connect: async ({ server, company }, use) => {
    const connected: Client[] = [];
    await use(async (who) => {
      const client = await Client.connect(server, { role: 'agent', company_id: company, ...who });
      connected.push(client);
      return client;
    });
    for (const client of connected) client.vanish();
  },
  start: async ({}, use) => {
    const started: CallDocker[] = [];
    await use(async (settings = {}, surroundings = {}) => {
      started.push(await CallDocker.start(settings, surroundings));
      return started.at(-1)!;
    });
    for (const server of started) await server.stop();
  },
});

export { expect } from '@playwright/test';
