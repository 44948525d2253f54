import { limits } from '../limits.ts';
import { steadyNow } from '../steady.ts';
import type { Credentials } from './credentials.ts';
import { codeOf, type Outgoing, type ServerMessageOf } from './types.ts';

export interface TokenRenewalOptions {
  readonly credentials: Credentials;
  /** Aborted when the connection ends: what comes afterwards is of no use to it. */
  readonly signal: () => AbortSignal;
  /** Asks the server on this connection alone. */
  readonly command: (message: Outgoing) => Promise<void>;
}

/** Gives the server another access token of the same person before the one in use expires. */
export class TokenRenewal {
  private readonly options: TokenRenewalOptions;
  private triedAt = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TokenRenewalOptions) {
    this.options = options;
  }

  /** The server has warned of the end. */
  warned({ expiresAt, timestamp }: ServerMessageOf<'token_expiring'>): void {
    const leftMs = Date.parse(expiresAt) - Date.parse(timestamp); // both are the server's
    const waitMs = renewalWaitMs(leftMs, steadyNow() - this.triedAt);
    clearTimeout(this.timer);
    if (waitMs > 0) this.renewIn(waitMs);
    else void this.renew();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private renewIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.renew(), ms);
  }

  private async renew(): Promise<void> {
    const { credentials, command } = this.options;
    const signal = this.options.signal();
    this.triedAt = steadyNow();
    try {
      const token = await credentials.askForAnother();
      if (signal.aborted) return;
      await command({ type: 'refresh_token', token });
      credentials.use(token);
      return;
    } catch (error) {
      // There is no other: the connection goes on for as long as the server lets it.
      if (signal.aborted || codeOf(error) === 'unauthenticated') return;
    }
    this.renewIn(limits.tokenRetryMs);
  }
}

/**
 * How long to wait before another token is asked for. Pure. Nothing, or half of what is left of tokens that live so shortly
 * that the next warning comes with each of them; and never more often than every `tokenRetryMs`.
 */
export function renewalWaitMs(leftMs: number, sinceTriedMs: number): number {
  return Math.max(leftMs < limits.tokenShortMs ? leftMs / 2 : 0, limits.tokenRetryMs - sinceTriedMs);
}
