import { limits } from '../limits.ts';

/**
 * How long to wait before an attempt, with full jitter: thousands of clients that lose one server at once come back
 * spread out. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter
 * @param attempt  from 1, since the last connection that worked
 * @param random   a number in [0, 1)
 * @return milliseconds; attempt 1 within 250 ms, no attempt after more than 10 s
 */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(limits.backoffCapMs, limits.backoffFirstMs * 2 ** Math.min(attempt - 1, 16));
  return Math.round(random * ceiling);
}

/**
 * How long to wait before the next attempt.
 * @param notBeforeMs  the server has no room earlier; it is not believed beyond `retryAfterMaxMs`
 */
export function retryDelayMs(attempt: number, random: number, notBeforeMs = 0): number {
  return Math.max(backoffMs(attempt, random), Math.min(notBeforeMs, limits.retryAfterMaxMs));
}
