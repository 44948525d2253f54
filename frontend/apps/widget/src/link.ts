import { codeOf, followCodes, type Redeemed, redeemCode, retryAfterMs, takeCode } from '@calldocker/client';
import { useCallback, useEffect, useState } from 'preact/hooks';

/** What has become of a link back to a call or a place, with which this page was opened. */
export type LinkState =
  | { readonly stage: 'looking' | 'accepting' }
  /** The person has to say yes: nothing is connected before. */
  | { readonly stage: 'offered'; readonly redeemed: Redeemed }
  /** Used or expired; made for another company's site; the server cannot be reached. */
  | { readonly stage: 'gone' | 'elsewhere' | 'unreachable' }
  | { readonly stage: 'overloaded'; readonly retryAfterMs: number | undefined };

/** Finds out whom the link stands for, which uses its code up. */
export async function lookAt(server: string, company: string, code: string): Promise<LinkState> {
  try {
    const redeemed = await redeemCode(server, code);
    return redeemed.company === company ? { stage: 'offered', redeemed } : { stage: 'elsewhere' };
  } catch (error) {
    const refusal = codeOf(error);
    if (refusal === 'overloaded') return { stage: 'overloaded', retryAfterMs: retryAfterMs(error) };
    return { stage: refusal === 'unavailable' ? 'unreachable' : 'gone' };
  }
}

interface Link {
  /** Undefined: there is no link, or it has been dealt with. */
  readonly state: LinkState | undefined;
  readonly set: (state: LinkState | undefined) => void;
  readonly retry: () => void;
}

/** The link that this page was opened with, or that was opened in its tab: browsers load nothing anew then. */
export function useLink(server: string, company: string): Link {
  const [code, setCode] = useState(() => takeCode());
  const [state, set] = useState<LinkState | undefined>();
  const look = useCallback(() => {
    if (code === undefined) return;
    set({ stage: 'looking' });
    void lookAt(server, company, code).then(set);
  }, [server, company, code]);
  useEffect(look, [look]);
  useEffect(() => followCodes(setCode), []);
  return { state, set, retry: look };
}
