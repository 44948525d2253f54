import english from '@calldocker/i18n/catalogues/site.en.json' with { type: 'json' };
import { defineConfig, type Plugin } from 'vite';
import { sharedConfig } from '../../vite.shared.ts';
import { fillHtml } from './src/text.ts';

/** Puts the English texts into the HTML, so that the page reads without JavaScript. */
const texts: Plugin = { name: 'texts', transformIndexHtml: { order: 'pre', handler: (html) => fillHtml(html, english) } };

/** The widget is a build of its own (apps/widget): the page only names its address. */
const widgetElsewhere: Plugin = {
  name: 'widget-elsewhere',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) => html.replace('<script src="./widget.js"', '<script vite-ignore src="./widget.js"'),
  },
};

export default defineConfig({
  ...sharedConfig,
  root: import.meta.dirname,
  plugins: [texts, widgetElsewhere],
});
