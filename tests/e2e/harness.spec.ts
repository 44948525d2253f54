// Checks the measuring itself: the tests that listen to calls depend on it.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import type { ComputerOptions } from './harness/browser.ts';
import { expect, test as base } from './harness/fixtures.ts';
import { Coturn } from '../harness/coturn.ts';
import { candidateTypes, dominantFrequency } from './harness/media.ts';

/** Runs in the page: a call of the page with itself. */
async function callOneself(configuration: RTCConfiguration): Promise<void> {
  const caller = new RTCPeerConnection(configuration);
  const callee = new RTCPeerConnection(configuration);
  caller.onicecandidate = ({ candidate }) => { void callee.addIceCandidate(candidate ?? undefined); };
  callee.onicecandidate = ({ candidate }) => { void caller.addIceCandidate(candidate ?? undefined); };
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  for (const track of microphone.getTracks()) caller.addTrack(track, microphone);
  await caller.setLocalDescription();
  if (caller.localDescription) await callee.setRemoteDescription(caller.localDescription);
  await callee.setLocalDescription();
  if (callee.localDescription) await caller.setRemoteDescription(callee.localDescription);
}

let pages: Server;

const test = base.extend<{ openPage: (options: ComputerOptions) => Promise<Page> }>({
  openPage: async ({ openComputer }, use) => {
    await use(async (options) => {
      const { context } = await openComputer(options);
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
      return page;
    });
  },
});

test.beforeAll(async () => {
  pages = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>A page that says nothing</title>');
  }).listen(0, '127.0.0.1');
  await once(pages, 'listening');
});

test.afterAll(() => { pages.close(); });

for (const tone of [440, 880]) {
  test(`a microphone that hears ${tone} Hz is heard as ${tone} Hz`, async ({ openPage }) => {
    const page = await openPage({ tone });

    await page.evaluate(callOneself, {});

    await expect.poll(() => dominantFrequency(page)).toBeGreaterThan(tone - 12);
    expect(await dominantFrequency(page)).toBeLessThan(tone + 12);
  });
}

test('without a call nothing is heard', async ({ openPage }) => {
  const page = await openPage({ tone: 440 });

  expect(await dominantFrequency(page)).toBe(0);
});

test('a microphone that is switched off is heard as silence', async ({ openPage }) => {
  const page = await openPage({ tone: 440 });
  await page.evaluate(callOneself, {});
  await expect.poll(() => dominantFrequency(page)).toBeGreaterThan(0);

  await page.evaluate(() => {
    const { connections } = (window as unknown as { hearing: { connections: RTCPeerConnection[] } }).hearing;
    for (const sender of connections.flatMap((connection) => connection.getSenders())) if (sender.track) sender.track.enabled = false;
  });

  await expect.poll(() => dominantFrequency(page)).toBe(0);
});

test('with relays alone the media goes through coturn, with credentials that expire', async ({ openPage }) => {
  const coturn = await Coturn.start();
  const page = await openPage({ tone: 880, relayOnly: true });

  await page.evaluate(callOneself, { iceServers: [{ urls: coturn.settings.TURN_URLS ?? '', ...coturn.credentials(Math.floor(Date.now() / 1000) + 60, 'visitor') }] });

  await expect.poll(() => dominantFrequency(page), coturn.output).toBeGreaterThan(868);
  expect(new Set(await candidateTypes(page))).toEqual(new Set(['relay']));
  await coturn.stop();
});
