import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const shared = { outDir: path('../../dist/js'), emptyOutDir: false, target: 'es2022', sourcemap: true };

// Two builds: `vite build` makes the classic script of the original pages, `vite build --mode module` the typed module's.
export default defineConfig(({ mode }) => ({
  build:
    mode === 'module'
      ? { ...shared, lib: { entry: path('src/index.ts'), formats: ['es'], fileName: () => 'calldocker-client.js' } }
      : {
          ...shared,
          lib: { entry: path('src/v1/global.ts'), formats: ['iife'], name: 'CallDockerV1', fileName: () => 'websocket-client.js' },
        },
  test: { include: ['src/**/*.test.ts'] },
}));
