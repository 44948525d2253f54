// A recording that a browser makes does not say how long it is. Every browser shows its length all the same, and plays it from any moment.
import { DEMO_AGENTS, expect, test } from './harness/fixtures.ts';
import { Agent, TONES, Visitor } from './harness/people.ts';

const browsers = ['chromium', 'firefox'] as const;

for (const from of browsers) {
  for (const to of browsers) {
    test(`a message from ${from} has its right length in ${to}, and is played from where it is wanted`, async ({ server, openComputer, configure }) => {
      await configure({ queues: [{ id: 'default', name: 'Sales', voicemail: true }] });
      const visitor = await Visitor.open(server, await openComputer({ tone: TONES.visitor, browser: from }));
      await visitor.button('Call us').last().click();
      await visitor.button('Leave a message').click();
      await expect(visitor.page.getByRole('timer')).toContainText(/0:0[5-9]/);
      await visitor.button('I have finished').click();
      const seconds = Number((await visitor.page.locator('.player .timer').innerText()).split(':')[1]);
      await visitor.button('Send the message').click();
      await expect(visitor.page.getByRole('heading', { name: 'Your message is with us' })).toBeVisible();
      const agent = await Agent.open(server, await openComputer({ tone: TONES.agent, browser: to }), DEMO_AGENTS.first);
      await agent.goAvailable();
      await agent.answer();
      const player = agent.page.getByLabel('The message');

      await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration)).toBeGreaterThan(seconds - 0.5);
      expect(await player.evaluate((audio: HTMLAudioElement) => audio.duration)).toBeLessThan(seconds + 1.5);
      const landed = await player.evaluate((audio: HTMLAudioElement) => new Promise((resolve) => {
        audio.pause();
        audio.addEventListener('seeked', () => resolve(audio.currentTime), { once: true });
        audio.currentTime = 4;
      }));
      expect(landed).toBeCloseTo(4, 1);
    });
  }
}
