import { type Catalogue, chooseLanguage, createTranslator, type Language, preferredLanguage, type Translate } from '@calldocker/i18n';
import allowArabic from '@calldocker/i18n/catalogues/allow.ar.json';
import allowGerman from '@calldocker/i18n/catalogues/allow.de.json';
import allowEnglish from '@calldocker/i18n/catalogues/allow.en.json';
import arabic from '@calldocker/i18n/catalogues/widget.ar.json';
import german from '@calldocker/i18n/catalogues/widget.de.json';
import english from '@calldocker/i18n/catalogues/widget.en.json';

export type WidgetText = keyof typeof english | keyof typeof allowEnglish;
export type WidgetTranslate = Translate<WidgetText>;

const catalogues: Record<Language, Catalogue> = {
  en: { ...english, ...allowEnglish },
  de: { ...german, ...allowGerman },
  ar: { ...arabic, ...allowArabic },
};

export function translatorFor(language: Language): WidgetTranslate {
  return createTranslator<WidgetText>(catalogues[language], language);
}

/** The page's wish goes first, then what the visitor chose or their browser asks for. */
export function firstLanguage(pageWish: string | undefined): Language {
  return pageWish ? chooseLanguage([pageWish]) : preferredLanguage();
}
