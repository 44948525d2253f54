import type { QueueStatus } from '@calldocker/client';
import { describe, expect, test, vi } from 'vitest';
import { estimateText, offersOf, openingText, placeText, serviceOf } from './queue-view.ts';
import { translatorFor } from './text.ts';

const status = (changes: Partial<QueueStatus> = {}): QueueStatus => ({
  queueId: 'default',
  open: true,
  staffed: true,
  callback: true,
  voicemail: false,
  ...changes,
});

describe('the service', () => {
  test.each([
    ['unknown', undefined],
    ['open', status()],
    ['nobody', status({ staffed: false })],
    ['full', status({ full: true, staffed: false })],
    ['closed', status({ open: false, full: true, staffed: false })],
  ] as const)('is %s', (service, told) => {
    expect(serviceOf(told)).toBe(service);
  });

  test('offers what the queue offers, and nothing before that is known', () => {
    expect(offersOf(status(), { mayTalk: true })).toEqual({ callback: true, voicemail: false });
    expect(offersOf(undefined, { mayTalk: true })).toEqual({ callback: false, voicemail: false });
    expect(offersOf(status({ voicemail: true }), { mayTalk: false })).toEqual({ callback: true, voicemail: false });
  });
});

describe('the place', () => {
  const t = translatorFor('en');
  const say = (words: ReturnType<typeof placeText>) => words && t(words.text, words.values);

  test('counts from the next one', () => {
    expect(say(placeText({ place: 1, away: false }))).toBe('You are next');
    expect(say(placeText({ place: 3, away: false }))).toBe('You are number 3');
    expect(placeText(undefined)).toBeUndefined();
  });

  test.each([
    [{ minMinutes: 3, maxMinutes: 5 }, 'It takes about 3 to 5 minutes'],
    [{ minMinutes: 4, maxMinutes: 4 }, 'It takes about 4 minutes'],
    [{ minMinutes: 1, maxMinutes: 1 }, 'It takes about a minute'],
    [{ maxMinutes: 2 }, 'It takes about 2 minutes'],
    [{ minMinutes: 0, maxMinutes: 2 }, 'It takes about 2 minutes'],
    [{ minMinutes: 0, maxMinutes: 0 }, 'We cannot say yet how long it takes.'],
    [{}, 'We cannot say yet how long it takes.'],
  ])('with %o takes its time, in words', (place, words) => {
    expect(say(estimateText(place))).toBe(words);
  });

  test('has no estimate before it is told', () => {
    expect(estimateText(undefined)).toBeUndefined();
  });

  test('is said with the plural of the language', () => {
    const arabic = translatorFor('ar');
    const of = (least: number, most: number) => {
      const words = estimateText({ minMinutes: least, maxMinutes: most });
      return words && arabic(words.text, words.values);
    };

    expect(of(3, 5)).toContain('دقائق');
    expect(of(10, 20)).toContain('دقيقة');
    expect(of(2, 2)).toBe('يستغرق ذلك نحو دقيقتين');
  });
});

describe('the opening', () => {
  const now = new Date(2026, 4, 4, 8, 0).getTime();
  const at = (...time: [number, number, number, number, number]) => new Date(...time).toISOString();

  test('is told as a time today, and with its day later', () => {
    expect(openingText(at(2026, 4, 4, 9, 30), now, 'de')).toEqual({ text: 'closed.opensToday', values: { time: '09:30' } });
    expect(openingText(at(2026, 4, 6, 9, 30), now, 'de')).toEqual({
      text: 'closed.opensAt',
      values: { day: 'Mittwoch, 6. Mai', time: '09:30' },
    });
  });

  test.each([
    ['en-GB', '16:30'],
    ['en-US', '4:30 PM'],
    ['fr-FR', '4:30 PM'],
  ])('is a time as a visitor with %s writes it', (tag, time) => {
    vi.stubGlobal('navigator', { languages: ['de-CH', tag] });

    expect(openingText(at(2026, 4, 4, 16, 30), now, 'en')?.values?.time).toMatch(new RegExp(time.replace(' ', '\\s')));
    vi.unstubAllGlobals();
  });

  test('has the digits of the rest of the widget in Arabic, too', () => {
    expect(openingText(at(2026, 4, 4, 9, 30), now, 'ar')?.values?.time).toMatch(/9:30/);
  });

  test('is not told where nobody knows it, or it has passed', () => {
    expect(openingText(undefined, now, 'en')).toBeUndefined();
    expect(openingText('soon', now, 'en')).toBeUndefined();
    expect(openingText(at(2026, 4, 4, 7, 59), now, 'en')).toBeUndefined();
  });
});
