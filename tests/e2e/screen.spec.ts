import { expect, test } from './harness/fixtures.ts';
import { connectionsOpened } from './harness/media.ts';
import { talk } from './harness/people.ts';

test('a screen that the agent shares in a voice call is seen by the visitor, until it is stopped', async ({ call }) => {
  const { visitor, agent } = await call();
  const picture = visitor.page.getByLabel('Picture of the person you talk to');
  await visitor.seesPictureOf('nothing');

  await agent.shareScreen();
  await visitor.seesPictureOf('screen');
  await expect(picture).toBeVisible();
  await agent.button('Stop sharing').click();

  await visitor.seesPictureOf('nothing');
  await expect(picture).toBeHidden();
  await talk(visitor, agent);
});

test('a screen that the visitor shares takes the place of the camera, which is seen again afterwards', async ({ call }) => {
  const { visitor, agent } = await call({ kind: 'video' });
  await agent.seesPictureOf('camera');
  const openedBefore = await connectionsOpened(agent.page);

  await visitor.shareScreen();
  await agent.seesPictureOf('screen');
  await visitor.button('Stop sharing').click();

  await agent.seesPictureOf('camera');
  await talk(visitor, agent);
  expect(await connectionsOpened(agent.page)).toBe(openedBefore);
});

test('a screen is seen by a colleague who is asked, by all three in a three-way call, and by no visitor on hold', async ({ call, openAvailableAgent }) => {
  const { visitor, agent } = await call();
  const second = await openAvailableAgent('second');
  await agent.shareScreen();
  await visitor.seesPictureOf('screen');

  await agent.consult(second);
  await second.answer();
  await Promise.all([second.seesPictureOf('screen'), visitor.seesPictureOf('nothing')]);
  await expect(second.page.getByLabel('Picture from the call')).toBeVisible();

  await agent.button('Talk all three').click();
  await Promise.all([second.seesPictureOf('screen'), visitor.seesPictureOf('screen')]);

  await agent.button('Stop sharing').click();
  await Promise.all([second.seesPictureOf('nothing'), visitor.seesPictureOf('nothing')]);
});
