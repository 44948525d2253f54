/** The languages of the pages. Each has a complete catalogue for every app (`catalogues.test.ts` holds them equal). */
export const languages = ['en', 'de', 'ar'] as const;
export type Language = (typeof languages)[number];

/** Each language in its own words, for the choice on screen. */
export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch', ar: 'العربية' };

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

function isLanguage(tag: string): tag is Language {
  return (languages as readonly string[]).includes(tag);
}

/** The first of the wanted tags ("de-AT", "en") that we speak; English when none is. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const primary = tag?.toLowerCase().split('-')[0] ?? '';
    if (isLanguage(primary)) return primary;
  }
  return 'en';
}

/**
 * The browser's own variant of a language, for times and dates: an English page in Britain says 16:30. Where the browser
 * wants another language, the language as it is.
 */
export function variantOf(language: string, wanted: readonly string[] = globalThis.navigator?.languages ?? []): string {
  return wanted.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
}

const storageKey = 'calldocker.language';

/** What the person chose here before, or else what the browser asks for. */
export function preferredLanguage(): Language {
  return chooseLanguage([read(), ...navigator.languages]);
}

/** Keeps the choice for the next visit; a browser that stores nothing just forgets it. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage is off: the choice lasts for this page.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
