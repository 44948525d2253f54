import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { VisitorToken } from './visitor-token.ts';

const fetched = vi.fn<(address: string, request: RequestInit) => Promise<Response>>();

beforeEach(() => {
  vi.stubGlobal('fetch', fetched);
});

afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

const issue = (token: string) => Response.json({ token });
const sent = (call: number) => JSON.parse(String(fetched.mock.calls[call]?.[1].body));

function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

test('a token is asked for once while it is good', async () => {
  fetched.mockResolvedValueOnce(issue('first'));
  const token = new VisitorToken('https://calls.example', 'demo', memory());

  expect([await token.get(), await token.get()]).toEqual(['first', 'first']);
  expect(fetched).toHaveBeenCalledOnce();
  expect(fetched.mock.calls[0]?.[0]).toBe('https://calls.example/api/visitor-token');
});

test('an old token is exchanged for a new one of the same visitor', async () => {
  fetched.mockResolvedValueOnce(issue('first')).mockResolvedValueOnce(issue('second'));
  const token = new VisitorToken('https://calls.example', 'demo', memory());
  await token.get();

  expect(await token.get('first')).toBe('second');
  expect(sent(1)).toEqual({ company: 'demo', token: 'first' });
});

test('a reloaded page is the same visitor', async () => {
  const storage = memory();
  fetched.mockResolvedValueOnce(issue('first'));
  await new VisitorToken('https://calls.example', 'demo', storage).get();

  expect(await new VisitorToken('https://calls.example', 'demo', storage).get()).toBe('first');
});

test('a token that the server no longer knows gives way to a new visitor', async () => {
  fetched
    .mockResolvedValueOnce(issue('first'))
    .mockResolvedValueOnce(new Response(null, { status: 401 }))
    .mockResolvedValueOnce(issue('fresh'));
  const token = new VisitorToken('https://calls.example', 'demo', memory());
  await token.get();

  expect(await token.get('first')).toBe('fresh');
  expect(sent(2)).toEqual({ company: 'demo' });
});

test('a refused company and a server in trouble are different errors', async () => {
  fetched.mockResolvedValueOnce(new Response(null, { status: 404 })).mockResolvedValueOnce(new Response(null, { status: 503 }));
  const token = new VisitorToken('https://calls.example', 'unknown', memory());

  await expect(token.get()).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(token.get()).rejects.toThrow('503');
});

test('a site that the server does not name and a network that fails are different errors', async () => {
  const token = new VisitorToken('https://calls.example', 'demo', memory());
  fetched.mockRejectedValueOnce(new TypeError('Failed to fetch')).mockResolvedValueOnce(Response.json({}));
  await expect(token.get()).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(fetched.mock.calls[1]?.[0]).toBe('https://calls.example/health');

  fetched.mockRejectedValueOnce(new TypeError('Failed to fetch')).mockRejectedValueOnce(new TypeError('Failed to fetch'));
  await expect(token.get()).rejects.toThrow('Failed to fetch');
});

test('a token that a resume link hands over is used until the server says no, and kept for the tab', async () => {
  const storage = memory();
  const handed = 'handed over';
  new VisitorToken('https://calls.example', 'demo', storage).adopt(handed);

  expect(await new VisitorToken('https://calls.example', 'demo', storage).get()).toBe(handed);
  expect(fetched).not.toHaveBeenCalled();
});
