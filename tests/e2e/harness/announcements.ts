import type { Page } from '@playwright/test';

const LIVE = '[aria-live]:not([aria-live=off]), [role=status]:not([aria-live=off]), [role=alert], [role=log]:not([aria-live=off])';
const QUIET = '[aria-live=off], [role=timer]';

/** From here on, what the live regions of the page and of the widget in it say, as a screen reader would: their text whenever it changes. */
export async function listenToAnnouncements(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(([live, quiet]) => {
    const said: string[] = [];
    (window as unknown as { said: string[] }).said = said;
    const regionOf = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest(`${live}, ${quiet}`);
    const observer = new MutationObserver((changes) => {
      const changed = changes.flatMap(({ target, addedNodes }) => [target, ...addedNodes]);
      const regions = new Set(changed.map(regionOf).filter((region) => region?.matches(live!)));
      for (const region of regions) {
        const text = region?.textContent?.trim();
        if (text) said.push(text);
      }
    });
    for (const root of [document.body, document.querySelector('calldocker-widget')?.shadowRoot]) {
      if (root) observer.observe(root, { subtree: true, childList: true, characterData: true });
    }
  }, [LIVE, QUIET]);
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said.splice(0));
}
