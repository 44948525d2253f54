import type { ContactView } from '@calldocker/protocol';
import { expect, vi } from 'vitest';
import { limits } from '../limits.ts';
import { contact, FakeConnection, message, reset } from '../testing.ts';
import { it, settled, type TestPage } from './testing.ts';

/** A visitor who waits, and has heard all that the server has answered so far. */
async function waiting(page: TestPage): Promise<string> {
  page.begin('visitor');
  await page.engine.startCall({ channel: 'voice' });
  await settled();
  const { callId } = page;
  page.shows({ callId });
  page.signalling.asked.length = 0;
  return callId;
}

const resetTo = (reason: string, contacts: ContactView[]) => reset({ reason, snapshot: { rooms: [], contacts } }, 100);

it('a page that carries a call says so again when the server has forgotten it', async ({ page }) => {
  const callId = await waiting(page);

  page.signalling.deliver(resetTo('epoch', [contact({ callId, mediaOwner: false })]));

  expect(page.signalling.asked).toEqual([{ type: 'claim_media', callId }]);
});

it.for([
  ['the server has forgotten nothing', 'unavailable', false],
  ['the server knows that it does', 'epoch', true],
] as const)('a page that carries a call claims nothing when %s', async ([_, reason, mediaOwner], { page }) => {
  const callId = await waiting(page);

  page.signalling.deliver(resetTo(reason, [contact({ callId, mediaOwner })]));

  expect(page.signalling.asked).toEqual([]);
});

it('a page claims no call that the server does not know yet', async ({ page }) => {
  page.begin('visitor');
  await page.engine.startCall({ channel: 'voice' });
  await settled();
  page.signalling.deliver(resetTo('epoch', []));

  expect(page.phase).toBe('waiting');
  expect(page.signalling.types()).not.toContain('claim_media');
});

it('a page says after a snapshot how the media of its call is', async ({ page }) => {
  page.begin('agent', [contact({ you: 'agent', state: 'connected', agent: { userId: 'u' } })]);
  await settled();

  page.signalling.deliver(resetTo('unavailable', [contact({ you: 'agent', state: 'connected', agent: { userId: 'u' } })]));

  expect(page.signalling.asked).toContainEqual({ type: 'media_state', callId: 'call-1', state: 'down' });
});

it('a page that is destroyed follows nothing any more, and leaves no device open', async ({ page }) => {
  const callId = await waiting(page);
  const before = page.engine.getSnapshot();
  page.engine.destroy();
  page.signalling.deliver(message('contact_state', 200, { contact: contact({ callId, state: 'closed' }) }));

  expect(page.engine.getSnapshot()).toBe(before);
  expect(page.live).toBe(0);
});

it('a page hears that its call is connected, interrupted, mended and ended', async ({ page }) => {
  const talking = { you: 'agent', state: 'connected', agent: { userId: 'u' } } as const;
  page.begin('agent', [contact(talking)]);
  await settled();
  const [pc] = FakeConnection.all as [FakeConnection];
  pc.packets = 1;
  await vi.advanceTimersByTimeAsync(limits.watchStartingMs);
  expect(page.told).toEqual([
    ['reconnecting', { callId: 'call-1', lost: ['media'] }],
    ['connected', { callId: 'call-1' }],
  ]);
  await vi.advanceTimersByTimeAsync(limits.noInboundMs + limits.watchFlowingMs);
  pc.packets = 2;
  await vi.advanceTimersByTimeAsync(limits.watchFlowingMs);
  await page.engine.hangUp();

  expect(page.told.slice(2)).toEqual([
    ['reconnecting', { callId: 'call-1', lost: ['media'] }],
    ['recovered', { callId: 'call-1' }],
    ['ended', { callId: 'call-1', endReason: undefined, endedBy: 'agent' }],
  ]);
});

it('a visitor on hold has been connected', async ({ page }) => {
  const callId = await waiting(page);
  const [pc] = FakeConnection.all as [FakeConnection];
  page.shows({ callId, state: 'held', agent: { userId: 'a' } });
  pc.packets = 1;
  await vi.advanceTimersByTimeAsync(limits.watchStartingMs);
  expect(page.phase).toBe('held');
  expect(page.heard('connected')).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(limits.noInboundMs + limits.watchFlowingMs);
  pc.packets = 2;
  await vi.advanceTimersByTimeAsync(limits.watchFlowingMs);

  expect(page.heard('recovered')).toHaveLength(1);
});
