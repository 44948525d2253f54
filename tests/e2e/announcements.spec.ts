// What a screen reader says by itself while a visitor is in a call: each change of its state, once, and nothing else.
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';

/** From here on, what live regions of the widget say, as a screen reader would: their text whenever it changes. */
async function listenToAnnouncements(page: Page): Promise<() => Promise<string[]>> {
  await page.locator('calldocker-widget').evaluate((host) => {
    const said: string[] = [];
    (window as unknown as { said: string[] }).said = said;
    const live = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]';
    const quiet = '[aria-live=off], [role=timer]';
    const regionOf = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest(`${live}, ${quiet}`);
    new MutationObserver((changes) => {
      const regions = new Set(changes.map(({ target }) => regionOf(target)).filter((region) => region?.matches(live)));
      for (const region of regions) {
        const text = region?.textContent?.trim();
        if (text) said.push(text);
      }
    }).observe(host.shadowRoot!, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said.splice(0));
}

test('a call that goes on says nothing, and each change of it is said once', async ({ call }) => {
  const { visitor, agent } = await call();
  const said = await listenToAnnouncements(visitor.page);
  const timer = visitor.page.getByRole('timer');

  await expect(timer).toHaveText(/0:1\d/, { timeout: 20_000 });
  expect(await said(), 'ten seconds of a call').toEqual([]);

  await agent.hold();
  await visitor.sees('On hold');
  expect(await said()).toEqual(['On hold']);
  await agent.resume();
  await visitor.sees('Connected');
  expect(await said()).toEqual(['Connected']);
  await agent.button('Mute').click();
  await expect(visitor.page.getByText('The other side is muted at the moment.')).toBeVisible();
  expect(await said()).toEqual(['The other side is muted at the moment.']);
  await visitor.button('Mute').click();
  await visitor.button('Unmute').click();
  expect(await said(), 'what one has done oneself').toEqual([]);
  await agent.hangUp();
  await visitor.sees('Call ended');
  expect(await said()).toEqual(['Call ended']);
});

test('the focus stays on a button of the call when the call changes', async ({ call }) => {
  const { visitor, agent } = await call();
  await visitor.button('Mute').focus();

  await agent.hold();
  await visitor.sees('On hold');

  await expect(visitor.button('Mute')).toBeFocused();
  await agent.resume();
  await visitor.sees('Connected');
  await agent.hangUp();
  await expect(visitor.page.getByRole('heading', { level: 2 }).last(), 'the button is gone').toBeFocused();
});
