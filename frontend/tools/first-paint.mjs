// Measures how soon something is to be seen, on pages that a server serves as it does for everyone (brotli).
// Usage: node tools/first-paint.mjs URL [RUNS]     URL: a server in development mode, http://127.0.0.1:3000
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const [server, runs = '9'] = process.argv.slice(2);
if (!server) {
  console.error('usage: node tools/first-paint.mjs URL [RUNS]');
  process.exit(2);
}
const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

// The launcher is all there is to see on it.
const shop = createServer((_, response) => {
  response.setHeader('content-type', 'text/html');
  response.end(`<!doctype html><body><script src="${server}/widget.js" data-company="demo" async></script>`);
});
await new Promise((listening) => shop.listen(0, '127.0.0.1', listening));

const pages = [
  { name: 'landing page', url: `${server}/` },
  { name: 'desk', url: `${server}/agent` },
  { name: 'widget alone on another site', url: `http://127.0.0.1:${shop.address().port}/` },
];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** A browser that has never been here, and the same when it comes again. */
async function visit(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const paints = [];
  for (let time = 0; time < 2; time++) {
    await page.goto(url);
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    paints.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
  }
  await context.close();
  return paints;
}

const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
console.log(`first contentful paint in Chromium ${browser.version()}, median of ${runs} (slowest)`);
for (const { name, url } of pages) {
  const visits = [];
  for (let run = 0; run < Number(runs); run++) visits.push(await visit(browser, url));
  for (const [index, when] of ['first visit', 'again'].entries()) {
    const paints = visits.map((each) => each[index]);
    console.log(`${name}, ${when}: ${Math.round(median(paints))} ms (${Math.round(Math.max(...paints))} ms)`);
  }
}
await browser.close();
shop.close();
