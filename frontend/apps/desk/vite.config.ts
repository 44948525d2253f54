import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { sharedConfig } from '../../vite.shared.ts';

export default defineConfig({
  ...sharedConfig,
  root: import.meta.dirname,
  // The icons are the site's; both share one output folder.
  publicDir: false,
  plugins: [react()],
  build: { ...sharedConfig.build, rollupOptions: { input: 'agent.html' } },
});
