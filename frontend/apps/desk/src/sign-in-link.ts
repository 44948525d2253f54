import { codeOf, followCodes, ownServer, redeemCode, retryAfterMs, takeCode } from '@calldocker/client';
import { useCallback, useEffect, useState } from 'react';
import { type DeskSession, sessionOf } from './session.ts';

const linkName = 'code'; // of `/agent#code=...`

/** Whom a link signs in. */
export interface Newcomer {
  readonly session: DeskSession;
  readonly role: string;
  readonly company: string;
}

/** What has become of a link that signs somebody in (`/agent#code=...`). */
export type LinkState =
  | { readonly stage: 'looking' }
  /** The person has to say yes: nobody is signed in, or out, before. */
  | { readonly stage: 'offered'; readonly newcomer: Newcomer }
  /** Used or expired; of somebody who is no staff; the server cannot be reached. */
  | { readonly stage: 'gone' | 'notStaff' | 'away' }
  | { readonly stage: 'overloaded'; readonly retryAfterMs: number | undefined };

/** Finds out whom the link signs in, which uses its code up. */
export async function lookAt(server: string, code: string): Promise<LinkState> {
  try {
    const { token, user, company } = await redeemCode(server, code);
    const session = sessionOf(token);
    if (!session) return { stage: 'notStaff' };
    return { stage: 'offered', newcomer: { session: { ...session, name: user.name || session.name }, role: user.role, company } };
  } catch (error) {
    const refusal = codeOf(error);
    if (refusal === 'overloaded') return { stage: 'overloaded', retryAfterMs: retryAfterMs(error) };
    return { stage: refusal === 'unavailable' ? 'away' : 'gone' };
  }
}

export interface SignInLink {
  /** Undefined: there is no link, or it has been dealt with. */
  readonly state: LinkState | undefined;
  readonly retry: () => void;
  readonly dismiss: () => void;
}

/** The link that the desk was opened with, or that was opened in its tab: browsers load nothing anew then. */
export function useSignInLink(): SignInLink {
  const [code, setCode] = useState(() => takeCode(linkName));
  const [state, setState] = useState<LinkState | undefined>(code === undefined ? undefined : { stage: 'looking' });
  const look = useCallback(() => {
    if (code === undefined) return;
    setState({ stage: 'looking' });
    void lookAt(ownServer(), code).then(setState);
  }, [code]);
  useEffect(look, [look]);
  useEffect(() => followCodes(setCode, linkName), []);
  return { state, retry: look, dismiss: useCallback(() => setState(undefined), []) };
}
