import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isSamePerson, sessionOf } from './session.ts';
import { lookAt } from './sign-in-link.ts';

const fetched = vi.fn<() => Promise<Response>>();
beforeEach(() => vi.stubGlobal('fetch', fetched));
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

function token(claims: object): string {
  return `header.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

const amina = { id: 'agent-7', role: 'agent', company_id: 'demo' };
const redeem = (claims: object) =>
  fetched.mockResolvedValueOnce(
    Response.json({ token: token(claims), user: { id: 'agent-7', name: 'Amina', role: 'agent' }, company: 'demo' }),
  );
const look = () => lookAt('https://calls.example', 'c0de');

test('a link names somebody, and the person at the desk is asked about them', async () => {
  redeem(amina);

  expect(await look()).toMatchObject({
    stage: 'offered',
    newcomer: { session: { userId: 'agent-7', name: 'Amina' }, role: 'agent', company: 'demo' },
  });
});

test('a link of somebody who is no staff signs nobody in', async () => {
  redeem({ ...amina, role: 'user' });

  expect(await look()).toEqual({ stage: 'notStaff' });
});

test('how long a link’s token lasts is the server’s to say: this computer’s clock may be wrong', async () => {
  redeem({ ...amina, exp: 1 });

  expect(await look()).toMatchObject({ stage: 'offered' });
});

test.each([
  [404, {}, { stage: 'gone' }],
  [503, {}, { stage: 'away' }],
  [429, { 'retry-after': '60' }, { stage: 'overloaded', retryAfterMs: 60_000 }],
])('a link that is answered with %i says what to do', async (status, headers, state) => {
  fetched.mockResolvedValueOnce(new Response(null, { status, headers }));

  expect(await look()).toEqual(state);
});

test('the same id in another company is somebody else', () => {
  const [here, there] = ['demo', 'other'].map((company_id) => sessionOf(token({ ...amina, company_id })));
  if (typeof here !== 'object' || typeof there !== 'object') throw new Error('no sessions');

  expect([isSamePerson(here, here), isSamePerson(here, there)]).toEqual([true, false]);
});
