import { expect, type Locator, type Page } from '@playwright/test';
import type { Computer } from './browser.ts';
import { dominantFrequency, pictureHue } from './media.ts';
import type { CallDocker } from '../../harness/server.ts';

/** How far the measured tone may be from the played one: two steps of the spectrum. */
const TOLERANCE_HZ = 12;
/** Everyone plays a tone of their own, so that what is heard says who is speaking. */
export const TONES = { visitor: 440, agent: 880, secondVisitor: 620, secondAgent: 1100 };

/** In degrees of the colour wheel: Chromium's fake camera is green, a screen is what `shareScreen` makes of it; -1 is no picture. */
const HUES = { camera: { from: 90, to: 150 }, screen: { from: 15, to: 50 }, nothing: { from: -1, to: -1 } };

/** The company of development mode's demo. */
export const DEMO_COMPANY = 'demo';

export type Kind = 'voice' | 'video';
export type CallState = 'Waiting' | 'Place kept' | 'Callback' | 'Closed' | 'Ringing' | 'Connected' | 'On hold' | 'Reconnecting' | 'Call ended';

/** A message of the server, as it came. */
export interface Told { type: string; [member: string]: unknown }

/** What someone sees on a page, and the console errors and the server's messages that they do not. */
export abstract class Person {
  readonly consoleErrors: string[] = [];
  readonly #told: Told[] = [];

  constructor(readonly server: CallDocker, readonly computer: Computer, readonly page: Page) {
    page.on('console', (message) => { if (message.type() === 'error') this.consoleErrors.push(message.text()); });
    page.on('pageerror', (error) => { this.consoleErrors.push(error.message); });
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => { this.#told.push(JSON.parse(String(payload)) as Told); });
    });
  }

  /** All that the server has told this page, and those before it in the same tab, of one type. */
  told(type: string): Told[] { return this.#told.filter((message) => message.type === type); }

  get tone(): number { return this.computer.tone; }
  button(name: string): Locator { return this.page.getByRole('button', { name, exact: true }); }
  get status(): Locator { return this.page.getByRole('status').first(); }

  async sees(state: CallState, timeout?: number): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: state }).first()).toBeVisible({ timeout });
  }

  /** What arrives at this page is the other one's tone, and nobody else's. */
  async hears(other: Person, timeout?: number): Promise<void> { await this.hearsTone(other.tone, timeout); }

  async hearsTone(tone: number, timeout = 10_000): Promise<void> {
    await expect.poll(async () => Math.abs((await dominantFrequency(this.page)) - tone), { timeout, message: `hearing ${tone} Hz` })
      .toBeLessThan(TOLERANCE_HZ);
  }

  async hearsNothing(): Promise<void> {
    await expect.poll(() => dominantFrequency(this.page)).toBe(0);
  }

  /** The picture that arrives at this page, by its colour. */
  async seesPictureOf(what: keyof typeof HUES): Promise<void> {
    const { from, to } = HUES[what];
    await expect.poll(async () => {
      const hue = await pictureHue(this.page);
      return hue >= from && hue <= to;
    }, { message: `seeing ${what}` }).toBe(true);
  }

  /** Shares this tab, with a sheet of orange over it. */
  async shareScreen(): Promise<void> {
    await this.page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('html::after { content: ""; position: fixed; inset: 0; background: orange; pointer-events: none; z-index: 2147483647; }');
      document.adoptedStyleSheets.push(sheet);
    });
    await this.button('Share screen').click();
  }

  async hangUp(): Promise<void> { await this.button('Hang up').click(); }
}

/** Who can call, and who can answer: at our pages or at others. */
type Caller = Person & { call(kind?: Kind): Promise<void> };
type Answerer = Person & { answer(): Promise<void> };

export class Visitor extends Person {
  static async open(server: CallDocker, computer: Computer): Promise<Visitor> {
    const visitor = new Visitor(server, computer, await computer.context.newPage());
    await visitor.page.goto(server.url);
    return visitor;
  }

  async enterQueue(kind: Kind = 'voice'): Promise<void> {
    await this.button('Call us').click();
    await this.button(`Start ${kind} call`).click();
  }

  async chooseMicrophone(label: string): Promise<void> {
    await this.button('Devices').click();
    await this.page.getByRole('combobox', { name: 'Microphone' }).selectOption(label);
    await this.button('Done').click();
  }

  async call(kind?: Kind): Promise<void> {
    await this.enterQueue(kind);
    await this.sees('Ringing', 15_000);
  }
}

export class Agent extends Person {
  async chooseMicrophone(label: string): Promise<void> {
    await this.button('Devices').click();
    await this.page.getByRole('combobox', { name: 'Microphone' }).click();
    await this.page.getByRole('option', { name: label }).click();
    await this.page.keyboard.press('Escape');
  }

  static async open(server: CallDocker, computer: Computer, name: RegExp): Promise<Agent> {
    const agent = await Agent.come(server, computer);
    await agent.signIn(name);
    return agent;
  }

  /** At the desk: at its sign-in, where nobody is signed in in this browser. */
  static async come(server: CallDocker, computer: Computer): Promise<Agent> {
    const agent = new Agent(server, computer, await computer.context.newPage());
    await agent.page.goto(`${server.url}/agent`);
    return agent;
  }

  /** Another tab of the same browser, in which the agent is signed in as in this one. */
  openTab(): Promise<Agent> { return Agent.come(this.server, this.computer); }

  async signIn(name: RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).click();
    await expect(this.button('Go available')).toBeVisible();
  }

  async goAvailable(): Promise<void> {
    await this.button('Go available').click();
    await expect(this.button('Go available')).toBeHidden();
  }

  async answer(): Promise<void> { await this.button('Answer').click(); }
  async decline(): Promise<void> { await this.button('Decline').click(); }
}

/** The visitor calls, the agent answers, and they talk. */
export async function callAndTalk(visitor: Caller, agent: Answerer, kind?: Kind): Promise<void> {
  await visitor.call(kind);
  await agent.answer();
  await talk(visitor, agent);
}

/** Both hear each other, and both see that they are connected. */
export async function talk(visitor: Person, agent: Person, timeout?: number): Promise<void> {
  await Promise.all([visitor.sees('Connected', timeout), agent.sees('Connected', timeout)]);
  await Promise.all([visitor.hears(agent, timeout), agent.hears(visitor, timeout)]);
}
