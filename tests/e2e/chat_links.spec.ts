// "Send a link", says the desk: what looks like an address in a chat can be opened, at both ends, and leads where it says.
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';

const message = 'See https://shop.example/boots?size=42#top, write to amina@shop.example. Not javascript:alert(1), not https://bank.example@evil.example, and https://pаypal.com is another.';

async function expectLinks(page: Page): Promise<void> {
  const links = page.getByRole('log').getByRole('link');
  await expect(links).toHaveText(['https://shop.example/boots?size=42#top', 'amina@shop.example', 'https://xn--pypal-4ve.com']);
  expect(await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href)))
    .toEqual(['https://shop.example/boots?size=42#top', 'mailto:amina@shop.example', 'https://xn--pypal-4ve.com/']);
  for (const link of await links.all()) {
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
    await expect(link).toHaveAttribute('target', '_blank');
  }
  await page.getByRole('log').locator('..').getByRole('textbox').focus();
  await page.keyboard.press('Shift+Tab');
  await expect(links.last(), 'a keyboard comes to it').toBeFocused();
}

test('addresses in a chat are links, for the visitor and for the agent', async ({ call }) => {
  const { visitor, agent } = await call();

  await agent.write(message);
  await visitor.page.mouse.move(0, 0);
  await visitor.page.getByRole('button', { name: /^1 new message|^Chat/ }).click();
  await expectLinks(visitor.page);
  await agent.reads(/See https/);
  await expectLinks(agent.page);

  const opened = visitor.page.context().waitForEvent('page');
  await visitor.page.context().route(/shop\.example/, (route) => route.fulfill({ body: '<h1>Boots</h1>', contentType: 'text/html' }));
  await visitor.page.getByRole('log').getByRole('link').first().click();
  const page = await opened;
  expect(await page.evaluate(() => [window.opener, document.referrer])).toEqual([null, '']);
  await visitor.sees('Connected');
});
