// What a visitor sees beside a call: the queue, a place that is kept, a callback, a message, a hold, and the question how it was.
import { barriers } from './harness/barriers.ts';
import { closedUntilTheDayAfterTomorrow } from './harness/company.ts';
import { expect, test } from './harness/fixtures.ts';
import { Agent, talk, TONES, Visitor } from './harness/people.ts';
import { askForCallback, heading, speakAndFinish, text, wait } from './harness/queueing.ts';
import { toneOfRecording, watchVoicemails } from './harness/recording.ts';
import { Robots } from './harness/robots.ts';

test.describe('waiting', () => {
  test('a visitor sees the place in the queue, and that there is no estimate', async ({ openVisitor }) => {
    const first = await openVisitor();
    const second = await openVisitor({ tone: TONES.secondVisitor });
    await wait(first);
    await expect(text(first, 'You are next')).toBeVisible();
    await expect(text(first, 'We cannot say yet how long it takes.')).toBeVisible();

    await wait(second);
    await expect(text(second, 'You are number 2')).toBeVisible();
    await first.button('Cancel the call').click();

    await expect(text(second, 'You are next')).toBeVisible();
    await expect(text(second, /about .* minute/)).toBeHidden();
  });

  test('a visitor keeps the place, leaves, comes back by the link, and talks', async ({ server, openAvailableAgent, openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);

    await visitor.button('Keep my place and leave').click();
    await visitor.sees('Place kept');
    const link = await visitor.page.getByRole('textbox', { name: 'Link back to your place' }).inputValue();
    await visitor.page.close();
    const agent = await openAvailableAgent('first');
    await expect(agent.page.getByRole('heading', { name: 'You are available' })).toBeVisible();
    expect(agent.told('contact_offered'), 'nobody is rung for who is away').toEqual([]);
    const back = new Visitor(server, visitor.computer, await visitor.computer.context.newPage());
    await back.page.goto(link);
    await back.button('Continue here').click();
    await back.sees('Place kept');
    expect(agent.told('contact_offered'), 'nor for a page that was opened, and nobody at it').toEqual([]);
    await back.button('I am back').click();

    await agent.answer();
    await talk(back, agent);
    expect(new URL(back.page.url()).hash, 'the address tells nobody').toBe('');
  });

  test('a place that is kept has a link to copy, and is given up', async ({ openVisitor }) => {
    const visitor = await openVisitor({ prepare: (context) => context.grantPermissions(['microphone', 'clipboard-read', 'clipboard-write']) });
    await wait(visitor);
    await visitor.button('Keep my place and leave').click();
    const link = await visitor.page.getByRole('textbox', { name: 'Link back to your place' }).inputValue();

    await visitor.button('Copy the link').click();

    await expect(visitor.button('Copied')).toBeVisible();
    expect(await visitor.page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    await visitor.button('Give up my place').click();
    await expect(heading(visitor, 'You have left the queue.')).toBeVisible();
  });

  test('the link opens in the tab that has the place, too', async ({ openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);
    await visitor.button('Keep my place and leave').click();
    const link = await visitor.page.getByRole('textbox', { name: 'Link back to your place' }).inputValue();

    await visitor.page.goto(link);

    await expect(visitor.page).toHaveURL(/^[^#]*$/);
    await expect(text(visitor, 'You are next'), 'nobody is asked about their own place').toBeVisible();
    expect(visitor.told('connection_established'), 'the same connection').toHaveLength(1);
  });

  test('the link opens in another tab beside the first one, and the call is where the visitor takes it', async ({ server, openAvailableAgent, openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);
    await visitor.button('Keep my place and leave').click();
    const link = await visitor.page.getByRole('textbox', { name: 'Link back to your place' }).inputValue();

    const back = new Visitor(server, visitor.computer, await visitor.computer.context.newPage());
    await back.page.goto(link);
    await back.button('Continue here').click();
    await back.sees('Place kept');
    await back.button('I am back').click();
    const agent = await openAvailableAgent('first');
    await agent.answer();

    await talk(back, agent);
    await expect(visitor.button('Take it here')).toBeVisible();
  });

  test('a visitor who has waited as long as the company allows gets a callback', async ({ configure, openVisitor }) => {
    await configure({ queues: [{ id: 'default', max_wait_seconds: 2 }] });
    const visitor = await openVisitor();

    await visitor.enterQueue();

    await expect(heading(visitor, 'We will call you back')).toBeVisible({ timeout: 20_000 });
  });

  test('where nobody is called back, who has waited too long may leave a message', async ({ configure, openVisitor }) => {
    await configure({ queues: [{ id: 'default', max_wait_seconds: 2, callback: false }] });
    const visitor = await openVisitor();

    await visitor.enterQueue();

    await expect(heading(visitor, 'Too many people are waiting at the moment.')).toBeVisible({ timeout: 20_000 });
    await expect(visitor.button('Leave a message')).toBeVisible();
    await expect(visitor.button('Call me back instead')).toBeHidden();
  });
});

test.describe('a long queue', () => {
  test.use({ settings: { RATE_LIMIT_MESSAGES_PER_SECOND: '0', BUDGETS_PERCENT: '0' } }); // of the one who is all the others

  test('with twenty calls behind it a long queue says how long it takes, and less once it is short', async ({ configure, server, openVisitor }) => {
    await configure({ queues: [{ id: 'default', wrap_up_seconds: 0 }] });
    const robots = await Robots.start(server);
    for (let call = 0; call < 20; ++call) await robots.hangUp(await robots.talk());
    await robots.talk(); // so that the others wait, and somebody is there
    const ahead: string[] = [];
    while (ahead.length < 150) ahead.push(await robots.call());
    const visitor = await openVisitor();

    await wait(visitor);

    // Whoever takes a second a call needs 151 s on average, and in one case of five more than 161 s.
    await expect(text(visitor, 'You are number 151')).toBeVisible();
    await expect(text(visitor, 'It takes about 2 to 3 minutes')).toBeVisible();
    for (const callId of ahead) await robots.hangUp(callId);
    await expect(text(visitor, 'You are next')).toBeVisible();
    await expect(text(visitor, 'It takes about a minute')).toBeVisible();
    robots.leave();
  });
});

test.describe('a callback', () => {
  test('is asked for from the queue, rings on the page, and both hear each other', async ({ openAvailableAgent, openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);
    await askForCallback(visitor);

    const agent = await openAvailableAgent('first');
    await agent.answer();

    await expect(heading(visitor, 'Agent One is calling you back')).toBeVisible();
    await expect(visitor.page).toHaveTitle('We are calling you back');
    await visitor.button('Answer').click();
    await talk(visitor, agent);
    await expect(visitor.page).not.toHaveTitle('We are calling you back');
  });

  test('opens the window that was made small, after a reload as well', async ({ openAvailableAgent, openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);
    await askForCallback(visitor);
    await visitor.page.getByRole('button', { name: /^Make this window small/ }).click();
    await visitor.page.reload();
    await expect(visitor.button('Show your callback')).toBeVisible();

    const agent = await openAvailableAgent('first');
    await agent.answer();

    await visitor.button('Answer').click();
    await talk(visitor, agent);
  });

  test('that the visitor declines is over, for the agent too', async ({ openAvailableAgent, openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);
    await askForCallback(visitor);
    const agent = await openAvailableAgent('first');
    await agent.answer();
    await expect(agent.button('No answer')).toBeVisible();

    await visitor.button('Decline and cancel').click();

    await expect(heading(visitor, 'You have cancelled the callback.')).toBeVisible();
    await expect(agent.button('No answer')).toBeHidden();
  });

  test('that is cancelled rings nowhere', async ({ openAgent, openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);
    await askForCallback(visitor);

    await visitor.button('Cancel the callback').click();

    await expect(heading(visitor, 'You have cancelled the callback.')).toBeVisible();
    const agent = await openAgent('first');
    await agent.goAvailable();
    await expect(agent.page.getByRole('heading', { name: 'You are available' })).toBeVisible();
    expect(agent.told('contact_offered')).toEqual([]);
  });

  test('by phone is asked for without a call, with the number for the agent', async ({ openAvailableAgent, openVisitor }) => {
    const visitor = await openVisitor();
    await visitor.button('Call us').click();
    await visitor.button('Call me back instead').click();
    await visitor.page.getByRole('radio', { name: 'By phone' }).check();
    await visitor.button('Ask for the callback').click();
    await expect(visitor.page.getByRole('textbox', { name: 'Your phone number' }), 'a number is asked for').toBeFocused();
    await visitor.page.getByRole('textbox', { name: 'Your phone number' }).fill('+41 44 123 45 67');
    await visitor.page.getByRole('textbox', { name: /^Your name/ }).fill('Vera');
    await visitor.page.getByRole('textbox', { name: /^What is it about/ }).fill('Order 4711');
    await visitor.button('Ask for the callback').click();
    await expect(text(visitor, '+41 44 123 45 67')).toBeVisible();

    const agent = await openAvailableAgent('first');
    await agent.answer();

    await expect(agent.page.getByRole('link', { name: '+41 44 123 45 67' })).toBeVisible();
    await expect(agent.page.getByRole('heading', { name: 'Vera' }).first()).toBeVisible();
    await expect(agent.page.getByText('Order 4711').first()).toBeVisible();
    await expect(text(visitor, /^Please pick up your phone/)).toBeVisible();
  });
});

test.describe('a message', () => {
  test('is spoken, heard again, sent, and heard by an agent', async ({ openAvailableAgent, openVisitor }) => {
    const visitor = await openVisitor();
    await visitor.button('Call us').click();
    await speakAndFinish(visitor);

    await visitor.button('Listen').click();
    await expect(visitor.button('Pause')).toBeVisible();
    await visitor.button('Send the message').click();
    await expect(heading(visitor, 'Your message is with us')).toBeVisible();
    const agent = await openAvailableAgent('first');
    const fetched = await watchVoicemails(agent.page);
    await agent.answer();

    await expect.poll(() => agent.page.getByLabel('The message').evaluate((player: HTMLAudioElement) => player.currentTime)).toBeGreaterThan(0);
    expect(fetched).toHaveLength(1);
    expect(Math.abs((await toneOfRecording(agent.page, fetched[0]!)) - visitor.tone)).toBeLessThan(25);
  });

  test('that could not be sent is still there, and is sent again', async ({ openVisitor }) => {
    const visitor = await openVisitor();
    await visitor.button('Call us').click();
    await speakAndFinish(visitor);
    await visitor.computer.context.route('**/api/v1/voicemails', (route) => route.abort());
    await visitor.button('Send the message').click();
    await expect(text(visitor, /^The message could not be sent/)).toBeVisible();
    await visitor.page.getByRole('button', { name: /^Make this window small/ }).click();
    await visitor.button('Show your message').click();
    await visitor.computer.context.unroute('**/api/v1/voicemails');

    await visitor.button('Send the message').click();

    await expect(heading(visitor, 'Your message is with us')).toBeVisible();
  });

  test('is recorded again', async ({ openVisitor }) => {
    const visitor = await openVisitor();
    await visitor.button('Call us').click();
    await speakAndFinish(visitor);

    await visitor.button('Record it again').click();

    await expect(heading(visitor, 'Speak now')).toBeVisible();
    await visitor.button('I have finished').click();
    await expect(visitor.button('Send the message')).toBeVisible();
  });

  test('that is begun in the queue and discarded leaves the place as it was', async ({ openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);
    await visitor.button('Leave a message').click();
    await expect(heading(visitor, 'Speak now')).toBeVisible();

    await visitor.button('Stop and discard').click();

    await visitor.sees('Waiting');
    await expect(text(visitor, 'You are next')).toBeVisible();
  });

  test('that is begun in the queue and sent takes the place of the call', async ({ server, openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);
    await speakAndFinish(visitor);

    await visitor.button('Send the message').click();

    await expect(heading(visitor, 'Your message is with us')).toBeVisible();
    const contacts = server.record().filter(({ type }) => type === 'contact.created' || type === 'contact.ended');
    expect(contacts.map(({ type, data }) => [type, data.reason ?? data.recording !== undefined])).toEqual([
      ['contact.created', false],
      ['contact.ended', 'flowout_voicemail'],
      ['contact.created', true],
    ]);
  });

  test('a recording gives way to the call when somebody answers meanwhile, and the visitor reads so', async ({ openAvailableAgent, openVisitor }) => {
    const visitor = await openVisitor();
    await wait(visitor);
    await visitor.button('Leave a message').click();
    await expect(heading(visitor, 'Speak now')).toBeVisible();

    const agent = await openAvailableAgent('first');
    await agent.answer();

    await talk(visitor, agent);
    await expect(text(visitor, 'Somebody has answered. Your message was not sent.')).toBeVisible();
  });

  test('needs a microphone: a visitor who has denied it reads how to allow it, and tries again', async ({ openVisitor }) => {
    const visitor = await openVisitor({ denied: true });
    await visitor.button('Call us').click();
    await visitor.button('Leave a message').click();
    await expect(visitor.page.getByRole('alert')).toContainText('Your microphone is not allowed');
    await visitor.computer.context.grantPermissions(['microphone']);

    await visitor.button('Try again').click();

    await expect(heading(visitor, 'Speak now')).toBeVisible();
  });

  test('that is discarded leads back, and is on no record', async ({ server, openVisitor }) => {
    const visitor = await openVisitor();
    await visitor.button('Call us').click();
    await speakAndFinish(visitor);

    await visitor.button('Discard it').click();

    await expect(visitor.button('Start voice call')).toBeVisible();
    expect(server.record().filter(({ type }) => type.startsWith('contact.'))).toEqual([]);
  });
});

test.describe('in and after the call', () => {
  test('on hold the visitor reads so, hears music instead of the agent, and talks again', async ({ call }) => {
    const { visitor, agent } = await call();
    const music = visitor.page.waitForResponse(/\/js\/hold-music\.wav$/);

    await agent.button('Hold').click();

    await expect(heading(visitor, 'You are on hold')).toBeVisible();
    await visitor.sees('On hold');
    expect((await music).ok()).toBe(true);
    await visitor.hearsNothing();
    await agent.button('Resume').click();
    await talk(visitor, agent);
  });

  test('a visitor who reloads the page on hold is still on hold, with the music, and talks again', async ({ call }) => {
    const { visitor, agent } = await call();
    await agent.button('Hold').click();
    await expect(heading(visitor, 'You are on hold')).toBeVisible();
    const music = visitor.page.waitForResponse(/\/js\/hold-music\.wav$/);

    await visitor.page.reload();

    await expect(heading(visitor, 'You are on hold')).toBeVisible();
    expect((await music).ok()).toBe(true);
    await visitor.hearsNothing();
    await agent.isIn('On hold');
    await agent.button('Resume').click();
    await talk(visitor, agent);
  });

  test('an agent who is muted is seen to be', async ({ call }) => {
    const { visitor, agent } = await call();
    const notice = text(visitor, 'The other side is muted at the moment.');

    await agent.button('Mute').click();
    await expect(notice).toBeVisible();
    await agent.button('Unmute').click();

    await expect(notice).toBeHidden();
  });

  test('both write to each other, and what the visitor types outlives a reload', async ({ call }) => {
    const { visitor, agent } = await call();
    await visitor.button('Chat').click();
    const field = visitor.page.getByRole('textbox', { name: 'Write a message' });
    await field.fill('My order is 4711');

    await visitor.page.reload();
    await talk(visitor, agent);
    await visitor.button('Chat').click();
    await expect(field).toHaveValue('My order is 4711');
    await field.press('Enter');

    await expect(agent.page.getByText('My order is 4711').first()).toBeVisible();
    await expect(field).toHaveValue('');
    await visitor.button('Back to the call').click();
    await openChat(agent);
    await agent.page.getByRole('textbox', { name: 'Write' }).fill('It leaves tomorrow');
    await agent.page.getByRole('textbox', { name: 'Write' }).press('Enter');
    await visitor.button('1 new message').click();
    await expect(text(visitor, 'It leaves tomorrow')).toBeVisible();
  });

  test('the keys that the visitor presses arrive', async ({ call }) => {
    const { visitor, agent } = await call();
    await visitor.button('Keypad').click();

    await visitor.button('4').click();
    await visitor.page.keyboard.press('7');

    await expect(visitor.page.getByRole('status', { name: 'Keys pressed' })).toHaveText('47');
    await expect.poll(() => agent.told('keypad').map(({ digits }) => digits)).toEqual(['4', '7']);
  });

  test('how it was is asked, and is on record', async ({ server, call }) => {
    const { visitor } = await call();
    await visitor.hangUp();

    await visitor.page.getByRole('radio', { name: 'Good', exact: true }).check({ force: true });
    await visitor.page.getByRole('textbox', { name: /^What should we know/ }).fill('Quick, and friendly');
    await visitor.button('Send the rating').click();

    await expect(text(visitor, 'Thank you for telling us.')).toBeVisible();
    expect(server.record().filter(({ type }) => type === 'contact.rated')).toMatchObject([{ data: { rating: 4, comment: 'Quick, and friendly' } }]);
  });

  test('a visitor who does not want to rate the call is not asked again', async ({ call }) => {
    const { visitor } = await call();
    await visitor.hangUp();

    await visitor.button('Skip').click();

    await expect(text(visitor, 'How was your call?')).toBeHidden();
    await expect(visitor.button('Call again')).toBeVisible();
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`no one is shut out from the ${colorScheme} screens`, () => {
    const openTo = async (visitor: Visitor, screen: string) => expect(await barriers(visitor.page), screen).toEqual([]);
    const prefers = (visitor: Visitor) => visitor.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });

    test('of the queue', async ({ openVisitor }) => {
      const visitor = await openVisitor();
      await prefers(visitor);

      await wait(visitor);
      await openTo(visitor, 'waiting');
      await visitor.button('Call me back instead').click();
      await visitor.page.getByRole('radio', { name: 'By phone' }).check();
      await openTo(visitor, 'asking for a callback');
      await visitor.button('Back').click();
      await visitor.button('Keep my place and leave').click();
      await expect(visitor.button('Copy the link')).toBeVisible();
      await openTo(visitor, 'a kept place');
    });

    test('of a closed queue, and of a message', async ({ configure, openVisitor }) => {
      await configure({ queues: [{ id: 'default', ...closedUntilTheDayAfterTomorrow() }] });
      const visitor = await openVisitor();
      await prefers(visitor);

      await visitor.button('Call us').click();
      await visitor.sees('Closed');
      await openTo(visitor, 'closed');
      await speakAndFinish(visitor);
      await openTo(visitor, 'a message');
      await visitor.button('Send the message').click();
      await expect(heading(visitor, 'Your message is with us')).toBeVisible();
      await openTo(visitor, 'a message that was sent');
    });

    test('of a callback, the call, and the question how it was', async ({ configure, openAvailableAgent, openVisitor }) => {
      await configure({ queues: [{ id: 'default', callback_ring_seconds: 120 }] }); // each screen is looked at for a while
      const visitor = await openVisitor();
      await prefers(visitor);

      await visitor.button('Call us').click();
      await askForCallback(visitor);
      await openTo(visitor, 'a callback');
      const agent = await openAvailableAgent('first');
      await agent.answer();
      await expect(visitor.button('Answer')).toBeVisible();
      await openTo(visitor, 'being called back');
      await visitor.button('Answer').click();
      await visitor.sees('Connected');
      for (const side of ['Keypad', 'Chat']) {
        await visitor.button(side).click();
        await openTo(visitor, side);
        await visitor.button('Back to the call').click();
      }
      await agent.button('Hold').click();
      await expect(heading(visitor, 'You are on hold')).toBeVisible();
      await openTo(visitor, 'on hold');
      await visitor.hangUp();
      await visitor.page.getByRole('radio', { name: 'Good', exact: true }).check({ force: true });
      await openTo(visitor, 'how it was');
    });
  });
}

async function openChat(agent: Agent): Promise<void> {
  await agent.page.getByRole('tab', { name: /^Chat/ }).click();
}
