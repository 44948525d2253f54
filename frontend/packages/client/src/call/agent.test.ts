import type { AgentView, ContactView } from '@calldocker/protocol';
import { expect } from 'vitest';
import { contact } from '../testing.ts';
import { it, settled, type TestPage } from './testing.ts';

const talking: Partial<ContactView> = { you: 'agent', state: 'connected', agent: { userId: 'u' } };
const agent = (page: TestPage, intent: AgentView['intent'], reason?: string) =>
  page.signalling.say('agent_state', {
    agent: { userId: 'u', intent, label: intent, since: '', mediaReady: true, ...(reason ? { reason } : {}) },
  });

it('an agent wraps up after hanging up, and hears of the end once', async ({ page }) => {
  page.begin('agent', [contact(talking)]);
  await settled();
  await page.engine.hangUp();
  expect(page.phase).toBe('ended');
  page.shows({ ...talking, state: 'wrapup', mediaOwner: false, wrapUpExtensions: 1 });
  expect(page.engine.getSnapshot().call).toMatchObject({ phase: 'wrapup', endedBy: 'agent', extensionsLeft: 1 });

  page.shows({ ...talking, state: 'closed' });

  expect(page.phase).toBe('idle');
  expect(page.heard('ended')).toHaveLength(1);
  expect(page.live).toBe(0);
});

it('an agent hears that a call rings no longer, but not of one that was wrapped up', ({ page }) => {
  page.begin('agent', [contact({ ...talking, state: 'wrapup', mediaOwner: false })]);
  page.signalling.say('contact_offered', { contact: contact({ callId: 'call-2', you: 'offered', state: 'offering' }) });

  page.signalling.say('contact_revoked', { callId: 'call-1', reason: 'ended' });
  page.signalling.say('contact_revoked', { callId: 'call-2', reason: 'visitor_left' });

  expect(page.heard('revoked')).toEqual([{ callId: 'call-2', reason: 'visitor_left' }]);
});

it('an agent wraps up on a page that was reloaded', ({ page }) => {
  page.begin('agent', [contact({ ...talking, state: 'wrapup', mediaOwner: false })]);

  expect(page.phase).toBe('wrapup');
  expect(page.live).toBe(0);
});

it('an agent takes the next call out of a wrap-up', async ({ page }) => {
  page.begin('agent', [contact({ ...talking, callId: 'old', state: 'wrapup', mediaOwner: false })]);
  page.signalling.say('contact_offered', { contact: contact({ you: 'offered', state: 'offering' }) });
  await page.engine.accept('call-1');
  page.shows({ ...talking, state: 'connecting' });

  expect(page.engine.getSnapshot().call).toMatchObject({ phase: 'connecting', callId: 'call-1' });
});

it('an agent can have a contact again that went back to the queue', async ({ page }) => {
  page.begin('agent', [contact(talking)]);
  await settled();
  await page.engine.requeue();
  page.signalling.say('contact_revoked', { callId: 'call-1', reason: 'withdrawn' });
  expect(page.phase).toBe('ended');
  page.signalling.say('contact_offered', { contact: contact({ you: 'offered', state: 'offering' }) });
  await page.engine.accept('call-1');
  page.shows({ ...talking, state: 'connecting' });

  expect(page.phase).toBe('connecting');
});

it('an agent sends the notes before the wrap-up ends', async ({ page }) => {
  page.begin('agent', [contact({ ...talking, state: 'wrapup', mediaOwner: false })]);
  page.engine.setNotes('wants blue shoes');
  expect(page.engine.getSnapshot().notes).toEqual({ callId: 'call-1', text: 'wants blue shoes', saved: false });
  await page.engine.endWrapUp();

  expect(page.signalling.types().slice(-2)).toEqual(['set_notes', 'end_wrap_up']);
});

it('an agent tells the other side of the mute, and is mute again after a reload', async ({ page }) => {
  page.begin('agent', [contact({ ...talking, muted: ['agent'] })]);
  await settled();
  expect(page.engine.getSnapshot().media.muted).toBe(true);

  page.engine.setMuted(false);

  expect(page.signalling.asked.at(-1)).toEqual({ type: 'set_muted', callId: 'call-1', muted: false });
});

it('an agent lets go of the microphone when somebody else has changed the intent, but not in a call', async ({ page }) => {
  page.begin('agent');
  await page.engine.goAvailable();
  agent(page, 'available');
  agent(page, 'not_ready', 'SYS_LOST');
  expect(page.live).toBe(1);
  agent(page, 'available');
  agent(page, 'not_ready', 'SYS_FORCED');

  expect(page.live).toBe(0);
  expect(page.engine.getSnapshot().mediaReady).toBe(false);
});

it('an agent has a message played instead of called, with no connection and no microphone', async ({ page }) => {
  page.begin('agent', [contact({ ...talking, channel: 'voicemail', recordingId: 'rec-1' })]);
  await settled();

  expect(page.phase).toBe('connected');
  expect(page.engine.getSnapshot().legs).toEqual([]);
  expect(page.signalling.types()).not.toContain('get_ice_servers');
});

it('an agent reads what was written before the page was reloaded, and hears of what others write', ({ page }) => {
  page.begin('agent', [contact(talking)]);
  expect(page.signalling.types()).toContain('get_chat');
  const line = (number: number, userId: string) => ({ number, from: { userId }, party: 'visitor', text: 'hello', at: '' });
  page.signalling.say('chat_history', { callId: 'call-1', messages: [line(1, 'v')] });
  page.signalling.say('chat_message', { callId: 'call-1', message: line(2, 'u') });
  page.signalling.say('chat_message', { callId: 'call-1', message: line(3, 'v') });

  expect(page.engine.getSnapshot().chat.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(page.heard('chat')).toHaveLength(1);
  expect(page.signalling.types().filter((type) => type === 'get_chat')).toHaveLength(1);
});

it('an agent asks for what was written when a line is missing', ({ page }) => {
  page.begin('agent', [contact(talking)]);
  page.signalling.say('chat_history', { callId: 'call-1', messages: [] });
  page.signalling.say('chat_message', {
    callId: 'call-1',
    message: { number: 2, from: { userId: 'v' }, party: 'visitor', text: '', at: '' },
  });

  expect(page.signalling.types().filter((type) => type === 'get_chat')).toHaveLength(2);
});

it('an agent hears why a colleague did not come', ({ page }) => {
  page.begin('agent');
  const ended = { callId: 'call-1', colleague: { userId: 'ben', name: 'Ben' }, reason: 'missed' };

  page.signalling.say('consult_ended', ended);

  expect(page.told).toEqual([['consult_ended', ended]]);
});

it('an agent hears why something was refused', async ({ page }) => {
  page.begin('agent', [contact(talking)]);
  page.signalling.refuses.add('consult');

  expect(await page.engine.consult({ agentId: 'b', note: 'who knows shoes?' })).toBe(false);
  expect(page.told).toContainEqual(['problem', { what: 'consult', code: 'conflict' }]);
});

it('an agent hands nothing over without a call', async ({ page }) => {
  page.begin('agent');

  expect(await page.engine.transfer({ queueId: 'q' })).toBe(false);
  expect(page.signalling.types()).not.toContain('transfer_contact');
});
