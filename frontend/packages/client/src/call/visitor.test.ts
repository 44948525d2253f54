import { expect } from 'vitest';
import { steadyNow } from '../steady.ts';
import { it, settled } from './testing.ts';

it('a visitor lets go of the microphone when the call goes on in another page', async ({ page }) => {
  page.begin('visitor');
  const callId = await page.call({ state: 'connected' });
  expect(page.live).toBe(1);

  page.shows({ callId, state: 'connected', mediaOwner: false });

  expect(page.phase).toBe('elsewhere');
  expect(page.live).toBe(0);
});

it('a visitor rates the call that has just ended', async ({ page }) => {
  page.begin('visitor');
  const callId = await page.call({ state: 'connected', agent: { userId: 'a' } });
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

it('a visitor learns how the queue is that was asked about, and not how another is', async ({ page }) => {
  page.begin('visitor');
  const asked = page.engine.queueStatus('sales');
  await settled();
  page.signalling.say('queue_status', { queueId: 'support', open: false, staffed: false, callback: true, voicemail: true });
  page.signalling.say('queue_status', { queueId: 'sales', open: true, staffed: false, callback: true, voicemail: true });

  expect(await asked).toMatchObject({ queueId: 'sales', open: true });
  expect(page.signalling.asked.at(-1)).toEqual({ type: 'get_queue_status', queueId: 'sales' });
});

it('a visitor rates without a comment', async ({ page }) => {
  page.begin('visitor');
  const callId = await page.call({ state: 'connected', agent: { userId: 'a' } });
  await page.engine.rate(1);

  expect(page.signalling.asked.at(-1)).toEqual({ type: 'rate_contact', callId, rating: 1 });
});

it("a visitor's page knows the server's time", ({ page }) => {
  page.begin('visitor');
  page.signalling.say('clock', { serverTime: new Date(steadyNow() + 60_000).toISOString() });

  expect(Math.abs(page.engine.serverNow() - steadyNow() - 60_000)).toBeLessThan(10);
});
