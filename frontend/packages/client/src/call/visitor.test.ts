import type { ContactView } from '@calldocker/protocol';
import { expect, vi } from 'vitest';
import { SignallingError } from '../signalling/types.ts';
import { contact, timestamp } from '../testing.ts';
import { it, settled, type TestPage } from './testing.ts';

/** Calls, and hears from the server how the contact is. */
async function start(page: TestPage, changes: Partial<ContactView> = {}): Promise<string> {
  await page.engine.startCall({ channel: 'voice', queueId: 'sales', language: 'de' });
  await settled();
  const { callId } = page;
  page.shows({ callId, ...changes });
  return callId;
}

it('a visitor lets go of the microphone when the call goes on in another page', async ({ page }) => {
  page.begin('visitor');
  const callId = await start(page, { state: 'connected' });
  expect(page.live).toBe(1);

  page.shows({ callId, state: 'connected', mediaOwner: false });

  expect(page.phase).toBe('elsewhere');
  expect(page.live).toBe(0);
});

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

  await start(page);

  expect(page.signalling.asked).toContainEqual(expect.objectContaining({ type: 'webrtc_offer', callId, queueId: 'sales', language: 'de' }));
});

it('a visitor is known to the server before it asks for a relay, and calls with it', async ({ page }) => {
  page.begin('visitor');
  const callId = await start(page);

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
  await start(page, { state: 'queued' });

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

  await start(page, { state: 'queued' });

  expect(page.phase).toBe('waiting');
});

it('a visitor hears that the form could not be begun', async ({ page }) => {
  page.begin('visitor');
  page.signalling.refuses.add('open_contact');
  await page.engine.openContact({ channel: 'voice' });

  expect(page.phase).toBe('idle');
  expect(page.told).toContainEqual(['problem', { what: 'start', code: 'conflict' }]);
});

it('a visitor leaves and keeps the place: the link brings another page back, and no device stays open', async ({ page }) => {
  page.begin('visitor');
  const callId = await start(page, { state: 'queued' });
  vi.stubGlobal('fetch', async () => Response.json({ code: 'c0de', expiresAt: timestamp }));
  const link = await page.engine.keepPlace();
  page.shows({ callId, state: 'queued', place: { place: 1, away: true } });

  expect(link).toEqual({ url: 'https://shop.example/cart#calldocker=c0de', expiresAt: Date.parse(timestamp) });
  expect(page.live).toBe(0);
  expect(page.engine.getSnapshot().call).toMatchObject({ phase: 'waiting', place: { away: true } });
});

it('a visitor keeps the place also when there is no link to be had, and hears so', async ({ page }) => {
  page.begin('visitor');
  const callId = await start(page, { state: 'queued' });
  vi.stubGlobal('fetch', async () => new Response(null, { status: 429, headers: { 'retry-after': '60' } }));
  const link = await page.engine.keepPlace();
  page.shows({ callId, state: 'queued', place: { place: 1, away: true } });

  expect(link).toBeUndefined();
  expect(page.told).toEqual([['problem', { what: 'link', code: 'overloaded', retryAfterMs: 60_000 }]]);
  expect(page.engine.getSnapshot().call).toMatchObject({ phase: 'waiting', place: { away: true } });
});

it('a visitor comes back to a place with a click, and only then opens the microphone', async ({ page }) => {
  const kept = contact({ state: 'queued', mediaOwner: false, place: { place: 1, away: true } });
  page.begin('visitor', [kept]);
  await settled();
  expect(page.live).toBe(0);

  await page.engine.returnToPlace();
  page.shows({ ...kept, mediaOwner: true });
  await settled();

  expect(page.signalling.types()).toContain('claim_media');
  expect(page.signalling.asked).toContainEqual(expect.objectContaining({ type: 'webrtc_offer', targetUserId: 'public-calls' }));
  expect(page.live).toBe(1);
});

it('a visitor waits for a callback with the microphone closed, and answers it with a click', async ({ page }) => {
  page.begin('visitor');
  const callId = await start(page, { state: 'queued' });
  await page.engine.requestCallback({ note: 'shoes' });
  page.shows({ callId, state: 'callback_waiting', callback: { attempt: 0, attemptsMax: 3 } });
  expect(page.engine.getSnapshot().call).toMatchObject({ phase: 'callback', stage: 'waiting' });
  expect(page.live).toBe(0);

  const dialing = { callId, state: 'callback_dialing', agent: { userId: 'a' }, mediaOwner: false } as const;
  page.shows(dialing);
  expect(page.engine.getSnapshot().call).toMatchObject({ phase: 'callback', stage: 'dialing' });
  await page.engine.answerCallback();
  page.shows({ ...dialing, mediaOwner: true });
  await settled();

  expect(page.signalling.asked).toContainEqual(
    expect.objectContaining({ type: 'request_callback', callId, note: 'shoes', trace: expect.any(String) }),
  );
  expect(page.signalling.asked).toContainEqual(expect.objectContaining({ type: 'webrtc_offer', targetUserId: 'a', callId }));
});

it('a visitor rates the call that has just ended', async ({ page }) => {
  page.begin('visitor');
  const callId = await start(page, { state: 'connected', agent: { userId: 'a' } });
  page.shows({ callId, state: 'closed', endReason: 'completed_agent', endedBy: 'agent' });
  expect(page.phase).toBe('ended');

  expect(await page.engine.rate(5, 'thanks')).toBe(true);
  expect(page.signalling.asked.at(-1)).toEqual({ type: 'rate_contact', callId, rating: 5, comment: 'thanks' });
});

it('a visitor learns how a queue is', async ({ page }) => {
  page.begin('visitor');
  const asked = page.engine.queueStatus();
  await settled();
  page.signalling.say('queue_status', { queueId: 'q', open: false, staffed: false, callback: true, voicemail: true });

  expect(await asked).toMatchObject({ queueId: 'q', open: false });
});

it('a visitor does not learn how a queue is that it may not ask about', async ({ page }) => {
  page.begin('visitor');
  page.signalling.refuses.add('get_queue_status');

  expect(await page.engine.queueStatus('secret')).toBeUndefined();
});

it('a visitor speaks a message without a call, discards it, and is where it was', async ({ page }) => {
  page.begin('visitor');
  await page.engine.startVoicemail({ queueId: 'sales' });
  expect(page.engine.getSnapshot().call).toMatchObject({ phase: 'voicemail', recording: { stage: 'recording' } });

  page.engine.discardVoicemail();

  expect(page.phase).toBe('idle');
  expect(page.live).toBe(0);
  expect(page.signalling.types()).not.toContain('end_contact');
});

it('a visitor speaks to the agent who answers while a message is being spoken', async ({ page }) => {
  page.begin('visitor');
  const callId = await start(page, { state: 'queued' });
  await page.engine.startVoicemail();
  expect(page.phase).toBe('voicemail');

  page.shows({ callId, state: 'connecting', agent: { userId: 'a' } });

  expect(page.told).toContainEqual(['message_overtaken', { callId }]);
  expect(page.phase).toBe('connecting');
  expect(page.live).toBe(1);
});
