/** Browsers, as far as a person allows a microphone in another place of each. Whatever is not known counts as Chromium. */
export type BrowserKind = 'chromium' | 'firefox' | 'safari' | 'android' | 'ios';

export function browserKind({ userAgent, maxTouchPoints }: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): BrowserKind {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  if (/Firefox\//.test(userAgent)) return 'firefox';
  if (!/Safari\//.test(userAgent) || /Chrome\/|Chromium\//.test(userAgent)) return 'chromium';
  return maxTouchPoints > 1 ? 'ios' : 'safari'; // An iPad says that it is a Mac, but no Mac has a touch screen.
}
