import { refusalOf } from './http.ts';
import { type Handover, SignallingError } from './types.ts';

const mark = 'calldocker';
/** Longer ones, and others, are no codes of ours: the server is not asked about them. */
const form = /^[\w.~+/=-]{1,1024}$/;

/** A link back to this person's session, good for one use. */
export interface PlaceLink {
  readonly url: string;
  /** Milliseconds, by the server's clock. */
  readonly expiresAt: number;
}

/** What a one-time code stood for. The page that has it *is* that person. */
export interface Redeemed {
  readonly token: string;
  /** The session to go on with, where there is one. */
  readonly resumeToken?: string;
  readonly user: { readonly id: string; readonly name?: string; readonly role: string };
  readonly company: string;
  /** ISO 8601, of the token */
  readonly expiresAt?: string;
}

/**
 * Turns a session into an address of `page` that continues it, once, on any device. The code is in the fragment, which
 * browsers send to no server.
 * @param server  `https://HOST`
 * @errors SignallingError overloaded, unavailable, or what else the server answered
 */
export async function makePlaceLink(server: string, page: string, { accessToken, resumeToken }: Handover): Promise<PlaceLink> {
  const answer = await ask(`${server}/api/v1/codes`, { purpose: 'resume', resumeToken }, { authorization: `Bearer ${accessToken}` });
  if (!has(answer, 'code') || !has(answer, 'expiresAt')) throw new SignallingError('unavailable', 'the server gave no code');
  const url = new URL(page);
  url.hash = `${mark}=${answer.code}`;
  return { url: url.href, expiresAt: Date.parse(answer.expiresAt) };
}

/** @returns the code in the fragment of a link; undefined if it is no such address */
export function codeIn(address: string, name: string = mark): string | undefined {
  const { hash } = new URL(address);
  return hash.startsWith(`#${name}=`) ? hash.slice(name.length + 2) : undefined;
}

/** Takes the code of this page's own address out of it, so that it is in no history, no bookmark and no screenshot. */
export function takeCode(name?: string): string | undefined {
  const code = codeIn(location.href, name);
  if (code !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}

/**
 * Follows links that are opened in the page's own tab: browsers load nothing anew then.
 * @returns ends it
 */
export function followCodes(arrived: (code: string) => void, name?: string): () => void {
  const follow = () => {
    const code = takeCode(name);
    if (code !== undefined) arrived(code);
  };
  window.addEventListener('hashchange', follow);
  return () => window.removeEventListener('hashchange', follow);
}

/**
 * Uses a code up.
 * @errors SignallingError `gone`: used already, expired, or no code at all; overloaded, unavailable
 */
export async function redeemCode(server: string, code: string): Promise<Redeemed> {
  if (!form.test(code)) throw new SignallingError('gone', 'that is no code');
  const answer = await ask(`${server}/api/v1/codes/redeem`, { code });
  if (isRedeemed(answer)) return answer;
  throw new SignallingError('unavailable', 'the answer cannot be read');
}

async function ask(address: string, body: object, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    credentials: 'omit',
  }).catch((error: unknown) => {
    throw new SignallingError('unavailable', String(error));
  });
  if (response.ok) return response.json();
  if (response.status === 404) throw new SignallingError('gone', 'the code is used up, or never was one');
  throw refusalOf(response);
}

function has<K extends string>(value: unknown, key: K): value is Record<K, string> {
  return typeof value === 'object' && value !== null && key in value && typeof (value as Record<K, unknown>)[key] === 'string';
}

function isRedeemed(value: unknown): value is Redeemed {
  if (!has(value, 'token') || !has(value, 'company') || !('user' in value)) return false;
  return has(value.user, 'id') && has(value.user, 'role');
}
