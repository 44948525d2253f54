import { expect } from 'vitest';
import { contact } from '../testing.ts';
import { it } from './testing.ts';

it('a page hears of a ring, and of the keys that the other side has pressed', ({ page }) => {
  const offered = contact({ you: 'offered', state: 'offering' });
  const keys = { callId: 'call-1', party: 'visitor', digits: '12#' };
  page.begin('agent');
  page.signalling.say('contact_offered', { contact: offered });
  page.signalling.say('keypad', keys);

  expect(page.told).toEqual([
    ['offered', { contact: offered }],
    ['keypad', keys],
  ]);
});

it('a page that accepts a call does not hear from the server that it rings no longer', async ({ page }) => {
  page.begin('agent');
  page.signalling.say('contact_offered', { contact: contact({ you: 'offered', state: 'offering' }) });
  const accepting = page.engine.accept('call-1');
  page.signalling.say('contact_revoked', { callId: 'call-1', reason: 'accepted_elsewhere' });
  await accepting;

  expect(page.heard('revoked')).toEqual([{ callId: 'call-1', reason: 'accepted' }]);
});

it('a page that is destroyed hears nothing any more', ({ page }) => {
  page.begin('agent');
  page.engine.destroy();
  page.signalling.say('keypad', { callId: 'call-1', party: 'visitor', digits: '1' });

  expect(page.told).toEqual([]);
});
