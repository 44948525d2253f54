import { afterEach, expect, test, vi } from 'vitest';
import { isSupervisor, sessionOf, tokenSource } from './session.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

function token(claims: object): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'HS256' })}.${encode(claims)}.signature`;
}

const amina = { id: 'agent-7', role: 'agent', company_id: 'demo', name: 'Amina Diallo – Ärztin' };

test('a token says who is signed in', () => {
  const pasted = token({ ...amina, exp: 1 });

  expect(sessionOf(` ${pasted}\n`)).toEqual({ token: pasted, userId: 'agent-7', name: 'Amina Diallo – Ärztin', demo: false });
});

test("a token that is not an agent's is refused before the server is asked", () => {
  expect(sessionOf('hello')).toBeUndefined();
  expect(sessionOf('a.b.c')).toBeUndefined();
  expect(sessionOf(token({ ...amina, role: 'user' }))).toBeUndefined();
});

test('a pasted token is used until the server says that it ends, and then the person must sign in', async () => {
  const session = sessionOf(token(amina));
  if (!session) throw new Error('no session');
  const get = tokenSource(session);

  expect([await get(), await get('another one')]).toEqual([session.token, session.token]);
  await expect(get(session.token)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('a token of the demo is renewed once for each that is not to be given again', async () => {
  const fetched = vi.fn(async () => Response.json({ token: 'new', user: { id: 'agent-1', name: 'Agent One' } }));
  vi.stubGlobal('fetch', fetched);
  const get = tokenSource({ token: 'old', userId: 'agent-1', name: 'Agent One', demo: true });

  expect([await get(), await get('old'), await get('old')]).toEqual(['old', 'new', 'new']);
  expect(fetched).toHaveBeenCalledOnce();
});

test('supervisors and administrators may watch and help others, and agents may not', () => {
  const may = (role: string) => isSupervisor({ token: token({ id: 'u', role, company_id: 'c' }) });

  expect(['supervisor', 'admin', 'agent', 'user'].map(may)).toEqual([true, true, false, false]);
  expect(isSupervisor({ token: 'no token' })).toBe(false);
});
