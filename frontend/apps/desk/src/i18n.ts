import { directionOf, type Language, preferredLanguage, rememberLanguage, variantOf } from '@calldocker/i18n';
import allowArabic from '@calldocker/i18n/catalogues/allow.ar.json';
import allowGerman from '@calldocker/i18n/catalogues/allow.de.json';
import allowEnglish from '@calldocker/i18n/catalogues/allow.en.json';
import arabic from '@calldocker/i18n/catalogues/desk.ar.json';
import german from '@calldocker/i18n/catalogues/desk.de.json';
import english from '@calldocker/i18n/catalogues/desk.en.json';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'desk';
    keySeparator: false;
    nsSeparator: false;
    resources: { desk: typeof english & typeof allowEnglish };
  }
}

export async function startI18n(language: Language = preferredLanguage()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'desk',
    keySeparator: false,
    nsSeparator: false,
    resources: {
      en: { desk: { ...english, ...allowEnglish } },
      de: { desk: { ...german, ...allowGerman } },
      ar: { desk: { ...arabic, ...allowArabic } },
    },
    interpolation: { escapeValue: false }, // React escapes.
  });
  mark(language);
}

export async function changeLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  await i18next.changeLanguage(language);
  mark(language);
}

/** Writes the time of day as the agent's browser does in that language: 16:30 in Britain, 4:30 PM in America. */
export function timeOfDay(language: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(variantOf(language), { timeStyle: 'short' });
}

function mark(language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}
