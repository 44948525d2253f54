// What visitors leave instead of waiting, and what agents make of it.
import { Client } from '../integration/client.ts';
import type { CallDocker } from '../harness/server.ts';
import { expect, test } from './harness/fixtures.ts';
import { DEMO_COMPANY, type Visitor } from './harness/people.ts';

const vera = { id: 'vera', role: 'user', company_id: DEMO_COMPANY };

/** A visitor who is known by what she sends. */
async function connect(server: CallDocker): Promise<Client> {
  const client = await Client.dial(server.signallingUrl, `?token=${server.sign(vera)}`, ['calldocker.v2']);
  await client.next('connection_established');
  return client;
}

/** Speaks into the microphone for a second. @returns the recording's id */
function leaveRecording({ page, server }: Visitor): Promise<string> {
  return page.evaluate(async (token) => {
    const recorder = new MediaRecorder(await navigator.mediaDevices.getUserMedia({ audio: true }), { mimeType: 'audio/webm' });
    const recorded = new Promise<Blob>((resolve) => { recorder.ondataavailable = ({ data }) => { resolve(data); }; });
    recorder.start();
    setTimeout(() => { recorder.stop(); }, 1_000);
    const body = await recorded;
    const response = await fetch('/api/v1/voicemails', { method: 'POST', body, headers: { authorization: `Bearer ${token}`, 'content-type': 'audio/webm' } });
    return ((await response.json()) as { recordingId: string }).recordingId;
  }, server.sign(vera));
}

test('a voice message rings at the agent, who hears it, writes down what matters and is done with it', async ({ server, openAvailableAgent, openVisitor }) => {
  const recordingId = await leaveRecording(await openVisitor());
  const client = await connect(server);
  const agent = await openAvailableAgent('first');

  await client.command({ type: 'leave_voicemail', callId: 'message', recordingId, durationMs: 1_000, name: 'Vera' });
  await agent.reads('A voice message to answer');
  await agent.answer();

  await agent.sees('Voice message');
  const player = agent.page.getByLabel('The message');
  await expect(player).toBeVisible();
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0.5);
  await agent.notes.fill('Call her back on Monday.');
  await agent.button('Done').click();
  await agent.isIn('Wrap-up');
  await agent.reads('Saved');
  client.vanish();
});

test('a visitor who asked for a call by telephone is called, and called again later if nobody answers', async ({ server, openAgent }) => {
  const client = await connect(server);
  await client.command({ type: 'webrtc_offer', targetUserId: 'public-calls', offer: { type: 'offer', sdp: 'v=0' }, callId: 'callback', name: 'Vera' });
  await client.command({ type: 'request_callback', callId: 'callback', phone: '+49 151 2345 678', note: 'After five, please.' });
  client.vanish();
  const agent = await openAgent('first');
  const supervisor = await openAgent('supervisor');
  await supervisor.openLive();
  await expect(supervisor.row('Contacts', 'Vera')).toContainText('Callback due');

  await agent.goAvailable();
  await agent.reads('Call somebody back');
  await agent.reads('After five, please.');
  await agent.answer();
  await agent.sees('Calling back');
  await expect(agent.page.getByRole('link', { name: '+49 151 2345 678' })).toHaveAttribute('href', 'tel:+491512345678');
  await agent.reads('Attempt 1 of 3');
  await agent.button('No answer').click();

  await expect(supervisor.row('Contacts', 'Vera')).toContainText('Callback due');
  await expect(agent.button('No answer')).toBeHidden();
});
