// Microphones that change in the middle of a sentence.
import type { BrowserContext } from '@playwright/test';
import { plugInAgain, plugInHeadset, unplug } from './harness/devices.ts';
import { expect, test } from './harness/fixtures.ts';
import { connectionsOpened } from './harness/media.ts';
import { talk } from './harness/people.ts';

const headset = { label: 'Headset', tone: 1320 };
const prepare = (context: BrowserContext) => context.addInitScript(plugInHeadset, headset);

test('an agent who changes to a headset is heard through it, over the same connection, and again after a reload', async ({ call }) => {
  const { visitor, agent } = await call({ agent: { prepare } });
  const openedBefore = await Promise.all([connectionsOpened(visitor.page), connectionsOpened(agent.page)]);

  await agent.chooseMicrophone(headset.label);

  await visitor.hearsTone(headset.tone);
  await agent.hears(visitor);
  expect(await Promise.all([connectionsOpened(visitor.page), connectionsOpened(agent.page)])).toEqual(openedBefore);
  await agent.page.reload();
  await agent.sees('Connected');
  await visitor.hearsTone(headset.tone);
});

test('a headset that is unplugged in a call gives way to another microphone within 2 s, and is back in the next call', async ({ call }) => {
  const { visitor, agent } = await call({ visitor: { prepare } });
  await visitor.chooseMicrophone(headset.label);
  await agent.hearsTone(headset.tone);

  await unplug(visitor.page);

  await expect(visitor.page.getByText('A device was unplugged. We have switched to another one.')).toBeVisible({ timeout: 2_000 });
  await talk(visitor, agent);
  await plugInAgain(visitor.page);
  await visitor.hangUp();
  await agent.button('Done').click(); // with the wrap-up
  await visitor.button('Call again').click();
  await agent.answer();
  await agent.hearsTone(headset.tone);
});
