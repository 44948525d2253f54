import type { CallState, QueueStatus } from '@calldocker/client';
import { type Language, variantOf } from '@calldocker/i18n';
import type { WidgetText } from './text.ts';

type Place = Extract<CallState, { phase: 'waiting' }>['place'];

/** A text and what it names. */
export interface Words {
  readonly text: WidgetText;
  readonly values?: Record<string, string | number>;
}

/** `unknown` until the server has answered. */
export type Service = 'unknown' | 'open' | 'nobody' | 'full' | 'closed';

export function serviceOf(status: QueueStatus | undefined): Service {
  if (!status) return 'unknown';
  if (!status.open) return 'closed';
  if (status.full) return 'full';
  return status.staffed ? 'open' : 'nobody';
}

/** What the queue does instead of a call. */
export interface Offers {
  readonly callback: boolean;
  readonly voicemail: boolean;
}

/** A message is spoken: where there can be no microphone, there is none. */
export function offersOf(status: QueueStatus | undefined, { mayTalk }: { readonly mayTalk: boolean }): Offers {
  return { callback: status?.callback ?? false, voicemail: mayTalk && (status?.voicemail ?? false) };
}

/** The place in the queue; undefined until it is told. */
export function placeText(place: Place): Words | undefined {
  if (!place) return undefined;
  return place.place === 1 ? { text: 'waiting.next' } : { text: 'waiting.place', values: { place: place.place } };
}

/** The wait as a range of whole minutes, or the plain word that there is none; undefined until it is told. */
export function estimateText(place: Pick<NonNullable<Place>, 'minMinutes' | 'maxMinutes'> | undefined): Words | undefined {
  if (!place) return undefined;
  const { minMinutes: least, maxMinutes: most } = place;
  if (!most) return { text: 'waiting.noEstimate' };
  if (!least || least >= most) return { text: 'waiting.minutes', values: { count: most } };
  return { text: 'waiting.range', values: { least, count: most } };
}

/** Digits as in the rest of the widget, in every language. */
const tagOf = (language: Language) => new Intl.Locale(variantOf(language), { numberingSystem: 'latn' });

export function clockTime(at: number, language: Language): string {
  return new Intl.DateTimeFormat(tagOf(language), { timeStyle: 'short' }).format(at);
}

/** When it opens, in the visitor's own time. Undefined where that is not known, or was a moment ago. */
export function openingText(opensAt: string | undefined, now: number, language: Language): Words | undefined {
  const at = Date.parse(opensAt ?? '');
  if (!(at > now)) return undefined;
  const time = clockTime(at, language);
  if (new Date(at).toDateString() === new Date(now).toDateString()) return { text: 'closed.opensToday', values: { time } };
  const day = new Intl.DateTimeFormat(tagOf(language), { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
  return { text: 'closed.opensAt', values: { day, time } };
}
