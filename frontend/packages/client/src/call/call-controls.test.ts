import type { ContactView } from '@calldocker/protocol';
import { expect } from 'vitest';
import { contact } from '../testing.ts';
import { it, settled } from './testing.ts';

const talking: Partial<ContactView> = { you: 'agent', state: 'connected', agent: { userId: 'u' } };

it('a person who hangs up ends the call once, and not again in the wrap-up', async ({ page }) => {
  page.begin('agent', [contact(talking)]);
  await page.engine.hangUp();
  page.shows({ ...talking, state: 'wrapup', mediaOwner: false });
  await page.engine.hangUp();

  expect(page.signalling.types().filter((type) => type === 'end_contact')).toHaveLength(1);
  expect(page.phase).toBe('wrapup');
});

it('a call that has ended is forgotten when the page says so, but no wrap-up and no call', async ({ page }) => {
  page.begin('agent', [contact(talking)]);
  await settled();
  page.engine.dismiss();
  expect(page.engine.getSnapshot().call).toMatchObject({ callId: 'call-1' });
  await page.engine.hangUp();
  expect(page.phase).toBe('ended');
  page.engine.dismiss();
  expect(page.phase).toBe('idle');
  page.shows({ ...talking, state: 'wrapup', mediaOwner: false });
  page.engine.dismiss();

  expect(page.phase).toBe('wrapup');
});

it('a page that forgets what has ended keeps the microphone only for an agent who is available', async ({ page }) => {
  page.begin('visitor');
  await page.engine.checkLine('voice');
  expect(page.live).toBe(1);
  page.engine.dismiss();
  expect(page.live).toBe(0);

  await page.engine.goAvailable();
  page.engine.dismiss();

  expect(page.live).toBe(1);
});

it('a form stays open when the page forgets what has ended', async ({ page }) => {
  page.begin('visitor');
  await page.engine.openContact({ channel: 'voice' });
  page.engine.dismiss();

  expect(page.phase).toBe('prequeue');
});

it('a call that is carried elsewhere comes here when the person asks for it, and only then', async ({ page }) => {
  page.begin('agent');
  await page.engine.takeOver();
  page.shows({ ...talking, mediaOwner: false });
  expect(page.phase).toBe('elsewhere');
  await page.engine.takeOver();
  expect(page.signalling.types().filter((type) => type === 'claim_media')).toHaveLength(1);
  page.shows(talking);
  await page.engine.takeOver();

  expect(page.signalling.types().filter((type) => type === 'claim_media')).toHaveLength(1);
});

it.for([
  ['an agent in a call', talking, true],
  ['a supervisor who listens', { ...talking, you: 'supervisor' }, false],
  ['an agent who waits for the media', { ...talking, state: 'callback_dialing' }, false],
] as const)('the other side hears of the mute of %s: %o', async ([_, view, hears], { page }) => {
  page.begin('agent', [contact(view)]);
  await settled();
  page.engine.setMuted(true);

  expect(page.engine.getSnapshot().media.muted).toBe(true);
  expect(page.signalling.types().includes('set_muted')).toBe(hears);
});

it('a device that does not work is a problem of what the person wanted', async ({ page }) => {
  page.begin('visitor');
  page.microphone = 'NotReadableError';
  await page.engine.setCamera(true);
  await page.engine.startScreenShare();

  expect(page.heard('problem')).toEqual([
    { what: 'camera', code: 'device_busy' },
    { what: 'screen', code: 'unsupported' },
  ]);
});
