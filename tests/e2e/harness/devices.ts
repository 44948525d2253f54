import type { Page } from '@playwright/test';

export interface Headset {
  label: string;
  /** What its microphone hears, in Hz. */
  tone: number;
}

/** What the init script leaves in the page for the functions below. */
interface SocketWindow extends Window {
  headset: { plug(plugged: boolean): void };
}

/**
 * A headset beside the browser's own fake microphone. Nothing pulls a fake device of Chromium's out, so this one is made by
 * script: an oscillator that is listed, opened and lost as a real one would be. Once it is unplugged, the page falls back to
 * Chromium's. Runs before the page's scripts. As with a real one, its id is another one after each load; its label stays.
 */
export function plugInHeadset({ label, tone }: Headset): void {
  const devices = navigator.mediaDevices;
  const deviceId = crypto.randomUUID();
  const opened: MediaStreamTrack[] = [];
  let plugged = true;

  const list = devices.enumerateDevices.bind(devices);
  devices.enumerateDevices = async () => {
    const headset = { kind: 'audioinput' as const, deviceId, groupId: deviceId, label };
    return plugged ? [...(await list()), { ...headset, toJSON: () => headset }] : list();
  };

  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const audio = constraints?.audio;
    const wanted = typeof audio === 'object' && typeof audio.deviceId === 'object' && 'exact' in audio.deviceId ? audio.deviceId.exact : undefined;
    if (wanted !== deviceId) return open(constraints);
    if (!plugged) throw new OverconstrainedError('deviceId');
    // A page that was reloaded gets no sound from a script alone; while it listens to a microphone, it does.
    await open({ audio: true });
    const context = new AudioContext();
    await context.resume();
    const output = context.createMediaStreamDestination();
    const oscillator = new OscillatorNode(context, { frequency: tone });
    oscillator.connect(new GainNode(context, { gain: 0.5 })).connect(output);
    oscillator.start();
    for (const track of output.stream.getTracks()) {
      Object.defineProperty(track, 'label', { value: label });
      track.getSettings = () => ({ deviceId });
      opened.push(track);
    }
    return output.stream;
  };

  (window as unknown as SocketWindow).headset = {
    plug(now) {
      plugged = now;
      for (const track of plugged ? [] : opened.splice(0)) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
      devices.dispatchEvent(new Event('devicechange'));
    },
  };
}

export async function unplug(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as SocketWindow).headset.plug(false));
}

export async function plugInAgain(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as SocketWindow).headset.plug(true));
}

interface MicrophoneWindow extends Window {
  microphones: MediaStreamTrack[];
}

/** Keeps what the page opens to listen. Runs before the page's scripts. */
export function watchMicrophones(): void {
  const opened: MediaStreamTrack[] = [];
  (window as unknown as MicrophoneWindow).microphones = opened;
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    opened.push(...stream.getAudioTracks());
    return stream;
  };
}

/** How many microphones the page listens to. */
export function liveMicrophones(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as MicrophoneWindow).microphones.filter((track) => track.readyState === 'live').length);
}
