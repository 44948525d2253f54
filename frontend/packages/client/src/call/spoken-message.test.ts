import { expect, vi } from 'vitest';
import { isRecording, it } from './testing.ts';

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
  const callId = await page.call({ state: 'queued' });
  await page.engine.startVoicemail();
  expect(page.phase).toBe('voicemail');

  page.shows({ callId, state: 'connecting', agent: { userId: 'a' } });

  expect(page.told).toContainEqual(['message_overtaken', { callId }]);
  expect(page.phase).toBe('connecting');
  expect(page.live).toBe(1);
});

it('a visitor who talks cannot speak a message', async ({ page }) => {
  page.begin('visitor');
  await page.call({ state: 'connected', agent: { userId: 'a' } });
  await page.engine.startVoicemail();

  expect(page.phase).not.toBe('voicemail');
});

it('a visitor who speaks a message in the queue keeps the call when it is discarded', async ({ page }) => {
  page.begin('visitor');
  await page.call({ state: 'queued' });
  await page.engine.startVoicemail();
  page.engine.discardVoicemail();

  expect(page.phase).toBe('waiting');
  expect(page.live).toBe(1);
});

it('a visitor without a microphone hears why there is no message', async ({ page }) => {
  page.begin('visitor');
  page.microphone = 'NotFoundError';
  await page.engine.startVoicemail();

  expect(page.engine.getSnapshot().call).toMatchObject({ phase: 'blocked', problem: 'no_device' });
});

it('a visitor whose browser cannot record is where it was, and hears so', async ({ page }) => {
  vi.stubGlobal('MediaRecorder', undefined);
  page.begin('visitor');
  await page.engine.startVoicemail();

  expect(page.phase).toBe('idle');
  expect(page.heard('problem')).toEqual([{ what: 'voicemail', code: 'failed' }]);
  expect(page.live).toBe(0);
});

it('a message that was recorded lets go of the microphone, and needs a call to be sent', async ({ page }) => {
  vi.stubGlobal('URL', { createObjectURL: () => 'blob:1', revokeObjectURL: () => undefined });
  page.begin('visitor');
  expect(await page.engine.sendVoicemail()).toBe(false);
  await page.engine.startVoicemail();
  page.engine.stopVoicemail();

  expect(page.engine.getSnapshot().call).toMatchObject({ phase: 'voicemail', recording: { stage: 'recorded' } });
  expect(page.live).toBe(0);
});

it('a page that is destroyed records nothing any more', async ({ page }) => {
  page.begin('visitor');
  await page.engine.startVoicemail();
  expect(isRecording()).toBe(true);

  page.engine.destroy();

  expect(isRecording()).toBe(false);
});

it('a message out of the form is about what the form was about', async ({ page }) => {
  vi.stubGlobal('URL', { createObjectURL: () => 'blob:1', revokeObjectURL: () => undefined });
  vi.stubGlobal('fetch', async () => Response.json({ recordingId: 'rec-1' }));
  page.begin('visitor');
  await page.engine.openContact({ channel: 'voice', queueId: 'sales', language: 'de' });
  await page.engine.startVoicemail();
  page.engine.stopVoicemail();

  expect(await page.engine.sendVoicemail()).toBe(true);
  expect(page.signalling.asked.at(-1)).toMatchObject({ type: 'leave_voicemail', recordingId: 'rec-1', queueId: 'sales' });
  expect(page.signalling.asked.at(-1)).not.toHaveProperty('language');
});
