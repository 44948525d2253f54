import { test as base } from '@playwright/test';
import type { ComputerOptions } from './browser.ts';
import { Agent, Visitor } from './people.ts';
import { CallDocker } from '../../harness/server.ts';

/** The demo agents of development mode, by their names on the sign-in screen. */
export const DEMO_AGENTS = { first: /Agent One/, second: /Agent Two/ };

interface Fixtures {
  settings: Record<string, string>;
  server: CallDocker;
  openAgent: (who: keyof typeof DEMO_AGENTS, options?: Partial<ComputerOptions>) => Promise<Agent>;
  openVisitor: (options?: Partial<ComputerOptions>) => Promise<Visitor>;
}

/** A server of the test's own, and people who leave when it ends. What the server said is attached where a test fails. */
export const test = base.extend<Fixtures>({
  settings: [{}, { option: true }],
  server: async ({ settings }, use, testInfo) => {
    const server = await CallDocker.start(settings);
    await use(server);
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('server', { body: server.output });
    await server.stop();
  },
  openAgent: async ({ server }, use) => {
    const opened: Agent[] = [];
    await use(async (who, options) => {
      const agent = await Agent.open(server, DEMO_AGENTS[who], options);
      opened.push(agent);
      return agent;
    });
    await Promise.all(opened.map((agent) => agent.close()));
  },
  openVisitor: async ({ server }, use) => {
    const opened: Visitor[] = [];
    await use(async (options) => {
      const visitor = await Visitor.open(server, options);
      opened.push(visitor);
      return visitor;
    });
    await Promise.all(opened.map((visitor) => visitor.close()));
  },
});

export { expect } from '@playwright/test';
