export {
  chooseLanguage,
  directionOf,
  type Language,
  languageNames,
  languages,
  preferredLanguage,
  rememberLanguage,
  variantOf,
} from './language.ts';
export { type Catalogue, createTranslator, type Translate, type Values } from './translator.ts';
