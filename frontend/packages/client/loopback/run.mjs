// Call engines in one headless Chromium page talk to each other: a visitor, an agent, and a colleague of hers.
// Usage: node loopback/run.mjs   (CHROMIUM names another browser)
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { holdMusic, wavOf } from '../tools/hold-music.mjs';

const bundle = await build({
  configFile: false,
  logLevel: 'error',
  build: {
    write: false,
    minify: false,
    lib: { entry: fileURLToPath(new URL('page.ts', import.meta.url)), formats: ['es'], fileName: 'page' },
  },
});
const files = { '/page.js': ['text/javascript', bundle[0].output[0].code], '/hold-music.wav': ['audio/wav', wavOf(holdMusic())] };
const server = createServer((request, response) => {
  const [type, body] = files[request.url] ?? [
    'text/html',
    '<!doctype html><title>loopback</title><script type="module" src="/page.js"></script>',
  ];
  response.setHeader('content-type', type);
  response.end(body);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ],
});
let failed = false;
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => {
    failed = true;
    console.error('page error:', error.message);
  });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => globalThis.loopback);
  const phase = (who) => page.evaluate((name) => loopback.engines[name].getSnapshot().call.phase, who);
  const until = async (what, condition, argument) => {
    const began = Date.now();
    await page.waitForFunction(condition, argument, { timeout: 15_000, polling: 50 }).catch(async (error) => {
      const state = await page.evaluate(() => ({
        calls: [loopback.engines.visitor.getSnapshot().call, loopback.engines.agent.getSnapshot().call],
        connections: loopback.connections.map((pc) => [pc.connectionState, pc.signalingState, pc.iceConnectionState]),
        sent: loopback.hub.sent,
      }));
      console.error(JSON.stringify(state, null, 1));
      throw new Error(`${what}: ${error.message}`);
    });
    console.log(`ok   ${what} (${Date.now() - began} ms)`);
  };
  const bothConnected = () => ['visitor', 'agent'].every((who) => loopback.engines[who].getSnapshot().call.phase === 'connected');
  const heard = () =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          const loudest = { visitor: 0, agent: 0 };
          const stops = ['visitor', 'agent'].map((who) =>
            loopback.engines[who].onLevels(({ remote }) => {
              loudest[who] = Math.max(loudest[who], remote);
            }),
          );
          setTimeout(() => {
            for (const stop of stops) stop();
            resolve(loudest);
          }, 2_000);
        }),
    );
  const assertHeard = async (when) => {
    const { visitor, agent } = await heard();
    assert.ok(visitor > 0.3 && agent > 0.3, `${when}: levels ${visitor} and ${agent}`);
    console.log(`ok   both are heard ${when} (levels ${visitor.toFixed(2)}, ${agent.toFixed(2)})`);
  };

  await page.evaluate(() => {
    loopback.speaks('agent');
    return loopback.engines.agent.goAvailable();
  });
  await page.evaluate(() => loopback.speaks('visitor'));
  await page.evaluate(() => loopback.engines.visitor.startCall({ channel: 'voice', topic: 'loopback' }));
  await until('it rings at the agent', () => loopback.engines.agent.getSnapshot().offers.length === 1);
  assert.equal(await phase('visitor'), 'ringing');
  await page.evaluate(() => loopback.engines.agent.accept(loopback.engines.agent.getSnapshot().offers[0].contact.callId));
  await until('both are connected after the accept', bothConnected);
  await assertHeard('after the accept');

  const restarted = await page.evaluate(async () => {
    const fragment = () =>
      loopback.connections
        .filter((pc) => pc.connectionState === 'connected')
        .map((pc) => /ufrag:(\S+)/.exec(pc.localDescription.sdp)[1])
        .join();
    const before = fragment();
    for (const pc of loopback.connections.filter((one) => one.connectionState === 'connected').slice(0, 1)) pc.restartIce();
    const end = Date.now() + 5_000;
    while (fragment() === before && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    return fragment() !== before;
  });
  assert.ok(restarted, 'an ICE restart is negotiated');
  await assertHeard('after an ICE restart');

  await page.evaluate(() => loopback.engines.visitor.setCamera(true));
  await until('the agent sees the camera', () => loopback.engines.agent.getSnapshot().media.remotePicture !== undefined);
  await page.evaluate(() => loopback.engines.agent.setCamera(true));
  await until('the visitor sees the camera', () => loopback.engines.visitor.getSnapshot().media.remotePicture !== undefined);
  await page.evaluate(() => loopback.engines.visitor.setCamera(false));
  await until('the agent sees that it is off', () => loopback.engines.agent.getSnapshot().media.remotePicture === undefined);

  for (const who of ['visitor', 'agent']) {
    await page.evaluate((name) => loopback.reload(name), who);
    await until(`both are connected after the ${who}'s page was reloaded`, bothConnected);
    await assertHeard(`after the ${who}'s page was reloaded`);
  }

  await until('there is a quality', () => loopback.engines.visitor.getSnapshot().quality !== undefined);
  await page.evaluate(() => {
    const [pc] = loopback.connections.filter((one) => one.connectionState === 'connected');
    pc.close();
  });
  await until('the loss is noticed', () =>
    ['visitor', 'agent'].some((who) => loopback.engines[who].getSnapshot().call.phase === 'reconnecting'),
  );
  await until('the media is mended', bothConnected);
  await assertHeard('after the media was lost');

  const describeLegs = async () => {
    const described = {};
    for (const [
      who,
      {
        parts: { carried },
      },
    ] of Object.entries(loopback.engines)) {
      described[who] = [];
      for (const leg of carried.legs?.all ?? []) {
        const pc = leg.peer?.connection;
        const stats = [];
        for (const one of (await pc?.getStats())?.values() ?? []) {
          if (one.type === 'inbound-rtp') stats.push(['in', one.packetsReceived, one.totalAudioEnergy]);
          if (one.type === 'outbound-rtp') stats.push(['out', one.packetsSent]);
          if (one.type === 'media-source') stats.push(['source', one.totalAudioEnergy]);
        }
        const transceivers = pc?.getTransceivers().map(({ direction, currentDirection, sender, receiver }) => ({
          direction,
          currentDirection,
          sends: [sender.track?.id, sender.track?.enabled, sender.track?.readyState],
          gets: [receiver.track.id, receiver.track.enabled, receiver.track.muted],
        }));
        described[who].push({ ...leg.snapshot, states: [pc?.signalingState, pc?.iceConnectionState], transceivers, stats });
      }
    }
    return described;
  };
  // Who hears whom, by their tones.
  const hears = async (who) =>
    page.evaluate((name) => {
      const legs = loopback.engines[name].parts.carried.legs?.all ?? [];
      return loopback.voicesIn(legs.flatMap((leg) => leg.remoteAudioTrack ?? []));
    }, who);
  const assertHearing = async (when, expected) => {
    const end = Date.now() + 30_000;
    let heardNow;
    do {
      heardNow = {};
      for (const who of Object.keys(expected)) heardNow[who] = (await hears(who)).join('+');
    } while (JSON.stringify(heardNow) !== JSON.stringify(expected) && Date.now() < end);
    if (JSON.stringify(heardNow) !== JSON.stringify(expected)) console.error(JSON.stringify(await page.evaluate(describeLegs), null, 1));
    assert.deepEqual(heardNow, expected, when);
    console.log(
      `ok   ${when}: ${Object.entries(expected)
        .map(([who, voices]) => `${who} hears ${voices || 'nobody'}`)
        .join(', ')}`,
    );
  };
  const ask = (who, what, ...details) =>
    page.evaluate(([name, method, args]) => loopback.engines[name][method](...args), [who, what, details]);

  await assertHearing('in the call', { visitor: 'agent', agent: 'visitor' });
  await ask('agent', 'hold');
  await until('the visitor is on hold', () => loopback.engines.visitor.getSnapshot().call.phase === 'held');
  await until('the music plays', () => loopback.sounds.some((one) => one.src.endsWith('.wav') && !one.paused && one.currentTime > 0.2));
  await assertHearing('on hold', { visitor: '', agent: '' });
  await page.evaluate(() => loopback.reload('visitor'));
  await until('the visitor is on hold after the reload', () => loopback.engines.visitor.getSnapshot().call.phase === 'held');
  await assertHearing('on hold after the reload', { visitor: '', agent: '' });
  await ask('agent', 'resume');
  await until('the music has stopped', () => loopback.sounds.every((one) => !one.src.endsWith('.wav') || one.paused));
  await assertHearing('off hold', { visitor: 'agent', agent: 'visitor' });

  await page.evaluate(() => loopback.speaks('colleague'));
  await ask('agent', 'consult', { agentId: 'colleague-1' });
  await assertHearing('consulting', { visitor: '', agent: 'colleague', colleague: 'agent' });
  await page.evaluate(() => loopback.reload('colleague'));
  await assertHearing("consulting after the colleague's page was reloaded", { visitor: '', agent: 'colleague', colleague: 'agent' });
  await ask('agent', 'startConference');
  await assertHearing('in a conference', { visitor: 'agent+colleague', agent: 'visitor+colleague', colleague: 'visitor+agent' });
  await page.evaluate(() => loopback.reload('agent'));
  await assertHearing("in a conference after the agent's page was reloaded", {
    visitor: 'agent+colleague',
    agent: 'visitor+colleague',
    colleague: 'visitor+agent',
  });
  await ask('agent', 'cancelConsult');
  await assertHearing('after the conference', { visitor: 'agent', agent: 'visitor' });

  await page.evaluate(() => loopback.speaks('colleague'));
  const { callId } = await page.evaluate(() => loopback.engines.agent.getSnapshot().call);
  await ask('colleague', 'supervise', callId, 'monitor');
  await assertHearing('monitored', { visitor: 'agent', agent: 'visitor', colleague: 'visitor+agent' });
  await ask('colleague', 'supervise', callId, 'whisper');
  await assertHearing('whispered to', { visitor: 'agent', agent: 'visitor+colleague', colleague: 'visitor+agent' });
  await ask('colleague', 'supervise', callId, 'barge');
  await assertHearing('barged into', { visitor: 'agent+colleague', agent: 'visitor+colleague', colleague: 'visitor+agent' });
  await page.evaluate(() => loopback.reload('agent'));
  await assertHearing("barged into after the agent's page was reloaded", {
    visitor: 'agent+colleague',
    agent: 'visitor+colleague',
    colleague: 'visitor+agent',
  });
  await ask('colleague', 'supervise', callId, 'none');
  await assertHearing('alone again', { visitor: 'agent', agent: 'visitor' });

  await page.evaluate(() => loopback.speaks('colleague'));
  await ask('agent', 'consult', { agentId: 'colleague-1' });
  await assertHearing('consulting before the transfer', { visitor: '', agent: 'colleague', colleague: 'agent' });
  await ask('agent', 'completeTransfer');
  await assertHearing('transferred', { visitor: 'colleague', colleague: 'visitor' });
  assert.equal(await phase('agent'), 'wrapup');

  await page.evaluate(() => loopback.engines.visitor.hangUp());
  await until('both have ended', () => ['visitor', 'colleague'].every((who) => loopback.engines[who].getSnapshot().call.phase === 'ended'));
  const left = await page.evaluate(() => loopback.connections.filter((pc) => pc.connectionState !== 'closed').length);
  assert.equal(left, 0, 'no connection is left open');
  assert.ok(!failed, 'no error on the page');
} finally {
  await browser.close();
  server.close();
}
