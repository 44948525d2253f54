import { defineConfig } from '@playwright/test';

export default defineConfig({
  outputDir: '../build/test-results',
  retries: 0,
  forbidOnly: true,
  workers: 2,
  reporter: [['list']],
  projects: [
    // The protocol, by plain WebSockets against the real server: no browser. One after another: some of them promise times.
    { name: 'integration', testDir: 'integration', timeout: 20_000, workers: 1 },
    // Two browsers and a server per test. People wait for each other more than they compute: two tests share two cores well.
    { name: 'browser', testDir: 'e2e', timeout: 60_000, expect: { timeout: 10_000 }, fullyParallel: true },
  ],
});
