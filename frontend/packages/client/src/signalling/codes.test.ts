import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { codeIn, followCodes, makePlaceLink, redeemCode, takeCode } from './codes.ts';

const fetched = vi.fn<(address: string, request: RequestInit) => Promise<Response>>();
const asked = () => {
  const [address, request] = fetched.mock.calls.at(-1) ?? [];
  return { address, body: JSON.parse(String(request?.body)), headers: request?.headers };
};

beforeEach(() => vi.stubGlobal('fetch', fetched));
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

describe('a link to a place', () => {
  it('carries a code in the fragment, and no secret', async () => {
    fetched.mockResolvedValueOnce(Response.json({ code: 'c0de_-', expiresAt: '2026-05-04T10:00:00Z' }, { status: 201 }));
    const handover = { accessToken: 'a.b.c', resumeToken: 'r.s' };

    const link = await makePlaceLink('https://calls.example', 'https://shop.example/cart?item=1#section', handover);

    expect(link).toEqual({ url: 'https://shop.example/cart?item=1#calldocker=c0de_-', expiresAt: Date.parse('2026-05-04T10:00:00Z') });
    expect(codeIn(link.url)).toBe('c0de_-');
    expect(asked()).toMatchObject({
      address: 'https://calls.example/api/v1/codes',
      body: { purpose: 'resume', resumeToken: 'r.s' },
      headers: { authorization: 'Bearer a.b.c' },
    });
  });

  it.each(['', '#section', '#code=abc', '#calldocker', '#xcalldocker=abc'])('is not what ends with %s', (fragment) => {
    expect(codeIn(`https://shop.example/${fragment}`)).toBeUndefined();
  });
});

describe('a code', () => {
  it('is turned into who it stood for', async () => {
    const redeemed = { token: 'a.b.c', resumeToken: 'r.s', user: { id: 'v', role: 'user' }, company: 'demo' };
    fetched.mockResolvedValueOnce(Response.json(redeemed));

    expect(await redeemCode('https://calls.example', 'c0de')).toEqual(redeemed);
    expect(asked()).toMatchObject({ address: 'https://calls.example/api/v1/codes/redeem', body: { code: 'c0de' } });
  });

  it.each([
    [404, {}, { code: 'gone' }],
    [429, { 'retry-after': '90' }, { code: 'overloaded', retryAfterMs: 90_000 }],
    [429, {}, { code: 'overloaded', retryAfterMs: undefined }],
    [503, {}, { code: 'unavailable' }],
  ])('that is answered with %i is told of in the words of the protocol', async (status, headers, error) => {
    fetched.mockResolvedValueOnce(new Response(null, { status, headers }));

    await expect(redeemCode('https://calls.example', 'c0de')).rejects.toMatchObject(error);
  });

  it('that has not the form of one is not asked about', async () => {
    await expect(redeemCode('https://calls.example', 'a.b.c%20r.s')).rejects.toMatchObject({ code: 'gone' });
    expect(fetched).not.toHaveBeenCalled();
  });

  it.each([{}, { token: 'a.b.c', company: 'demo' }, { token: 1, company: 'demo', user: { id: 'v', role: 'user' } }])(
    'that is answered with %o stands for nobody',
    async (answer) => {
      fetched.mockResolvedValueOnce(Response.json(answer));

      await expect(redeemCode('https://calls.example', 'c0de')).rejects.toMatchObject({ code: 'unavailable' });
    },
  );

  it('is still there when the server could not be reached', async () => {
    fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));

    await expect(redeemCode('https://calls.example', 'c0de')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the address of the page', () => {
  const replaceState = vi.fn();
  const at = (hash: string) => {
    const { href, pathname, search } = new URL(`https://shop.example/cart?x=1${hash}`);
    vi.stubGlobal('location', { href, pathname, search });
    vi.stubGlobal('history', { state: 'kept', replaceState: replaceState.mockClear() });
  };

  it('loses its code when the page takes it', () => {
    at('#calldocker=c0de');

    expect(takeCode()).toBe('c0de');
    expect(replaceState.mock.calls).toEqual([['kept', '', '/cart?x=1']]);
  });

  it('is left alone where it has none', () => {
    at('#top');

    expect(takeCode()).toBeUndefined();
    expect(replaceState).not.toHaveBeenCalled();
  });

  it('is read again when a link changes it, until nobody follows', () => {
    const window = new EventTarget();
    vi.stubGlobal('window', window);
    const arrived: string[] = [];
    const stop = followCodes((code) => arrived.push(code));
    at('#calldocker=one');
    window.dispatchEvent(new Event('hashchange'));
    at('#top');
    window.dispatchEvent(new Event('hashchange'));
    stop();
    at('#calldocker=two');
    window.dispatchEvent(new Event('hashchange'));

    expect(arrived).toEqual(['one']);
  });
});
