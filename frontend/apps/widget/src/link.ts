import { codeOf, type Redeemed, redeemCode, retryAfterMs } from '@calldocker/client';

/** What has become of a link back to a call or a place, with which this page was opened. */
export type LinkState =
  | { readonly stage: 'looking' | 'accepting' }
  /** The person has to say yes: nothing is connected before. */
  | { readonly stage: 'offered'; readonly redeemed: Redeemed }
  /** Used or expired; made for another company's site; the server cannot be reached. */
  | { readonly stage: 'gone' | 'elsewhere' | 'unreachable' }
  | { readonly stage: 'overloaded'; readonly retryAfterMs: number | undefined };

/** Finds out which person the link is for, which uses its code up. */
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
