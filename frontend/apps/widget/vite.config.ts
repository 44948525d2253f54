import { defineConfig } from 'vite';
import { sharedConfig } from '../../vite.shared.ts';

/** One classic script with everything in it but the font, as `<script src async>` loads it. The other pages share the font's files. */
export default defineConfig({
  ...sharedConfig,
  // It names the server's address itself, which is not that of the page it runs in.
  base: '/',
  root: import.meta.dirname,
  publicDir: false,
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    ...sharedConfig.build,
    lib: { entry: 'src/main.tsx', formats: ['iife'], name: 'CallDockerWidget', fileName: () => 'widget.js' },
    rollupOptions: { output: { assetFileNames: 'assets/[name]-[hash][extname]' } },
  },
});
