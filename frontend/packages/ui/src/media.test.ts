import { describe, expect, test } from 'vitest';
import { type CallSound, playSound, showLevel } from './media.ts';

/** An audio element that plays, or refuses as a browser does. */
class FakeAudio {
  srcObject: MediaStream | null = null;
  readonly sinks: string[] = [];
  refusal: DOMException | undefined;
  play = () => (this.refusal ? Promise.reject(this.refusal) : Promise.resolve());
  setSinkId = (id: string) => {
    this.sinks.push(id);
    return Promise.reject(new DOMException('unplugged', 'NotFoundError'));
  };
  get element() {
    return this as unknown as HTMLAudioElement;
  }
}

const stream = {} as MediaStream;
const blocked = (audio: FakeAudio, sound: Partial<CallSound> = { stream }) =>
  playSound(audio.element, { stream: undefined, speaker: undefined, ...sound });

describe('the sound of a call', () => {
  test('plays the stream', async () => {
    const audio = new FakeAudio();

    expect(await blocked(audio)).toBe(false);
    expect(audio.srcObject).toBe(stream);
  });

  test('is blocked while the browser wants a tap, and not after it', async () => {
    const audio = new FakeAudio();
    audio.refusal = new DOMException('no gesture yet', 'NotAllowedError');

    expect(await blocked(audio)).toBe(true);
    audio.refusal = undefined;
    expect(await blocked(audio)).toBe(false);
  });

  test('is not blocked when another stream has taken its place', async () => {
    const audio = new FakeAudio();
    audio.refusal = new DOMException('a new load began', 'AbortError');

    expect(await blocked(audio)).toBe(false);
  });

  test('ends with its stream', async () => {
    const audio = new FakeAudio();

    await blocked(audio);

    expect(await blocked(audio, {})).toBe(false);
    expect(audio.srcObject).toBeNull();
  });

  test('asks for the chosen speaker, and plays without it', async () => {
    const audio = new FakeAudio();

    expect(await blocked(audio, { stream, speaker: 'headset' })).toBe(false);
    expect(audio.sinks).toEqual(['headset']);
  });
});

test('a meter shows a level to the eye and to a screen reader', () => {
  const shown: Record<string, string> = {};
  const set = (name: string, value: string) => {
    shown[name] = value;
  };

  showLevel({ style: { setProperty: set }, setAttribute: set } as unknown as HTMLElement, 0.33349);

  expect(shown).toEqual({ '--level': '0.333', 'aria-valuenow': '33' });
});
