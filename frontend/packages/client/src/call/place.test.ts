import { expect, vi } from 'vitest';
import { contact, timestamp } from '../testing.ts';
import { it, settled } from './testing.ts';

it('a visitor leaves and keeps the place: the link brings another page back, and no device stays open', async ({ page }) => {
  page.begin('visitor');
  const callId = await page.call({ state: 'queued' });
  vi.stubGlobal('fetch', async () => Response.json({ code: 'c0de', expiresAt: timestamp }));
  const link = await page.engine.keepPlace();
  page.shows({ callId, state: 'queued', place: { place: 1, away: true } });

  expect(link).toEqual({ url: 'https://shop.example/cart#calldocker=c0de', expiresAt: Date.parse(timestamp) });
  expect(page.live).toBe(0);
  expect(page.engine.getSnapshot().call).toMatchObject({ phase: 'waiting', place: { away: true } });
});

it('a visitor keeps the place also when there is no link to be had, and hears so', async ({ page }) => {
  page.begin('visitor');
  const callId = await page.call({ state: 'queued' });
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
  const callId = await page.call({ state: 'queued' });
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

it('a visitor keeps no place without waiting, nor when the server refuses', async ({ page }) => {
  page.begin('visitor');
  expect(await page.engine.keepPlace()).toBeUndefined();
  await page.call({ state: 'connected', agent: { userId: 'a' } });
  expect(await page.engine.keepPlace()).toBeUndefined();
  expect(page.signalling.types()).not.toContain('keep_place');
});

it('a visitor whose place is not kept stays in the queue', async ({ page }) => {
  page.begin('visitor');
  await page.call({ state: 'queued' });
  page.signalling.refuses.add('keep_place');

  expect(await page.engine.keepPlace()).toBeUndefined();
  expect(page.heard('problem')).toEqual([{ what: 'place', code: 'conflict' }]);
  expect(page.live).toBe(1);
});

it('a visitor without a microphone does not come back to a place, and hears why', async ({ page }) => {
  page.begin('visitor', [contact({ state: 'queued', mediaOwner: false, place: { place: 1, away: true } })]);
  page.microphone = 'NotAllowedError';
  await page.engine.returnToPlace();

  expect(page.signalling.types()).not.toContain('claim_media');
  expect(page.heard('problem')).toEqual([{ what: 'microphone', code: 'permission_denied' }]);
});

it('a visitor who is there already does not come back', async ({ page }) => {
  page.begin('visitor');
  await page.engine.returnToPlace();
  await page.call({ state: 'queued' });
  await page.engine.returnToPlace();

  expect(page.signalling.types()).not.toContain('claim_media');
});
