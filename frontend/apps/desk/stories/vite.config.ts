import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { sharedConfig } from '../../../vite.shared.ts';

/** `npm run stories`: every state of the desk by hand, in a browser. No part of the build. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: '../../site/public',
  css: sharedConfig.css,
  plugins: [react()],
});
