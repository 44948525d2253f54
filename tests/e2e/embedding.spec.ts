// The widget where it belongs: on a website of the company's own, at another address than the server's.
import { expect, siteTest as base } from './harness/fixtures.ts';
import { TONES, talk, Visitor } from './harness/people.ts';

const test = base.extend<{ allowed: boolean; openGuest: () => Promise<Visitor> }>({
  allowed: [true, { option: true }],
  settings: async ({ site, allowed }, use) => {
    await use({ ALLOWED_ORIGINS: allowed ? site.origin : 'https://shop.example' });
  },
  openGuest: async ({ site, server, openComputer }, use) => {
    site.page = `<!doctype html><html lang="en"><title>Shoes</title><h1>Shoes</h1>
      <script src="${server.url}/widget.js" data-company="demo" async></script></html>`;
    await use(async () => Visitor.open(server, await openComputer({ tone: TONES.visitor }), site.origin));
  },
});

test('a visitor calls from a site that the server allows', async ({ openAvailableAgent, openGuest, site }) => {
  const agent = await openAvailableAgent('first');
  const visitor = await openGuest();

  await visitor.call();
  await agent.answer();
  await talk(visitor, agent);

  await agent.reads(new URL(site.origin).host);
  await visitor.hangUp();
});

test.describe('on a site that the server does not name', () => {
  test.use({ allowed: false });

  test('the widget says that calls cannot be taken from here, and the page is as it was', async ({ openGuest }) => {
    const visitor = await openGuest();

    await visitor.button('Call us').click();

    await expect(visitor.page.getByText('This site may not call us')).toBeVisible();
    await expect(visitor.page.getByRole('heading', { name: 'Shoes' })).toBeVisible();
  });
});
