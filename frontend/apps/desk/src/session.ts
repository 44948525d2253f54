import { refusalOf, SignallingError } from '@calldocker/client';

/** Who is signed in at this browser, in all its tabs. */
export interface DeskSession {
  readonly token: string;
  readonly userId: string;
  readonly name: string;
  /** Signed in through the development server, which also renews the token. */
  readonly demo: boolean;
}

const key = 'calldocker.desk';
const staff = ['agent', 'supervisor', 'admin'];

export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

/** @returns the demo's people; undefined where there is no demo. Rejects when the server cannot be reached. */
export async function demoPeople(): Promise<readonly DemoPerson[] | undefined> {
  const response = await fetch('api/dev/demo');
  if (!response.ok) return undefined;
  return ((await response.json()) as { agents: DemoPerson[] }).agents;
}

export async function signInAs(id: string): Promise<DeskSession> {
  const response = await fetch('api/dev/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: id }),
  });
  if (response.status >= 500 || response.status === 429) throw refusalOf(response);
  if (!response.ok) throw new SignallingError('unauthenticated', 'there is no such person in the demo');
  const { token, user } = (await response.json()) as { token: string; user: { id: string; name: string } };
  return { token, userId: user.id, name: user.name, demo: true };
}

/** Whether this person may watch and help others; the server has the last word. */
export function isSupervisor({ token }: Pick<DeskSession, 'token'>): boolean {
  const role = claimsOf(token)?.role;
  return role === 'supervisor' || role === 'admin';
}

/** Reads a pasted token. Whether it is good, and good still, is the server's to say. @returns undefined for what is none of staff */
export function sessionOf(token: string): DeskSession | undefined {
  const claims = claimsOf(token.trim());
  if (!claims || typeof claims.id !== 'string' || !staff.includes(String(claims.role))) return undefined;
  const name = typeof claims.name === 'string' && claims.name ? claims.name : claims.id;
  return { token: token.trim(), userId: claims.id, name, demo: false };
}

function claimsOf(token: string): Record<string, unknown> | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const base64 = (parts[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The same id in another company is somebody else. */
export function isSamePerson(one: DeskSession, other: DeskSession): boolean {
  return one.userId === other.userId && claimsOf(one.token)?.company_id === claimsOf(other.token)?.company_id;
}

export function readSession(): DeskSession | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return typeof kept === 'object' && kept !== null && 'token' in kept ? (kept as DeskSession) : undefined;
  } catch {
    return undefined;
  }
}

/** @param session undefined signs out */
export function keepSession(session: DeskSession | undefined): void {
  try {
    if (session) localStorage.setItem(key, JSON.stringify(session));
    else localStorage.removeItem(key);
  } catch {
    // Without storage a reload asks again who you are.
  }
}

/**
 * The access token that a connection asks for, and another one for a token that is not to be given again, where there is one
 * to be had.
 */
export function tokenSource(first: DeskSession): (old?: string) => Promise<string> {
  let session = first;
  return async (old) => {
    if (session.token !== old) return session.token;
    if (!session.demo) throw new SignallingError('unauthenticated', 'the token has expired, or was refused');
    session = await signInAs(session.userId);
    keepSession(session);
    return session.token;
  };
}
