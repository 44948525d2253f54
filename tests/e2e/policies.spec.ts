// A page, or the page around it, may keep the microphone from everybody: then the widget says so, and offers what works.
import { expect, siteTest as base } from './harness/fixtures.ts';
import { TONES, Visitor } from './harness/people.ts';
import { Site } from './harness/site.ts';

const queue = { queues: [{ id: 'default', name: 'Sales', voicemail: true, callback: true }] };

const test = base.extend<{ around: Site }>({
  around: async ({}, use) => {
    const around = await Site.start();
    await use(around);
    await around.stop();
  },
});

const words = {
  en: { call: 'Call us', start: 'Start voice call', title: 'This page lets nobody use a microphone', callback: 'Call me back by phone', number: 'Your phone number', send: 'Ask for a callback' },
  de: { call: 'Rufen Sie uns an', start: 'Sprachanruf starten', title: 'Auf dieser Seite darf niemand ein Mikrofon benutzen', callback: 'Rufen Sie mich per Telefon zurück' },
  ar: { call: 'اتصل بنا', start: 'ابدأ مكالمة صوتية', title: 'لا تسمح هذه الصفحة لأحد باستخدام الميكروفون', callback: 'اتصلوا بي عبر الهاتف' },
};

for (const language of ['en', 'de', 'ar'] as const) {
  test(`where the site’s policy forbids microphones, the visitor is called by telephone, in ${language}`, async ({ site, server, openComputer, configure }) => {
    await configure(queue);
    site.headers = { 'Permissions-Policy': 'microphone=()' };
    site.page = `<!doctype html><title>Shoes</title><script src="${server.url}/widget.js" data-company="demo" data-language="${language}" async></script>`;
    const visitor = await Visitor.open(server, await openComputer({ tone: TONES.visitor }), site.origin);
    const { call, start, title, callback } = words[language];

    await visitor.button(call).click();
    await visitor.button(start).click();

    await expect(visitor.page.getByRole('heading', { name: title })).toBeVisible();
    await visitor.button(callback).click();
    await visitor.page.locator('input[type=tel]').fill('+49 151 2345 678');
    await visitor.page.locator('textarea').fill('My boots do not fit.');
    await visitor.page.mouse.move(0, 0);
    await visitor.page.locator('button[type=submit]').click();
    await expect(visitor.page.locator('.phone')).toHaveText('+49 151 2345 678');
  });
}

test('where the site’s policy forbids cameras, the visitor calls by voice', async ({ site, server, openComputer }) => {
  site.headers = { 'Permissions-Policy': 'camera=()' };
  site.page = `<!doctype html><title>Shoes</title><script src="${server.url}/widget.js" data-company="demo" async></script>`;
  const visitor = await Visitor.open(server, await openComputer({ tone: TONES.visitor }), site.origin);
  await visitor.button('Call us').click();
  await visitor.button('Start video call').click();
  await expect(visitor.page.getByRole('heading', { name: 'This page lets nobody use a camera' })).toBeVisible();

  await visitor.button('Call by voice').click();

  await expect(visitor.button('Call now')).toBeVisible();
});

for (const browser of ['chromium', 'firefox'] as const) {
  test(`in a frame of a page that hands no microphone on, the visitor calls from a window of its own, in ${browser}`, async ({ site, around, server, openComputer, configure }) => {
    await configure(queue);
    site.page = `<!doctype html><title>Shoes</title><script src="${server.url}/widget.js" data-company="demo" async></script>`;
    around.page = `<!doctype html><title>Mall</title><iframe src="${site.origin}" style="width: 600px; height: 700px"></iframe>`;
    const visitor = await Visitor.open(server, await openComputer({ tone: TONES.visitor, browser }), around.origin);
    const frame = visitor.page.frameLocator('iframe');
    await frame.getByRole('button', { name: 'Call us' }).click();
    await frame.getByRole('button', { name: 'Start voice call' }).click();

    await expect(frame.getByRole('heading', { name: 'There is no microphone inside of another page' })).toBeVisible();
    await expect(frame.getByRole('button', { name: 'Call me back by phone' })).toBeVisible();
    const opened = visitor.page.context().waitForEvent('page');
    await frame.getByRole('link', { name: 'Open in its own window' }).click();
    const page = await opened;
    await page.getByRole('button', { name: 'Call us' }).click();
    await page.getByRole('button', { name: 'Start voice call' }).click();
    await expect(page.getByRole('button', { name: 'Call now' })).toBeVisible();
  });
}
