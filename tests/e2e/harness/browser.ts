import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchConnections } from './media.ts';
import { writeTone } from './tone.ts';

/** Debian's. CHROMIUM names another one. */
const executable = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-features=WebRtcHideLocalIpsWithMdns'];
const FAKE_MEDIA = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];

/** One person at one computer: a Chromium of its own, whose microphone is a tone and whose camera a test picture. */
export interface Computer {
  browser: Browser;
  context: BrowserContext;
  close(): Promise<void>;
}

export interface ComputerOptions {
  /** What the microphone hears, in Hz. */
  tone: number;
  /** Media through a TURN server alone. */
  relayOnly?: boolean;
}

export async function openComputer({ tone, relayOnly = false }: ComputerOptions): Promise<Computer> {
  const folder = mkdtempSync(join(tmpdir(), 'calldocker-microphone-'));
  const microphone = join(folder, `${tone}.wav`);
  writeTone(microphone, tone);
  const browser = await chromium.launch({
    executablePath: executable,
    // Chromium refuses to run sandboxed as root, which is who runs CI.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...QUIET, ...FAKE_MEDIA, '--allow-loopback-in-peer-connection', `--use-file-for-fake-audio-capture=${microphone}`],
  });
  const context = await browser.newContext({ permissions: ['microphone', 'camera', 'notifications'], ignoreHTTPSErrors: true });
  await context.addInitScript(watchConnections, { relayOnly });
  return {
    browser,
    context,
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
