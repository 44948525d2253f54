import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lookAt } from './link.ts';

const fetched = vi.fn<() => Promise<Response>>();
beforeEach(() => vi.stubGlobal('fetch', fetched));
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

const redeemed = { token: 'a.b.c', resumeToken: 'r.s', user: { id: 'v', name: 'Mia', role: 'user' }, company: 'demo' };
const look = () => lookAt('https://calls.example', 'demo', 'c0de');

test('a link names somebody, and the visitor is asked about them', async () => {
  fetched.mockResolvedValueOnce(Response.json(redeemed));

  expect(await look()).toEqual({ stage: 'offered', redeemed });
});

test('a link of another company brings nobody in here', async () => {
  fetched.mockResolvedValueOnce(Response.json({ ...redeemed, company: 'other' }));

  expect(await look()).toEqual({ stage: 'elsewhere' });
});

test.each([
  [404, 'gone'],
  [503, 'unreachable'],
])('a link that is answered with %i is %s', async (status, stage) => {
  fetched.mockResolvedValueOnce(new Response(null, { status }));

  expect(await look()).toEqual({ stage });
});

test('a link that is asked about too often says when to come back', async () => {
  fetched.mockResolvedValueOnce(new Response(null, { status: 429, headers: { 'retry-after': '120' } }));

  expect(await look()).toEqual({ stage: 'overloaded', retryAfterMs: 120_000 });
});
