import type { AgentView, ContactView } from '@calldocker/protocol';
import { expect, vi } from 'vitest';
import { contact, FakeAudioContext } from '../testing.ts';
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

/** A contact that rings at an agent's page. */
function ring(page: TestPage): void {
  page.begin('agent');
  page.signalling.say('contact_offered', { contact: contact({ you: 'offered', state: 'offering' }) });
}

it('an agent accepts once, and sees that the server has not answered yet', async ({ page }) => {
  ring(page);
  const accepting = page.engine.accept('call-1');
  expect(page.engine.getSnapshot().offers).toMatchObject([{ accepting: true }]);
  await Promise.all([accepting, page.engine.accept('call-1')]);

  expect(page.signalling.types().filter((type) => type === 'accept_contact')).toHaveLength(1);
  expect(page.heard('revoked')).toEqual([{ callId: 'call-1', reason: 'accepted' }]);
});

it('an agent can accept again what another was not quicker at', async ({ page }) => {
  ring(page);
  page.signalling.refuses.add('accept_contact');
  await page.engine.accept('call-1');
  expect(page.heard('problem')).toEqual([{ what: 'accept', code: 'conflict' }]);
  expect(page.heard('revoked')).toEqual([]);
  expect(page.engine.getSnapshot().offers).toMatchObject([{ accepting: false }]);
  page.signalling.refuses.clear();

  await page.engine.accept('call-1');

  expect(page.heard('revoked')).toEqual([{ callId: 'call-1', reason: 'accepted' }]);
});

it('an agent without a microphone accepts nothing, and hears why', async ({ page }) => {
  ring(page);
  page.microphone = 'NotFoundError';
  await page.engine.accept('call-1');

  expect(page.signalling.types()).not.toContain('accept_contact');
  expect(page.heard('problem')).toEqual([{ what: 'accept', code: 'no_device' }]);
});

it('an agent who has accepted waits for the offer of the visitor', async ({ page }) => {
  ring(page);
  await page.engine.accept('call-1');
  page.shows({ ...talking, state: 'connecting' });
  await settled();

  expect(page.signalling.types()).toContain('get_ice_servers');
  expect(page.signalling.types()).not.toContain('webrtc_offer');
});

it('an agent accepts nothing that does not ring, nor in a call', async ({ page }) => {
  ring(page);
  await page.engine.accept('call-2');
  page.shows({ ...talking, callId: 'call-3' });
  await settled();
  await page.engine.accept('call-1');

  expect(page.signalling.types()).not.toContain('accept_contact');
});

it('the audio of a page is unlocked in the click that accepts', async ({ page }) => {
  vi.stubGlobal('AudioContext', FakeAudioContext);
  ring(page);
  expect(page.engine.audioContext()).toBeUndefined();
  const accepting = page.engine.accept('call-1');

  expect(page.engine.audioContext()).toBeDefined();
  await accepting;
});

it('an agent keeps the microphone in a call, whatever comes next', async ({ page }) => {
  page.begin('agent', [contact(talking)]);
  await settled();
  await page.engine.goNotReady('BREAK');
  expect(page.live).toBe(1);
  expect(page.signalling.asked.at(-1)).toEqual({ type: 'set_agent_intent', intent: 'not_ready', reason: 'BREAK' });
});

it('an agent who goes offline lets go of the microphone', async ({ page }) => {
  page.begin('agent');
  await page.engine.goAvailable();
  expect(page.live).toBe(1);

  await page.engine.goOffline();

  expect(page.live).toBe(0);
  expect(page.signalling.asked.at(-1)).toEqual({ type: 'set_agent_intent', intent: 'offline' });
});

it('an agent declines with a reason, or without one', async ({ page }) => {
  ring(page);
  await page.engine.decline('call-1', 'BUSY');
  await page.engine.decline('call-1');

  expect(page.signalling.asked.slice(-2)).toEqual([
    { type: 'decline_contact', callId: 'call-1', reason: 'BUSY' },
    { type: 'decline_contact', callId: 'call-1' },
  ]);
});

it('an agent gives a call back to its queue, or to another', async ({ page }) => {
  page.begin('agent', [contact(talking)]);
  await page.engine.requeue();
  await page.engine.requeue('sales');

  expect(page.signalling.asked.slice(-2)).toEqual([
    { type: 'requeue_contact', callId: 'call-1' },
    { type: 'requeue_contact', callId: 'call-1', queueId: 'sales' },
  ]);
});
