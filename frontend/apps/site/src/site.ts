import '@fontsource-variable/inter/wght.css';
import '@calldocker/ui/tokens.css';
import '@calldocker/ui/parts.css';
import './site.css';
import {
  type Catalogue,
  chooseLanguage,
  createTranslator,
  directionOf,
  type Language,
  languageNames,
  languages,
  preferredLanguage,
  rememberLanguage,
} from '@calldocker/i18n';
import arabic from '@calldocker/i18n/catalogues/site.ar.json';
import german from '@calldocker/i18n/catalogues/site.de.json';
import english from '@calldocker/i18n/catalogues/site.en.json';
import { fillDocument } from './text.ts';

const catalogues: Record<Language, Catalogue> = { en: english, de: german, ar: arabic };

function show(language: Language): void {
  const t = createTranslator(catalogues[language], language);
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  fillDocument(document, t);
}

function offerLanguages(select: HTMLSelectElement, current: Language): void {
  for (const language of languages) {
    const option = new Option(languageNames[language], language, false, language === current);
    option.lang = language;
    select.add(option);
  }
  select.addEventListener('change', () => {
    const chosen = chooseLanguage([select.value]);
    rememberLanguage(chosen);
    show(chosen);
    // The widget listens for this, so that both change together.
    window.dispatchEvent(new CustomEvent('calldocker-language', { detail: chosen }));
  });
}

/** The button works from the moment the widget is there; until then it cannot be pressed in vain. */
function enableCallButton(button: HTMLButtonElement, failed: HTMLElement): void {
  const enable = () => {
    button.disabled = false;
  };
  if ('CallDocker' in window) enable();
  else window.addEventListener('calldocker-ready', enable, { once: true });
  window.addEventListener('load', () => {
    if ('CallDocker' in window) return;
    button.hidden = true;
    failed.hidden = false;
  });
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`index.html has no ${type.name} #${id}`);
  return found;
}

const language = preferredLanguage();
document.documentElement.classList.add('scripted');
show(language);
offerLanguages(element('language', HTMLSelectElement), language);
enableCallButton(element('talk', HTMLButtonElement), element('failed', HTMLElement));
element('embed', HTMLElement).textContent = `<script src="${new URL('widget.js', document.baseURI)}" data-company="demo" async></script>`;
