import { describe, expect, test } from 'vitest';
import { chooseLanguage, directionOf } from './language.ts';
import { createTranslator } from './translator.ts';

describe('translator', () => {
  test('puts values where the text names them', () => {
    const t = createTranslator({ greeting: 'Hello {{name}}, {{name}}!' }, 'en');

    expect(t('greeting', { name: 'Mia' })).toBe('Hello Mia, Mia!');
  });

  test('does not read a value as another placeholder', () => {
    const t = createTranslator({ greeting: '{{first}} {{second}}' }, 'en');

    expect(t('greeting', { first: '{{second}}', second: 'x' })).toBe('{{second}} x');
  });

  test('takes the plural form of the language', () => {
    const arabic = createTranslator({ calls_two: 'مكالمتان', calls_few: '{{count}} مكالمات', calls_other: '{{count}}' }, 'ar');

    expect(arabic('calls', { count: 2 })).toBe('مكالمتان');
    expect(arabic('calls', { count: 5 })).toBe('5 مكالمات');
  });

  test('shows the key of a missing text', () => {
    expect(createTranslator({}, 'en')('no.such.text')).toBe('no.such.text');
  });
});

describe('language', () => {
  test('is the first wanted one that there is', () => {
    expect(chooseLanguage([null, 'fr-FR', 'de-AT', 'en'])).toBe('de');
  });

  test('falls back to English', () => {
    expect(chooseLanguage(['fr', 'tlh'])).toBe('en');
  });

  test('knows which way it is read', () => {
    expect(directionOf('ar')).toBe('rtl');
    expect(directionOf('de')).toBe('ltr');
  });
});
