import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sessionOf, tokenSource } from './session.ts';

const now = Date.parse('2026-05-04T10:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ now });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function token(claims: object): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'HS256' })}.${encode(claims)}.signature`;
}

const amina = { id: 'agent-7', role: 'agent', company_id: 'demo', name: 'Amina Diallo – Ärztin' };

test('a token says who is signed in and until when', () => {
  const pasted = token({ ...amina, exp: now / 1000 + 60 });

  expect(sessionOf(` ${pasted}\n`, now)).toEqual({
    token: pasted,
    expiresAt: now + 60_000,
    userId: 'agent-7',
    name: 'Amina Diallo – Ärztin',
    demo: false,
  });
});

test('what is no token of an agent is refused before the server is asked', () => {
  expect(sessionOf('hello', now)).toBe('bad');
  expect(sessionOf('a.b.c', now)).toBe('bad');
  expect(sessionOf(token({ ...amina, role: 'user' }), now)).toBe('bad');
});

test('an expired token is told apart', () => {
  expect(sessionOf(token({ ...amina, exp: now / 1000 - 1 }), now)).toBe('expired');
});

test('a pasted token is used to its end, and then the person must sign in', async () => {
  const session = sessionOf(token({ ...amina, exp: now / 1000 + 10 }), now);
  if (typeof session === 'string') throw new Error(session);
  const get = tokenSource(session);

  expect(await get()).toBe(session.token);
  vi.advanceTimersByTime(10_000);
  await expect(get()).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('a token that the server has refused is not given again, however long it lasts', async () => {
  const session = sessionOf(token({ ...amina, exp: now / 1000 + 3600 }), now);
  if (typeof session === 'string') throw new Error(session);

  await expect(tokenSource(session)(session.token)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('a token of the demo is renewed before it ends', async () => {
  const fetched = vi.fn(async () =>
    Response.json({ token: 'new', expiresAt: new Date(now + 900_000).toISOString(), user: { id: 'agent-1', name: 'Agent One' } }),
  );
  vi.stubGlobal('fetch', fetched);
  const get = tokenSource({ token: 'old', expiresAt: now + 20_000, userId: 'agent-1', name: 'Agent One', demo: true });

  expect([await get(), await get()]).toEqual(['new', 'new']);
  expect(fetched).toHaveBeenCalledOnce();
});
