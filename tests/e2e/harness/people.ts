import { expect, type Locator, type Page } from '@playwright/test';
import type { Computer } from './browser.ts';
import { dominantFrequency, pictureHue, tonesHeard } from './media.ts';
import type { CallDocker } from '../../harness/server.ts';

/** How far the measured tone may be from the played one: two steps of the spectrum. */
const TOLERANCE_HZ = 12;
/** Everyone plays a tone of their own, so that what is heard says who is speaking. */
export const TONES = { visitor: 440, agent: 880, secondVisitor: 620, secondAgent: 1100, supervisor: 760 };

/** In degrees of the colour wheel: Chromium's fake camera is green, a screen is what `shareScreen` makes of it; -1 is no picture. */
const HUES = { camera: { from: 90, to: 150 }, screen: { from: 15, to: 50 }, nothing: { from: -1, to: -1 } };

/** The company of development mode's demo. */
export const DEMO_COMPANY = 'demo';

export type Kind = 'voice' | 'video';
export type CallState = 'Waiting' | 'Place kept' | 'Callback' | 'Closed' | 'Ringing' | 'Connected' | 'Reconnecting' | 'On hold' | 'Asking a colleague' | 'Three-way call'
  | 'Listening in' | 'Voice message' | 'Calling back' | 'Wrap-up' | 'Call ended';
/** The agent's own state, as the desk words it. */
export type AgentState = 'Offline' | 'Available' | 'Ringing' | 'On call' | 'On hold' | 'Wrap-up' | 'Not ready: Break' | 'Not ready: Meeting' | 'A call was not answered'
  | 'Sound trouble' | 'Connection lost' | 'Too many calls declined';
/** How somebody takes part in a call that is another's. */
export type Supervision = 'Listen' | 'Whisper' | 'Join';

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
  /** Whoever clicks it comes to it from elsewhere: what has just appeared under a pointer takes no click for half a second. */
  button(name: string): Locator {
    const button = this.page.getByRole('button', { name, exact: true });
    const click = button.click.bind(button);
    button.click = async (options) => {
      await this.page.mouse.move(0, 0);
      await click(options);
    };
    return button;
  }
  get status(): Locator { return this.page.getByRole('status').first(); }

  async sees(state: CallState, timeout?: number): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: state }).first()).toBeVisible({ timeout });
  }

  /** What arrives at this page is the tone of each of these, and nobody else's. */
  async hears(others: Person | Person[], timeout?: number): Promise<void> {
    const wanted = [others].flat().map(({ tone }) => tone).sort();
    const known = [...new Set([...Object.values(TONES), ...wanted])];
    await expect.poll(async () => (await tonesHeard(this.page, known)).sort(), { timeout, message: `hearing ${wanted.join(' and ')} Hz` }).toEqual(wanted);
  }

  async hearsTone(tone: number, timeout?: number): Promise<void> {
    await expect.poll(async () => Math.abs((await dominantFrequency(this.page)) - tone), { timeout, message: `hearing ${tone} Hz` })
      .toBeLessThan(TOLERANCE_HZ);
  }

  async hearsNothing(): Promise<void> {
    await expect.poll(() => dominantFrequency(this.page), { message: 'hearing nothing' }).toBe(0);
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

  async press(name: string): Promise<void> { await this.button(name).click(); }

  async hangUp(): Promise<void> { await this.press('Hang up'); }
}

/** Who can call, and who can answer: at our pages or at others. */
type Caller = Person & { call(kind?: Kind): Promise<void> };
type Answerer = Person & { answer(): Promise<void> };

export class Visitor extends Person {
  static async open(server: CallDocker, computer: Computer, address = server.url): Promise<Visitor> {
    const visitor = new Visitor(server, computer, await computer.context.newPage());
    await visitor.page.goto(address);
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

  /** In a hurry: the line check is not waited for. */
  async call(kind?: Kind): Promise<void> {
    await this.enterQueue(kind);
    const rings = this.sees('Ringing', 15_000);
    await Promise.race([this.button('Call now').click(), rings]);
    await rings;
  }
}

export class Agent extends Person {
  /** As colleagues see it. */
  #name = '';

