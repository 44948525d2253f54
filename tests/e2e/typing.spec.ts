// Who types when a call begins to ring goes on typing: no key of theirs answers or declines, and none is lost.
import type { Page } from '@playwright/test';
import { expect, test } from './harness/fixtures.ts';

/** Longer than a call takes to ring; every letter of it answers or declines where keys are taken for it. */
const prose = 'add a sad dad and a salad '.repeat(5);
/** It rings until all of that is typed. */
const patient = { queues: [{ id: 'default', ring_seconds: 60 }] };
/** Ten keys a second. */
const typingSpeed = { delay: 100 };

test('a call that rings while an agent types in the palette closes it, and no key answers or declines before a pause', async ({ configure, openAvailableAgent, openVisitor }) => {
  await configure(patient);
  const agent = await openAvailableAgent('first');
  const visitor = await openVisitor();
  await agent.page.keyboard.press('Control+k');
  await expect(agent.page.getByRole('combobox')).toBeFocused();

  await Promise.all([agent.page.keyboard.type(prose, typingSpeed), visitor.call()]);

  await agent.isIn('Ringing');
  await expect(agent.button('Answer')).toBeEnabled();
  await expect(agent.page.getByRole('combobox'), 'the palette has made room').toBeHidden();
  await expect(agent.button('Answer'), 'after a pause the keyboard is the call’s').toBeFocused();
  await agent.page.keyboard.press('a');
  await agent.sees('Connected');
  await expect(agent.button('Hang up')).toBeVisible();
});

test('a supervisor who writes a note while a call rings keeps focus and text, also when the call is taken', async ({ openAgent, openAvailableAgent, openVisitor, configure }) => {
  await configure(patient);
  await openAgent('first');
  const supervisor = await openAvailableAgent('supervisor');
  const visitor = await openVisitor();
  await supervisor.openLive();
  await supervisor.chooseFor(supervisor.row('Agents', 'Agent One'), 'Set the state');
  const note = supervisor.page.getByRole('textbox', { name: 'Note' });
  await expect(note).toBeFocused();

  await Promise.all([supervisor.page.keyboard.type(prose, typingSpeed), visitor.call()]);

  await supervisor.isIn('Ringing');
  await expect(note).toHaveValue(prose);
  await supervisor.answer();
  await supervisor.sees('Connected');
  await expect(supervisor.page.getByRole('dialog'), 'nothing covers the call').toBeHidden();
  await supervisor.openLive();
  await supervisor.chooseFor(supervisor.row('Agents', 'Agent One'), 'Set the state');
  await expect(note).toHaveValue(prose);
});

/** A key as a keyboard of another alphabet has it. */
async function pressKey(page: Page, key: string, code: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const windowsVirtualKeyCode = code.charCodeAt(code.length - 1);
  await devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code, text: key, windowsVirtualKeyCode });
  await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, windowsVirtualKeyCode });
  await devtools.detach();
}

for (const [alphabet, answer, mute] of [['Russian', 'ф', 'ь'], ['Arabic', 'ش', 'ة']] as const) {
  test(`an agent with a ${alphabet} keyboard answers and mutes by the keys that are named`, async ({ ring }) => {
    const { agent } = await ring();

    await pressKey(agent.page, answer, 'KeyA');
    await agent.sees('Connected');
    await pressKey(agent.page, mute, 'KeyM');

    await expect(agent.button('Unmute')).toBeVisible();
  });
}
