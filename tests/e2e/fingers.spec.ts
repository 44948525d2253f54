// A click that was meant for something else does nothing: what appears under the pointer takes none for half a second.
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import type { Agent } from './harness/people.ts';

interface Place { x: number; y: number }

/** The middle of a button that is seen. */
async function placeOf(agent: Agent, name: string): Promise<Place> {
  const box = await agent.button(name).boundingBox();
  if (!box) throw new Error(`${name} is not seen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Clicks where the pointer is, in the very frame in which the button is first seen. */
async function clickAsItAppears(page: Page, { x, y }: Place, name: string): Promise<void> {
  await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
  await page.mouse.click(x, y);
}

test('a call that begins to ring under the pointer is not answered by the click that was meant for what was there, but by the next one', async ({ openAvailableAgent, openVisitor }) => {
  const agent = await openAvailableAgent('first');
  const visitor = await openVisitor();
  await visitor.call();
  await expect(agent.button('Answer')).toBeVisible();
  const place = await placeOf(agent, 'Answer');
  await agent.decline();
  await expect(agent.button('Answer')).toBeHidden();
  await agent.page.mouse.move(place.x, place.y);

  await clickAsItAppears(agent.page, place, 'Answer');

  await agent.isIn('Ringing');
  await expect(agent.button('Answer'), 'it rings on, and says nothing of an answer under way').toBeEnabled();
  await expect.poll(async () => {
    await agent.page.mouse.click(place.x, place.y);
    return agent.button('Answer').isVisible();
  }, { intervals: [600] }).toBe(false);
  await agent.sees('Connected');
});

test('a call is answered at once by a screen reader', async ({ ring }) => {
  const { agent } = await ring();

  await agent.button('Answer').evaluate((button) => { (button as HTMLButtonElement).click(); });

  await agent.sees('Connected');
});

test('a double click opens a menu and does not close it again', async ({ openAvailableAgent }) => {
  const agent = await openAvailableAgent('first');

  await agent.page.getByRole('banner').locator('.state').dblclick();

  await expect(agent.page.getByRole('menuitem', { name: 'Break' })).toBeVisible();
  await agent.page.getByRole('menuitem', { name: 'Break' }).click();
  await agent.isIn('Not ready: Break');
});
