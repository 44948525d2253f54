/** One app's texts in one language: flat keys, `{{name}}` for values, `_one`, `_other` ... for plurals, as i18next reads them. */
export type Catalogue = Record<string, string>;
export type Values = Record<string, string | number>;
export type Translate<Key extends string = string> = (key: Key, values?: Values) => string;

/**
 * The smallest reader of an i18next catalogue, for the pages that must stay small (widget, landing page).
 * With a numeric `count` among the values, the plural form of the language is looked up first.
 * A missing text shows as its key, so that it is noticed.
 */
export function createTranslator<Key extends string>(catalogue: Catalogue, language: string): Translate<Key> {
  const plurals = new Intl.PluralRules(language);
  return (key, values = {}) => {
    const plural = typeof values.count === 'number' ? catalogue[`${key}_${plurals.select(values.count)}`] : undefined;
    const text = plural ?? catalogue[key] ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
}
