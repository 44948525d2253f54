import { defineConfig } from 'vitest/config';

// Each package and app is a project of its own, with its own environment where it needs one.
export default defineConfig({ test: { projects: ['packages/*', 'apps/*'] } });
