import { type Catalogue, chooseLanguage, createTranslator, type Language, preferredLanguage, type Translate } from '@calldocker/i18n';
import arabic from '@calldocker/i18n/catalogues/widget.ar.json';
import german from '@calldocker/i18n/catalogues/widget.de.json';
import english from '@calldocker/i18n/catalogues/widget.en.json';

export type WidgetText = keyof typeof english;
export type WidgetTranslate = Translate<WidgetText>;

const catalogues: Record<Language, Catalogue> = { en: english, de: german, ar: arabic };

export function translatorFor(language: Language): WidgetTranslate {
  return createTranslator<WidgetText>(catalogues[language], language);
}

/** The page's wish goes first, then what the visitor chose or their browser asks for. */
export function firstLanguage(pageWish: string | undefined): Language {
  return pageWish ? chooseLanguage([pageWish]) : preferredLanguage();
}
