import { type BrowserContext, expect, test as base } from '@playwright/test';
import { type Computer, type ComputerOptions, Computers } from './browser.ts';
import { Agent, callAndTalk, DEMO_COMPANY, type Kind, TONES, Visitor } from './people.ts';
import { Site } from './site.ts';
import { CallDocker } from '../../harness/server.ts';

/** The demo's staff, by their names on the sign-in screen. */
export const DEMO_AGENTS = { first: 'Agent One', second: 'Agent Two', supervisor: 'Supervisor One' };
const MICROPHONES = { first: TONES.agent, second: TONES.secondAgent, supervisor: TONES.supervisor };

export interface Arrival extends Partial<ComputerOptions> {
  /** Runs before the first page loads. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
}

export interface Call { visitor: Visitor; agent: Agent }

interface CallOptions {
  kind?: Kind;
  visitor?: Arrival;
  agent?: Arrival;
}

interface Fixtures {
  settings: Record<string, string>;
  server: CallDocker;
  /** Sets the demo's company up, as its admin does. */
  configure: (company: unknown) => Promise<void>;
  openComputer: (options: ComputerOptions) => Promise<Computer>;
  openAgent: (who: keyof typeof DEMO_AGENTS, options?: Arrival) => Promise<Agent>;
  openAvailableAgent: (who: keyof typeof DEMO_AGENTS, options?: Arrival) => Promise<Agent>;
  openVisitor: (options?: Arrival) => Promise<Visitor>;
  /** The first agent is available, and a visitor's call rings there. */
  ring: (options?: CallOptions) => Promise<Call>;
  /** The first agent and a visitor who talk to each other. */
  call: (options?: CallOptions) => Promise<Call>;
}

/** A website that is not ours, whose pages may have the widget. */
interface SiteFixtures {
  site: Site;
}

/** A server of the test's own, and people who leave when it ends. A failed test has the server's output attached. */
export const test = base.extend<Fixtures, { computers: Computers }>({
  computers: [async ({}, use) => {
    const computers = new Computers();
    await use(computers);
    await computers.close();
  }, { scope: 'worker' }],
  settings: [{}, { option: true }],
  server: async ({ settings }, use, testInfo) => {
    const server = await CallDocker.start(settings);
    await use(server);
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('server', { body: server.output });
    await server.stop();
  },
  configure: async ({ server }, use) => {
    await use((company) => server.configure(DEMO_COMPANY, company));
  },
  openComputer: async ({ computers }, use) => {
    const opened: Computer[] = [];
    await use(async (options) => {
      const computer = await computers.open(options);
      opened.push(computer);
      return computer;
    });
    await Promise.all(opened.map((computer) => computer.close()));
  },
  openAgent: async ({ server, openComputer }, use) => {
    await use(async (who, { prepare, ...options } = {}) => {
      const computer = await openComputer({ tone: MICROPHONES[who], ...options });
      await prepare?.(computer.context);
      return Agent.open(server, computer, DEMO_AGENTS[who]);
    });
  },
  openAvailableAgent: async ({ openAgent }, use) => {
    await use(async (who, options) => {
      const agent = await openAgent(who, options);
      await agent.goAvailable();
      return agent;
    });
  },
  openVisitor: async ({ server, openComputer }, use) => {
    await use(async ({ prepare, ...options } = {}) => {
      const computer = await openComputer({ tone: TONES.visitor, ...options });
      await prepare?.(computer.context);
      return Visitor.open(server, computer);
    });
  },
  ring: async ({ openAvailableAgent, openVisitor }, use) => {
    await use(async ({ kind, ...people } = {}) => {
      const agent = await openAvailableAgent('first', people.agent);
      const visitor = await openVisitor(people.visitor);
      await visitor.call(kind);
      await expect(agent.button('Answer')).toBeVisible();
      return { visitor, agent };
    });
  },
  call: async ({ openAvailableAgent, openVisitor }, use) => {
    await use(async ({ kind, ...people } = {}) => {
      const agent = await openAvailableAgent('first', people.agent);
      const visitor = await openVisitor(people.visitor);
      await callAndTalk(visitor, agent, kind);
      return { visitor, agent };
    });
  },
});

/** The same, and a website of somebody else's, from which visitors may call. */
export const siteTest = test.extend<SiteFixtures>({
  site: async ({}, use) => {
    const site = await Site.start();
    await use(site);
    await site.stop();
  },
  settings: async ({ site }, use) => {
    await use({ ALLOWED_ORIGINS: site.origin });
  },
});

export { expect };
