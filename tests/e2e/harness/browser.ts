import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchFirefox } from './firefox.ts';
import { watchConnections } from './media.ts';
import { writeTone } from './tone.ts';

/** Debian's, and the same without windows, which takes three quarters of the time. CHROMIUM names another one. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const WITHOUT_WINDOWS = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';

const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-features=WebRtcHideLocalIpsWithMdns'];
// Who shares a screen shares the very tab in which they click.
const FAKE_MEDIA = ['--use-fake-device-for-media-stream=display-media-type=browser'];
const SAYS_YES = '--use-fake-ui-for-media-stream';

/** One person at one computer: cookies and storage of their own, a tone for a microphone and test pictures for camera and screen. */
export interface Computer {
  readonly context: BrowserContext;
  /** What the microphone hears, in Hz. */
  readonly tone: number;
  close(): Promise<void>;
}

export interface ComputerOptions {
  tone: number;
  /** Media through a TURN server alone. */
  relayOnly?: boolean;
  /** The person has said no to microphone and camera. */
  denied?: boolean;
  /** Chromium where nothing is said. */
  browser?: BrowserName;
}

export type BrowserName = 'chromium' | 'firefox';

/** Where the computers come from. A fake microphone belongs to a whole Chromium, so there is one for each tone (and one more for those who say no), kept for the next test. */
export class Computers {
  readonly #browsers = new Map<string, Promise<Browser>>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'calldocker-microphones-'));

  async open({ tone, relayOnly = false, denied = false, browser: name = 'chromium' }: ComputerOptions): Promise<Computer> {
    const browser = await this.#browser(tone, denied, name);
    const asksNobody = denied || name === 'firefox';
    const context = await browser.newContext(asksNobody ? {} : { permissions: ['microphone', 'camera', 'notifications'] });
    await context.addInitScript(watchConnections, { relayOnly });
    return {
      context,
      tone,
      async close() {
        await context.unrouteAll({ behavior: 'ignoreErrors' }); // a request on its way is nobody's failure
        await context.close();
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#browsers.values()].map(async (browser) => (await browser).close()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #browser(tone: number, denied: boolean, name: BrowserName): Promise<Browser> {
    const kind = `${name} ${tone} ${denied}`;
    const opened = this.#browsers.get(kind) ?? (name === 'firefox' ? launchFirefox(tone) : this.#launch(tone, denied));
    this.#browsers.set(kind, opened);
    return opened;
  }

  #launch(tone: number, denied: boolean): Promise<Browser> {
    const microphone = join(this.#folder, `${tone}.wav`);
    writeTone(microphone, tone);
    return chromium.launch({
      // Without windows nobody is asked, and so nobody can say no.
      executablePath: denied ? CHROMIUM : WITHOUT_WINDOWS,
      // Chromium refuses to run sandboxed as root, which is who runs CI.
      chromiumSandbox: process.getuid?.() !== 0,
      args: [...QUIET, ...FAKE_MEDIA, ...(denied ? [] : [SAYS_YES]), '--allow-loopback-in-peer-connection', `--use-file-for-fake-audio-capture=${microphone}`],
    });
  }
}
