import { afterEach, expect, test, vi } from 'vitest';
import { serverOf } from './server.ts';

const request = vi.fn(() => Promise.resolve());
const server = serverOf({ request }, () => Promise.resolve('token-1'));

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a voicemail is fetched with the token, never with an address that tells it', async () => {
  const fetched = vi.fn(() => Promise.resolve(new Response('sound')));
  vi.stubGlobal('fetch', fetched);

  expect(await (await server.loadVoicemail('a/b')).text()).toBe('sound');
  expect(fetched).toHaveBeenCalledWith('api/v1/voicemails/a%2Fb', { headers: { authorization: 'Bearer token-1' } });
});

test('a voicemail that cannot be had is an error, not silence', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));

  await expect(server.loadVoicemail('gone')).rejects.toThrow('404');
});

test('a callback that nobody answers is ended as one', async () => {
  expect(await server.endUnanswered('call-1')).toBe(true);
  expect(request).toHaveBeenCalledWith({ type: 'end_contact', callId: 'call-1', reason: 'no_answer' });

  request.mockRejectedValueOnce(new Error('gone'));
  expect(await server.endUnanswered('call-1')).toBe(false);
});
