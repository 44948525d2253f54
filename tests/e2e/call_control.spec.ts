// What an agent does with a call, and what the visitor hears of it.
import { expect, test } from './harness/fixtures.ts';
import { talk } from './harness/people.ts';

test.describe.configure({ timeout: 120_000 }); // three browsers, and at every step a check of which people hear which

test('on hold neither hears the other, and taken off hold both do', async ({ call }) => {
  const { visitor, agent } = await call();

  await agent.hold();
  await Promise.all([agent.sees('On hold'), agent.isIn('On hold')]);
  await Promise.all([visitor.hearsNothing(), agent.hearsNothing()]);
  await agent.resume();

  await talk(visitor, agent);
  await agent.isIn('On call');
});

test('chat, keys and muting in a call reach the other side', async ({ call }) => {
  const { visitor, agent } = await call();

  await agent.write('Your number is 4711.');
  await agent.pressKeys('1*#');
  await agent.button('Mute').click();
  await expect.poll(() => visitor.told('chat_message')).toMatchObject([{ message: { text: 'Your number is 4711.', party: 'agent' } }]);
  await expect.poll(() => visitor.told('keypad').map(({ digits }) => digits).join('')).toBe('1*#');
  await expect.poll(() => visitor.told('contact_state').at(-1)).toMatchObject({ contact: { muted: ['agent'] } });
  await visitor.button('Mute').click();

  await agent.reads('The visitor has muted their microphone.');
});

test('an agent hands a call over to a colleague, who hands it over to a queue, and the visitor hears who has it', async ({ configure, call, openAvailableAgent }) => {
  await configure({ queues: [{ id: 'default' }, { id: 'billing', name: 'Billing', everyone: false, members: [{ agent: 'agent-1' }] }] });
  const { visitor, agent } = await call();
  const second = await openAvailableAgent('second');

  await agent.notes.fill('Parcel 4711.');
  await agent.reads('Saved');
  await agent.transfer(second, 'A lost parcel');
  await agent.isIn('Wrap-up');
  await second.reads('A lost parcel');
  await second.answer();
  await talk(visitor, second);
  await expect(second.page.getByRole('list', { name: 'Notes of other agents' })).toContainText('Parcel 4711.');
  await second.notes.fill('Sent again.');
  await second.reads('Saved');
  await expect(agent.notes).toHaveValue('Parcel 4711.');

  await agent.button('Done').click();
  await agent.isIn('Available');
  await second.transfer('Billing');
  await second.isIn('Wrap-up');
  await agent.answer();
  await talk(visitor, agent);
  await visitor.hangUp();
  await agent.isIn('Wrap-up');
});

test('an agent asks a colleague while the visitor is on hold, goes back, asks again and hands over', async ({ call, openAvailableAgent }) => {
  const { visitor, agent } = await call();
  const second = await openAvailableAgent('second');

  await agent.consult(second, 'May I refund 300?');
  await second.reads('May I refund 300?');
  await visitor.hearsNothing();
  await second.answer();
  await Promise.all([agent.sees('Asking a colleague'), agent.hears(second), second.hears(agent), visitor.hearsNothing()]);
  await agent.button('Back to the visitor').click();
  await talk(visitor, agent);
  await second.isIn('Available');
  await expect(second.alerts).toHaveCount(0);

  await agent.consult(second);
  await second.answer();
  await Promise.all([agent.hears(second), second.hears(agent), visitor.hearsNothing()]);
  await agent.button('Hand over to Agent Two').click();
  await talk(visitor, second);
  await agent.isIn('Wrap-up');
});

test('an agent who gets no answer from a colleague reads why, and talks to the visitor again', async ({ configure, call, openAvailableAgent }) => {
  await configure({ queues: [{ id: 'default', ring_seconds: 5 }] });
  const { visitor, agent } = await call();
  const second = await openAvailableAgent('second');

  await agent.consult(second);
  await agent.reads('It rings at Agent Two.');
  await second.decline();
  await agent.reads('Agent Two has declined. You are back with the visitor.');
  await talk(visitor, agent);
  await expect(second.alerts).toHaveCount(0);

  await agent.consult(second);
  await expect(second.button('Answer')).toBeVisible();
  await agent.reads('Agent Two does not answer. You are back with the visitor.');
  await talk(visitor, agent);
  await expect(second.button('Answer')).toBeHidden();
});

test('a call that the colleague declines, or does not answer, waits in its queue and goes to who is free', async ({ configure, call, openAvailableAgent }) => {
  await configure({ queues: [{ id: 'default', metric: 'longest_idle', ring_seconds: 5 }] });
  const { visitor, agent } = await call();
  const second = await openAvailableAgent('second');
  const answerAgain = async () => {
    await visitor.sees('Waiting');
    await agent.button('Done').click();
    await agent.answer();
    await talk(visitor, agent);
  };

  await agent.transfer(second);
  await second.decline();
  await answerAgain();

  await agent.transfer(second);
  await expect(second.button('Answer')).toBeVisible();
  await second.isIn('A call was not answered');
  await answerAgain();
});

test('in a three-way call everyone hears the two others, and two go on when the third leaves', async ({ call, openAvailableAgent }) => {
  const { visitor, agent } = await call();
  const second = await openAvailableAgent('second');
  const join = async () => {
    await agent.consult(second);
    await second.answer();
    await agent.button('Talk all three').click();
    await agent.sees('Three-way call');
    await Promise.all([visitor.hears([agent, second]), agent.hears([visitor, second]), second.hears([visitor, agent])]);
  };

  await join();
  await second.button('Leave').click();
  await talk(visitor, agent);
  await second.isIn('Available');

  await join();
  await agent.button('Hand over to Agent Two').click();
  await talk(visitor, second);
  await agent.isIn('Wrap-up');
});