  get name(): string { return this.#name; }
  /** What the desk warns of, or is sorry for. */
  get alerts(): Locator { return this.page.getByRole('alert'); }
  get notes(): Locator { return this.page.getByRole('textbox', { name: 'Notes for your team' }); }

  async chooseMicrophone(label: string): Promise<void> {
    await this.button('Devices').click();
    await this.page.getByRole('combobox', { name: 'Microphone' }).click();
    await this.page.getByRole('option', { name: label }).click();
    await this.page.keyboard.press('Escape');
  }

  static async open(server: CallDocker, computer: Computer, name: string, address?: string): Promise<Agent> {
    const agent = await Agent.come(server, computer, address);
    await agent.signIn(name);
    return agent;
  }

  /** At the desk: at its sign-in, where nobody is signed in in this browser. */
  static async come(server: CallDocker, computer: Computer, address = `${server.url}/agent`): Promise<Agent> {
    const agent = new Agent(server, computer, await computer.context.newPage());
    await agent.page.goto(address);
    return agent;
  }

  /** Another tab of the same browser, in which the agent is signed in as in this one. */
  openTab(): Promise<Agent> { return Agent.come(this.server, this.computer); }

  async signIn(name: string): Promise<void> {
    await this.page.getByRole('button', { name }).click();
    await expect(this.button('Go available')).toBeVisible();
    this.#name = name;
  }

  async goAvailable(): Promise<void> {
    await this.button('Go available').click();
    await expect(this.button('Go available')).toBeHidden();
  }

  async answer(): Promise<void> { await this.press('Answer'); }
  async decline(): Promise<void> { await this.press('Decline'); }

  /** The agent's own state, in the bar at the top. */
  get #state(): Locator { return this.page.getByRole('banner').locator('.state'); }
  async isIn(state: AgentState, timeout?: number): Promise<void> { await expect(this.#state).toContainText(state, { timeout }); }

  async openStates(): Promise<void> { await this.#state.click(); }
  async chooseState(choice: string): Promise<void> {
    await this.openStates();
    await this.page.getByRole('menuitem', { name: choice }).click();
  }

  async hold(): Promise<void> { await this.button('Hold').click(); }
  async resume(): Promise<void> { await this.button('Resume').click(); }

  /** Hands the call over to a colleague or a queue without asking. */
  async transfer(to: Agent | string, note = ''): Promise<void> { await this.#handOver(to, 'Hand over now', note); }
  /** Asks a colleague, or who answers for a queue, while the visitor is on hold. */
  async consult(whom: Agent | string, note = ''): Promise<void> { await this.#handOver(whom, 'Ask first', note); }

  async #handOver(to: Agent | string, how: string, note: string): Promise<void> {
    await this.button('Transfer').click();
    const dialog = this.page.getByRole('dialog', { name: 'Transfer the call' });
    await dialog.getByRole('radio', { name: typeof to === 'string' ? to : to.name }).check();
    await dialog.getByRole('textbox', { name: 'Note' }).fill(note);
    await dialog.getByRole('button', { name: how }).click();
    await expect(dialog).toBeHidden();
  }

  async pressKeys(keys: string): Promise<void> {
    await this.button('Keypad').click();
    const keypad = this.page.getByRole('dialog', { name: 'Keypad' });
    for (const key of keys) await keypad.getByRole('button', { name: key, exact: true }).click();
    await expect(keypad.getByLabel('Keys sent')).toHaveText(keys);
    await this.page.keyboard.press('Escape');
  }

  async write(text: string): Promise<void> {
    await this.page.getByRole('tab', { name: 'Chat' }).click();
    await this.page.getByRole('textbox', { name: 'Write to the visitor' }).fill(text);
    await this.button('Send').click();
  }

  /** A note, an outcome or something else that the desk says. */
  async reads(text: string | RegExp): Promise<void> { await expect(this.page.getByText(text).filter({ visible: true }).first()).toBeVisible(); }

  async openLive(): Promise<void> { await this.page.getByRole('link', { name: 'Live' }).click(); }
  /** By its address, as on a screen that shows nothing else. */
  async openWallboard(): Promise<void> { await this.page.goto(`${this.server.url}/agent#wallboard`); }
  /** Of a table of the Live page. */
  row(table: 'Queues' | 'Contacts' | 'Agents', name: string | RegExp): Locator {
    return this.page.getByRole('region', { name: table }).getByRole('row', { name });
  }

  cell(table: 'Queues' | 'Contacts' | 'Agents', name: string | RegExp, column: string): Locator {
    return this.row(table, name).locator(`[data-title="${column}"]`);
  }

  /** From the Live page, as what somebody does in the call of an agent. */
  async supervise(agent: Agent, how: Supervision): Promise<void> {
    await this.row('Agents', agent.name).getByRole('button', { name: how, exact: true }).click();
  }

  /** In the menu beside somebody on the Live page. */
  async chooseFor(row: Locator, choice: string): Promise<void> {
    await row.getByRole('button', { name: /^More for/ }).click();
    await this.page.getByRole('menuitem', { name: choice }).click();
  }
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
