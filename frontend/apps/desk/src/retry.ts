import type { T } from './words.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Up to here minutes say it better. */
const minutesMax = 90;

/** When it is worth another try, as a sentence of its own. */
export function retryText(t: T, retryAfterMs: number | undefined): string {
  if (retryAfterMs === undefined) return t('retry.later');
  const minutes = Math.max(1, Math.ceil(retryAfterMs / minuteMs));
  return minutes <= minutesMax ? t('retry.minutes', { count: minutes }) : t('retry.hours', { count: Math.ceil(retryAfterMs / hourMs) });
}
