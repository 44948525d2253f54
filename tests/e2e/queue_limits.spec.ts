// What a visitor sees of a queue that takes no calls now, or has stopped taking them.
import { closedToday, closedUntilTheDayAfterTomorrow } from './harness/company.ts';
import { expect, test } from './harness/fixtures.ts';
import { talk, TONES } from './harness/people.ts';
import { askForCallback, heading, speakAndFinish, text, wait } from './harness/queueing.ts';

test.describe('a queue that is closed', () => {
  test('says so before anybody calls, when it opens, and takes a callback', async ({ configure, openVisitor }) => {
    await configure({ queues: [{ id: 'default', ...closedUntilTheDayAfterTomorrow() }] });
    const visitor = await openVisitor();

    await visitor.button('Call us').click();

    await visitor.sees('Closed');
    await expect(text(visitor, /^We are here again on .+ at .+\.$/)).toBeVisible();
    await expect(visitor.button('Start voice call')).toBeHidden();
    await askForCallback(visitor);
  });

  test('takes a message', async ({ configure, openVisitor }) => {
    await configure({ queues: [{ id: 'default', ...closedUntilTheDayAfterTomorrow() }] });
    const visitor = await openVisitor();
    await visitor.button('Call us').click();
    await visitor.sees('Closed');

    await speakAndFinish(visitor);
    await visitor.button('Send the message').click();

    await expect(heading(visitor, 'Your message is with us')).toBeVisible();
  });

  test('just before the call says so, and offers the other ways', async ({ configure, openVisitor }) => {
    const visitor = await openVisitor();
    await visitor.button('Call us').click();
    await expect(visitor.button('Leave a message')).toBeVisible();
    await configure({ queues: [{ id: 'default', ...closedUntilTheDayAfterTomorrow() }] });

    await visitor.button('Start voice call').click();

    await expect(heading(visitor, 'We have just closed.')).toBeVisible({ timeout: 15_000 });
    await expect(visitor.button('Call again')).toBeHidden();
    await expect(visitor.button('Leave a message')).toBeVisible();
    await askForCallback(visitor);
  });

  test('while a visitor waits calls the visitor back', async ({ configure, openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);

    await configure({ queues: [{ id: 'default', ...closedToday() }] });

    await expect(heading(visitor, 'We will call you back')).toBeVisible();
    await visitor.sees('Callback');
  });

  test('while a visitor waits says so at once where nobody is called back, and takes a message', async ({ configure, openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);

    await configure({ queues: [{ id: 'default', ...closedToday(), callback: false }] });

    await expect(heading(visitor, 'We have just closed.')).toBeVisible();
    await visitor.sees('Call ended');
    await expect(visitor.button('Call again')).toBeHidden();
    await expect(visitor.button('Call me back instead')).toBeHidden();
    await expect(visitor.button('Leave a message')).toBeVisible();
  });

  test('while a visitor waits hands over to another one, where the company says so, and the visitor waits on', async ({ configure, openAvailableAgent, openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);

    await configure({ queues: [{ id: 'default', ...closedToday(), overflow_to: 'evening' }, { id: 'evening', name: 'Evening' }] });

    const agent = await openAvailableAgent('first');
    await agent.reads('Evening');
    await visitor.sees('Ringing');
    await agent.answer();
    await talk(visitor, agent);
  });

  test('that offers nothing else says only that it is closed', async ({ configure, openVisitor }) => {
    await configure({ queues: [{ id: 'default', ...closedUntilTheDayAfterTomorrow(), callback: false, voicemail: false }] });
    const visitor = await openVisitor();

    await visitor.button('Call us').click();

    await visitor.sees('Closed');
    await expect(visitor.button('Leave a message')).toBeHidden();
    await expect(visitor.button('Call me back instead')).toBeHidden();
  });
});

test.describe('a queue that is full', () => {
  const full = { id: 'default', max_length: 1 };

  test('says so before anybody calls, and that another way is quicker; who calls all the same is offered it again', async ({ configure, openVisitor }) => {
    await configure({ queues: [full] });
    await wait(await openVisitor());
    const visitor = await openVisitor({ tone: TONES.secondVisitor });

    await visitor.button('Call us').click();
    await expect(text(visitor, /^Very many people are calling us at the moment/)).toBeVisible();
    await visitor.button('Start voice call').click();

    await expect(heading(visitor, 'Too many people are waiting at the moment.')).toBeVisible({ timeout: 20_000 });
    await askForCallback(visitor);
  });

  test('where nobody is called back refuses the call, takes a message, and takes calls again when there is room', async ({ configure, openVisitor }) => {
    await configure({ queues: [{ ...full, callback: false }] });
    const first = await openVisitor();
    await wait(first);
    const visitor = await openVisitor({ tone: TONES.secondVisitor });
    await visitor.enterQueue();

    await expect(heading(visitor, 'Too many people are waiting at the moment.')).toBeVisible({ timeout: 20_000 });
    await expect(visitor.button('Leave a message')).toBeVisible();
    await first.button('Cancel the call').click();
    await visitor.button('Call again').click();

    await visitor.sees('Waiting', 15_000);
    await expect(text(visitor, 'You are next')).toBeVisible();
  });

  test('of calls that wait too long hands them over to another one, where somebody answers', async ({ configure, openAvailableAgent, openVisitor }) => {
    const evening = { id: 'evening', name: 'Evening', everyone: false, members: [{ agent: 'agent-2' }] };
    await configure({ queues: [{ id: 'default', everyone: false, max_wait_seconds: 3, overflow_to: 'evening' }, evening] });
    const visitor = await openVisitor();
    await wait(visitor);

    const agent = await openAvailableAgent('second');

    await agent.reads('Evening');
    await agent.answer();
    await talk(visitor, agent);
  });

  test('hands over to another one, where the company says so', async ({ configure, openVisitor, server }) => {
    await configure({ queues: [{ ...full, overflow_to: 'evening' }, { id: 'evening', name: 'Evening' }] });
    await wait(await openVisitor());
    const visitor = await openVisitor({ tone: TONES.secondVisitor });

    await wait(visitor);

    await expect(text(visitor, 'You are next')).toBeVisible();
    const queues = server.record().filter(({ type }) => type === 'contact.enqueued').map(({ data }) => (data.entry as { queue: string }).queue);
    expect(queues).toEqual(['default', 'evening']);
  });
});
