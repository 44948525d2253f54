// What visitors do in and around a queue, and what they read there.
import { expect } from '@playwright/test';
import type { Visitor } from './people.ts';

export const heading = (visitor: Visitor, name: string | RegExp) => visitor.page.getByRole('heading', { name });
export const text = (visitor: Visitor, words: string | RegExp) => visitor.page.getByText(words);

/** In the queue, with nobody there to answer. */
export async function wait(visitor: Visitor): Promise<void> {
  await visitor.enterQueue();
  await visitor.sees('Waiting', 15_000);
  await expect(visitor.button('Keep my place and leave')).toBeVisible();
}

export async function askForCallback(visitor: Visitor): Promise<void> {
  await visitor.button('Call me back instead').click();
  await visitor.button('Ask for the callback').click();
  await visitor.sees('Callback');
}

export async function speakAndFinish(visitor: Visitor): Promise<void> {
  await visitor.button('Leave a message').click();
  await expect(heading(visitor, 'Speak now')).toBeVisible({ timeout: 15_000 });
  await expect(visitor.page.getByRole('timer', { name: /0:0[2-9]$/ })).toBeVisible();
  await visitor.button('I have finished').click();
  await expect(heading(visitor, 'Your message')).toBeVisible();
}
