import { expect, test } from 'vitest';
import { variantOf } from './language.ts';

test.each([
  ['en', ['en-GB', 'en'], 'en-GB'],
  ['en', ['de-AT', 'en-US'], 'en-US'],
  ['de', ['en-GB'], 'de'],
  ['ar', [], 'ar'],
])('a page in %s for a browser that wants %o tells the time as in %s', (language, wanted, variant) => {
  expect(variantOf(language, wanted)).toBe(variant);
});

test('half past four in the afternoon is 16:30 in Britain', () => {
  const at = new Date(2026, 4, 4, 16, 30);

  expect(new Intl.DateTimeFormat(variantOf('en', ['en-GB']), { timeStyle: 'short' }).format(at)).toBe('16:30');
});
