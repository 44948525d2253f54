interface RetryWords {
  readonly text: 'retry.minutes' | 'retry.hours' | 'retry.later';
  readonly values?: { readonly count: number };
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Up to here minutes say it better. */
const minutesMax = 90;

/** When it is worth another try, as a sentence of its own. */
export function retryWords(retryAfterMs: number | undefined): RetryWords {
  if (retryAfterMs === undefined) return { text: 'retry.later' };
  const minutes = Math.max(1, Math.ceil(retryAfterMs / minuteMs));
  if (minutes <= minutesMax) return { text: 'retry.minutes', values: { count: minutes } };
  return { text: 'retry.hours', values: { count: Math.ceil(retryAfterMs / hourMs) } };
}
