import type { Page } from '@playwright/test';

interface ClockWindow extends Window {
  setClock(milliseconds: number): void;
}

/** The computer's clock is wrong by so much, and can be set. How time goes on stays as it is. Runs before the page's scripts. */
export function wrongClock(milliseconds: number): void {
  const Right = Date;
  let ahead = milliseconds;
  class Wrong extends Right {
    constructor(...parts: unknown[]) {
      if (parts.length === 0) super(Wrong.now());
      else super(...parts as [number]);
    }
    static override now = () => Right.now() + ahead;
  }
  window.Date = Wrong as DateConstructor;
  (window as unknown as ClockWindow).setClock = (to) => { ahead = to; };
}

/** @param milliseconds  from the right time */
export async function setClock(page: Page, milliseconds: number): Promise<void> {
  await page.evaluate((ahead) => (window as unknown as ClockWindow).setClock(ahead), milliseconds);
}
