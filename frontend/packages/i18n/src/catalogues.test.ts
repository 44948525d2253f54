import { describe, expect, test } from 'vitest';
import { type Language, languages } from './language.ts';
import type { Catalogue } from './translator.ts';

const files = import.meta.glob<Catalogue>('./catalogues/*.json', { eager: true, import: 'default' });
const apps = [...new Set(Object.keys(files).map((file) => file.replace(/^.*\/(\w+)\.\w+\.json$/, '$1')))];

function catalogue(app: string, language: Language): Catalogue {
  const found = files[`./catalogues/${app}.${language}.json`];
  if (!found) throw new Error(`no catalogue ${app}.${language}.json`);
  return found;
}

/** Plural forms differ by language, so they are compared by their stem. */
const stems = (texts: Catalogue) =>
  [...new Set(Object.keys(texts).map((key) => key.replace(/_(zero|one|two|few|many|other)$/, '')))].sort();
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe.each(apps)('the catalogue of %s', (app) => {
  const english = catalogue(app, 'en');

  test.each(languages)('has every text in %s', (language) => {
    const texts = catalogue(app, language);

    expect(stems(texts)).toEqual(stems(english));
    expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test.each(languages)('names the same values in %s', (language) => {
    const texts = catalogue(app, language);

    for (const [key, text] of Object.entries(english)) {
      if (/_(zero|one|two|few|many|other)$/.test(key)) continue;
      expect({ key, values: placeholders(texts[key] ?? '') }).toEqual({ key, values: placeholders(text) });
    }
  });
});
