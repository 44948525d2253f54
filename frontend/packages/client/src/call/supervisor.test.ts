import type { ContactView } from '@calldocker/protocol';
import { expect } from 'vitest';
import { contact, reset } from '../testing.ts';
import { it, settled } from './testing.ts';

const watched = (mode: 'monitor' | 'whisper'): Partial<ContactView> => ({
  you: 'supervisor',
  state: 'connected',
  legs: [{ userId: 'a', kind: 'supervision', offers: true, mode }],
});

it('a supervisor listens without a microphone, and opens it to whisper', async ({ page }) => {
  page.begin('agent');
  await page.engine.supervise('call-1', 'monitor');
  page.shows(watched('monitor'));
  await settled();
  expect(page.live).toBe(0);
  expect(page.engine.getSnapshot().legs).toMatchObject([{ userId: 'a', kind: 'supervision', mode: 'monitor' }]);

  await page.engine.supervise('call-1', 'whisper');
  page.shows(watched('whisper'));
  await settled();

  expect(page.live).toBe(1);
});

it('a supervisor leaves the call to the others', async ({ page }) => {
  page.begin('agent', [contact(watched('monitor'))]);
  await page.engine.hangUp();

  expect(page.signalling.asked.at(-1)).toEqual({ type: 'end_contact', callId: 'call-1' });
});

it('a supervisor watches the company through a restart of the server, until it looks away', async ({ page }) => {
  page.begin('agent');
  await page.engine.watchLive(true);
  page.signalling.deliver(reset({ reason: 'epoch' }));
  expect(page.signalling.asked.filter(({ type }) => type === 'watch_live')).toHaveLength(2);
  page.signalling.say('live_state', { live: { at: '', queues: [], agents: [], contacts: [] } });
  expect(page.engine.getSnapshot().liveView).toBeDefined();

  await page.engine.watchLive(false);

  expect(page.engine.getSnapshot().liveView).toBeUndefined();
});
