import { defineConfig } from 'vite';
import { sharedConfig } from '../../../vite.shared.ts';

/** `npm run stories`: every state of the widget by hand, in a browser. No part of the build. */
export default defineConfig({
  root: import.meta.dirname,
  css: sharedConfig.css,
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
});
