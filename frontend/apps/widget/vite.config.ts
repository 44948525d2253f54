import { defineConfig } from 'vite';
import { sharedConfig } from '../../vite.shared.ts';

/** One classic script with everything in it, as `<script src async>` loads it. */
export default defineConfig({
  ...sharedConfig,
  root: import.meta.dirname,
  publicDir: false,
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    ...sharedConfig.build,
    lib: { entry: 'src/main.tsx', formats: ['iife'], name: 'CallDockerWidget', fileName: () => 'widget.js' },
  },
});
