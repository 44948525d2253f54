import { expect, vi } from 'vitest';
import { SignallingError } from '../signalling/types.ts';
import { FakeAudioContext } from '../testing.ts';
import { it, settled } from './testing.ts';

it('a visitor calls out of the form, as the contact that was begun with it', async ({ page }) => {
  page.begin('visitor');
  await page.engine.openContact({ channel: 'voice', queueId: 'sales' });
  expect(page.phase).toBe('prequeue');
  const { callId } = page;
  page.shows({ callId, state: 'prequeue' });
  await page.engine.checkLine('voice');
  expect(page.phase).toBe('line_check');
  page.shows({ callId, state: 'prequeue' });
  expect(page.phase).toBe('line_check');

  await page.call();

  expect(page.signalling.asked).toContainEqual(expect.objectContaining({ type: 'webrtc_offer', callId, queueId: 'sales', language: 'de' }));
});

it('a visitor is known to the server before it asks for a relay, and calls with it', async ({ page }) => {
  page.begin('visitor');
  const callId = await page.call();

  const about = { callId, callType: 'voice', queueId: 'sales', language: 'de' };
  const [opened, relay, offer] = page.signalling.asked.filter(({ type }) => type !== 'ice_candidate');
  const trace = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{8}$/);
  expect(opened).toEqual({ type: 'open_contact', ...about, trace });
  expect(relay).toEqual({ type: 'get_ice_servers', callId });
  expect(offer).toMatchObject({ type: 'webrtc_offer', targetUserId: 'public-calls', ...about });
  const traces = page.signalling.asked.flatMap((message) => ('trace' in message ? [message.trace] : []));
  expect([traces.length, new Set(traces).size], 'one click').toEqual([2, 1]);
});

it('a visitor calls all the same without a relay, and hears why there is none', async ({ page }) => {
  page.begin('visitor');
  page.signalling.refuses.add('get_ice_servers');
  page.signalling.refusal = new SignallingError('overloaded', 'too many', 60_000);
  await page.call({ state: 'queued' });

  expect(page.signalling.types()).toContain('webrtc_offer');
  expect(page.told).toContainEqual(['problem', { what: 'relay', code: 'overloaded', retryAfterMs: 60_000 }]);
  expect(page.phase).toBe('waiting');
});

it.for(['open_contact', 'webrtc_offer'])('a visitor hears that the call was refused when it was %s', async (refused, { page }) => {
  page.begin('visitor');
  page.signalling.refuses.add(refused);
  page.signalling.refusal = new SignallingError('overloaded', 'too many', 120_000);
  await page.engine.startCall({ channel: 'voice' });
  const { callId } = page;
  if (refused === 'webrtc_offer') page.shows({ callId, state: 'prequeue' });
  await settled();

  expect(page.phase).toBe('idle');
  expect(page.heard('problem')).toEqual([{ what: 'start', code: 'overloaded', retryAfterMs: 120_000 }]);
  expect(page.live).toBe(0);
  expect(page.signalling.types().includes('end_contact')).toBe(refused === 'webrtc_offer');
});

it('a visitor can call again after a refusal', async ({ page }) => {
  page.begin('visitor');
  page.signalling.refuses.add('webrtc_offer');
  await page.engine.startCall({ channel: 'voice' });
  page.shows({ callId: page.callId, state: 'prequeue' });
  await settled();
  page.signalling.refuses.clear();

  await page.call({ state: 'queued' });

  expect(page.phase).toBe('waiting');
});

it('a visitor hears that the form could not be begun', async ({ page }) => {
  page.begin('visitor');
  page.signalling.refuses.add('open_contact');
  await page.engine.openContact({ channel: 'voice' });

  expect(page.phase).toBe('idle');
  expect(page.told).toContainEqual(['problem', { what: 'start', code: 'conflict' }]);
});

it('a visitor without a microphone does not call, and sees why', async ({ page }) => {
  page.begin('visitor');
  page.microphone = 'NotAllowedError';
  await page.engine.startCall({ channel: 'voice' });

  expect(page.engine.getSnapshot().call).toEqual({ phase: 'blocked', channel: 'voice', problem: 'permission_denied' });
  expect(page.signalling.asked).toEqual([]);
});

it('a visitor who gives up while the browser asks for the microphone does not call', async ({ page }) => {
  page.begin('visitor');
  const calling = page.engine.startCall({ channel: 'voice' });
  expect(page.phase).toBe('preparing');
  await page.engine.hangUp();
  await calling;

  expect(page.phase).toBe('idle');
  expect(page.signalling.types()).not.toContain('open_contact');
});

it('the audio of a page is unlocked in the click that calls', async ({ page }) => {
  vi.stubGlobal('AudioContext', FakeAudioContext);
  page.begin('visitor');
  const calling = page.engine.startCall({ channel: 'voice' });

  expect(page.engine.audioContext()).toBeDefined();
  await calling;
  await settled();
});

it('a visitor in a call begins no other, no form and no line check', async ({ page }) => {
  page.begin('visitor');
  const callId = await page.call({ state: 'queued' });
  await page.engine.startCall({ channel: 'voice' });
  await page.engine.openContact({ channel: 'voice' });
  await page.engine.checkLine('voice');

  expect(page.signalling.types().filter((type) => type === 'open_contact')).toHaveLength(1);
  expect(page.engine.getSnapshot().call).toMatchObject({ phase: 'waiting', callId });
});
