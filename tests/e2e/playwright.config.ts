import { defineConfig } from '@playwright/test';

// Two browsers and a server per test on two cores: one test at a time, and none is tried twice.
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
});
