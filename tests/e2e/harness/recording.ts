import type { Page } from '@playwright/test';

/** The voicemails that this page fetches, as they come. */
export async function watchVoicemails(page: Page): Promise<Buffer[]> {
  const fetched: Buffer[] = [];
  await page.route('**/api/v1/voicemails/*', async (route) => {
    const response = await route.fetch();
    fetched.push(await response.body());
    await route.fulfill({ response });
  });
  return fetched;
}

/** The tone of a recording, in Hz: how often the sound crosses zero where it is loud. 0 is silence. */
export function toneOfRecording(page: Page, recording: Buffer): Promise<number> {
  return page.evaluate(async (data) => {
    const context = new AudioContext();
    const sound = await context.decodeAudioData(new Uint8Array(data).buffer);
    const samples = sound.getChannelData(0);
    const window = Math.round(sound.sampleRate / 20);
    const tones: number[] = [];
    for (let from = 0; from + window <= samples.length; from += window) {
      const part = samples.subarray(from, from + window);
      const loudness = Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / window);
      if (loudness < 0.05) continue;
      let crossings = 0;
      for (let index = 1; index < window; index += 1) if ((part[index - 1] ?? 0) < 0 !== (part[index] ?? 0) < 0) crossings += 1;
      tones.push(crossings / 2 / (window / sound.sampleRate));
    }
    return tones.sort((a, b) => a - b)[Math.floor(tones.length / 2)] ?? 0;
  }, [...recording]);
}
