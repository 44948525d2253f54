import { defineConfig } from '@playwright/test';

export default defineConfig({
  outputDir: '../build/test-results',
  retries: 0,
  forbidOnly: true,
  workers: 1,
  reporter: [['list']],
  projects: [
    // The protocol, by plain WebSockets against the real server: no browser.
    { name: 'integration', testDir: 'integration', timeout: 20_000 },
    // Two browsers and a server per test, on two cores.
    { name: 'browser', testDir: 'e2e', timeout: 60_000, expect: { timeout: 10_000 } },
  ],
});
