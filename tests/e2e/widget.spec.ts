// Where the widget is: a visitor moves it out of the way, and it stays there.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';

interface Point { x: number; y: number }

const launcher = (page: Page) => page.getByRole('button', { name: 'Call us', exact: true });
const panel = (page: Page) => page.getByRole('dialog', { name: 'Talk to us' });
const mover = (page: Page) => page.getByRole('button', { name: /^Move this window/ });

async function placeOf(part: Locator): Promise<Point> {
  const box = await part.boundingBox();
  if (!box) throw new Error('it is not to be seen');
  return { x: Math.round(box.x), y: Math.round(box.y) };
}

async function drag(page: Page, part: Locator, to: Point): Promise<void> {
  const from = await placeOf(part);
  const grip = 20;
  await page.mouse.move(from.x + grip, from.y + grip);
  await page.mouse.down();
  await page.mouse.move(to.x + grip, to.y + grip, { steps: 4 });
  await page.mouse.up();
}

/** Its position: the upper edge moves when the server has said how the queue is. */
async function footOf(window: Locator): Promise<{ x: number; bottom: number }> {
  const { x, y, height } = (await window.boundingBox())!;
  return { x, bottom: y + height };
}

test('the launcher is dragged out of the way, and is there on the next page', async ({ openVisitor }) => {
  const { page } = await openVisitor();

  await drag(page, launcher(page), { x: 200, y: 24 });

  await expect.poll(() => placeOf(launcher(page))).toEqual({ x: 200, y: 24 });
  await expect(panel(page), 'a drag is no click').toBeHidden();
  await page.reload();
  expect(await placeOf(launcher(page))).toEqual({ x: 200, y: 24 });
  await launcher(page).click();
  expect(await placeOf(panel(page))).toEqual({ x: 200, y: 24 });
});

for (const { language, towardsStart } of [{ language: 'en', towardsStart: 'ArrowLeft' }, { language: 'ar', towardsStart: 'ArrowRight' }]) {
  test(`arrow keys move the window where they point, in a page in ${language}`, async ({ openVisitor }) => {
    const { page } = await openVisitor();
    await launcher(page).click();
    await page.getByRole('combobox', { name: 'Language' }).last().selectOption(language);
    const window = page.getByRole('dialog');
    const { x, bottom } = await footOf(window);
    const direction = towardsStart === 'ArrowLeft' ? -1 : 1;

    await window.getByRole('button').first().focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press(`Shift+${towardsStart}`);

    await expect.poll(() => footOf(window)).toEqual({ x: x + 96 * direction, bottom: bottom - 16 });
  });
}

test('a smaller window holds the widget back, and a larger one lets it return', async ({ openVisitor }) => {
  const { page } = await openVisitor();
  await page.setViewportSize({ width: 1200, height: 800 });
  await launcher(page).click();
  await drag(page, panel(page), { x: 100, y: 60 });
  const place = await footOf(panel(page));

  await page.setViewportSize({ width: 500, height: 520 });

  await expect(panel(page)).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1200, height: 800 });
  await expect.poll(() => footOf(panel(page))).toEqual(place);
});

test('on a phone the window is the screen, and nothing is dragged', async ({ openVisitor }) => {
  const { page } = await openVisitor();
  const corner = await placeOf(launcher(page));
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  await page.setViewportSize({ width: 360, height: 700 });

  await drag(page, launcher(page), { x: 40, y: 100 });

  await launcher(page).click();
  expect(await panel(page).boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 700 });
  await expect(mover(page)).toBeHidden();
  await page.getByRole('button', { name: 'Close this window' }).click();
  await page.setViewportSize({ width, height });
  await expect.poll(() => placeOf(launcher(page))).toEqual(corner);
});

test('the page stays usable beside the widget', async ({ openVisitor }) => {
  const { page } = await openVisitor();
  await drag(page, launcher(page), { x: 200, y: 24 });
  await launcher(page).click();

  await page.getByRole('link', { name: 'Agent desk' }).click();

  await expect(page).toHaveURL(/\/agent$/);
});

test('the widget and the page are written in the same letters', async ({ openVisitor }) => {
  const { page } = await openVisitor();

  await launcher(page).click();

  const known = () => page.evaluate(() => [...document.fonts].filter(({ family, status }) => family.includes('CallDocker') && status === 'loaded').length);
  await expect.poll(known).toBe(1);
});
