// A click that was meant for something else does nothing: what appears under the pointer takes none for half a second.
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';
import type { Agent, Visitor } from './harness/people.ts';

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

/** The names of the buttons of the widget that have taken a click, from here on. */
async function watchClicks({ page }: Visitor): Promise<() => Promise<string[]>> {
  await page.locator('calldocker-widget').evaluate((host) => {
    const taken: string[] = [];
    (window as unknown as { taken: string[] }).taken = taken;
    host.shadowRoot?.addEventListener('click', ({ target }) => {
      const button = (target as Element).closest('button');
      if (button) taken.push(button.getAttribute('aria-label') ?? button.innerText.trim());
    }, { capture: true });
  });
  return () => page.evaluate(() => (window as unknown as { taken: string[] }).taken);
}

const elsewhere = { queues: [{ id: 'default', name: 'Sales', voicemail: true, callback: true }] };

for (const how of ['in one go', 'as soon as something else is there']) {
  test(`a double click on the launcher opens the window, and nothing in it, ${how}`, async ({ openVisitor, configure }) => {
    await configure(elsewhere);
    const visitor = await openVisitor();
    const launcher = visitor.page.locator('calldocker-widget').getByRole('button', { name: 'Call us' });
    await launcher.click();
    await expect(visitor.button('Leave a message')).toBeVisible();
    const { x, y, width, height } = (await visitor.button('Leave a message').boundingBox())!;
    await visitor.press('Close this window');
    const place = { x: x + width - 20, y: y + height / 2 };
    const box = (await launcher.boundingBox())!;
    expect(place.x > box.x && place.x < box.x + box.width && place.y > box.y && place.y < box.y + box.height, 'the one is where the other was').toBe(true);
    const taken = await watchClicks(visitor);

    if (how === 'in one go') {
      await visitor.page.mouse.dblclick(place.x, place.y);
    } else {
      await visitor.page.mouse.click(place.x, place.y);
      await expect(visitor.button('Leave a message')).toBeVisible();
      await visitor.page.mouse.click(place.x, place.y);
    }

    expect(await taken()).toEqual(['Call us']);
  });

  test(`a double click on "Hang up" hangs up, and calls nobody, ${how}`, async ({ call }) => {
    const { visitor, agent } = await call();
    await visitor.page.mouse.move(0, 0);
    await visitor.button('Hang up').hover();
    const { x, y, width, height } = (await visitor.button('Hang up').boundingBox())!;
    const taken = await watchClicks(visitor);

    if (how === 'in one go') {
      await visitor.page.mouse.dblclick(x + width / 2, y + height / 2);
    } else {
      await visitor.page.mouse.click(x + width / 2, y + height / 2);
      await expect(visitor.button('Call again')).toBeVisible();
      await visitor.page.mouse.click(x + width / 2, y + height / 2);
    }

    await agent.sees('Wrap-up');
    expect((await taken())[0]).toBe('Hang up');
    expect(await taken()).toHaveLength(1);
  });
}
