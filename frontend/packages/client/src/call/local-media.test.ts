import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalMedia } from './local-media.ts';

/** A track whose device can be pulled out. */
class FakeTrack {
  readyState: MediaStreamTrackState = 'live';
  enabled = true;
  contentHint = '';
  onended: (() => void) | null = null;
  readonly kind: string;
  readonly label: string;
  private readonly deviceId: string;

  constructor(kind: string, label: string, deviceId: string) {
    this.kind = kind;
    this.label = label;
    this.deviceId = deviceId;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.deviceId };
  }

  stop(): void {
    this.readyState = 'ended';
  }

  /** The browser ends it: unplugged, or "stop sharing". */
  end(): void {
    this.stop();
    this.onended?.();
  }
}

class FakeStream {
  private readonly tracks: readonly FakeTrack[];

  constructor(tracks: readonly FakeTrack[]) {
    this.tracks = tracks;
  }

  getTracks = (): readonly FakeTrack[] => this.tracks;
  getVideoTracks = (): readonly FakeTrack[] => this.tracks.filter(({ kind }) => kind === 'video');
}

const browserError = (name: string): Error => Object.assign(new Error(name), { name });

/** A computer with sockets. Ids change whenever something is plugged in, as they may; labels stay. */
class FakeComputer extends EventTarget {
  readonly opened: FakeTrack[] = [];
  /** Plugged in, but another program has it. */
  busy = '';
  /** Set: opening a device waits for it, as for a person's answer. */
  permission: Promise<void> | undefined;
  private devices: { kind: 'audioinput' | 'videoinput' | 'audiooutput'; label: string; deviceId: string }[] = [];
  private plugged = 0;

  plugIn(label: string, kind: 'audioinput' | 'videoinput' | 'audiooutput' = 'audioinput'): void {
    this.plugged += 1;
    this.devices.push({ kind, label, deviceId: `${label} ${this.plugged}` });
    this.dispatchEvent(new Event('devicechange'));
  }

  unplug(label: string): void {
    this.devices = this.devices.filter((device) => device.label !== label);
    for (const track of this.live().filter((one) => one.label === label)) track.end();
    this.dispatchEvent(new Event('devicechange'));
  }

  /** What is open now: each of these keeps a recording light on. */
  live(): FakeTrack[] {
    return this.opened.filter((track) => track.readyState === 'live');
  }

  enumerateDevices = (): Promise<object[]> => Promise.resolve([...this.devices]);

  getUserMedia = async ({ audio, video }: MediaStreamConstraints): Promise<FakeStream> => {
    await this.permission;
    const wanted = ((audio ?? video) as { deviceId?: { exact: string } }).deviceId?.exact;
    const device = this.devices.find(
      ({ kind, deviceId }) => kind === (audio ? 'audioinput' : 'videoinput') && (wanted === undefined || deviceId === wanted),
    );
    if (!device) throw browserError(wanted === undefined ? 'NotFoundError' : 'OverconstrainedError');
    if (device.label === this.busy) throw browserError('NotReadableError');
    return this.open(audio ? 'audio' : 'video', device.label, device.deviceId);
  };

  getDisplayMedia = (): Promise<FakeStream> => Promise.resolve(this.open('video', 'screen', 'screen'));

  private open(kind: string, label: string, deviceId: string): FakeStream {
    const track = new FakeTrack(kind, label, deviceId);
    this.opened.push(track);
    return new FakeStream([track]);
  }
}

let computer: FakeComputer;
let media: LocalMedia;
let lost: unknown[];

const openDevices = (): string[] => computer.live().map(({ label }) => label);
const idOf = (label: string): string => media.devices.list('microphone').find((device) => device.label === label)?.id ?? '';
/** Until all that was begun has come to its end: nothing here takes longer than its promises. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  computer = new FakeComputer();
  const kept = new Map<string, string>();
  vi.stubGlobal('navigator', { mediaDevices: computer });
  vi.stubGlobal('MediaStream', FakeStream);
  vi.stubGlobal('HTMLMediaElement', class {});
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  lost = [];
  media = new LocalMedia({ onTracks: () => undefined, onDeviceLost: (event) => lost.push(event) });
  computer.plugIn('built-in');
});
afterEach(() => {
  media.destroy();
  vi.unstubAllGlobals();
});

describe('a microphone that is unplugged', () => {
  beforeEach(async () => {
    computer.plugIn('headset');
    await media.openMicrophone();
    await media.choose('microphone', idOf('headset'));
  });

  it('is replaced by another one, and the page hears which', async () => {
    computer.unplug('headset');
    await settled();

    expect(media.audioTrack?.label).toBe('built-in');
    expect(lost).toEqual([{ kind: 'microphone', lost: 'headset', to: 'built-in' }]);
    expect(media.devices.snapshot.getSnapshot().chosen.microphone).toBe(idOf('built-in'));
  });

  it('stays the choice: once it is back, the next call has it under whatever id', async () => {
    const idBefore = idOf('headset');
    computer.unplug('headset');
    await settled();
    computer.plugIn('headset');
    media.releaseAll(false);
    await media.openMicrophone();

    expect(media.audioTrack?.label).toBe('headset');
    expect(idOf('headset')).not.toBe(idBefore);
  });

  it('is replaced by one that can be opened, if the first of the others cannot', async () => {
    computer.plugIn('webcam');
    computer.busy = 'built-in';
    computer.unplug('headset');
    await settled();

    expect(media.audioTrack?.label).toBe('webcam');
  });

  it('is replaced by one that is muted as well', async () => {
    media.setMuted(true);
    computer.unplug('headset');
    await settled();

    expect(media.audioTrack).toMatchObject({ label: 'built-in', enabled: false });
  });

  it('is lost when it was the last, and one that is plugged in is taken at once', async () => {
    computer.unplug('built-in');
    computer.unplug('headset');
    await settled();
    expect(media.snapshot.getSnapshot().microphone).toBe('lost');
    expect(lost).toEqual([{ kind: 'microphone', lost: 'headset', to: undefined }]);

    computer.plugIn('another');
    await settled();

    expect(media.audioTrack?.label).toBe('another');
    expect(media.snapshot.getSnapshot().microphone).toBe('live');
  });

  it('is not replaced when the call ends meanwhile', async () => {
    computer.unplug('headset');
    media.releaseAll(false);
    await settled();

    expect(openDevices()).toEqual([]);
  });
});

it('a camera that is unplugged is replaced, and without another one it is off', async () => {
  computer.plugIn('webcam', 'videoinput');
  computer.plugIn('laptop', 'videoinput');
  await media.setCamera(true);

  computer.unplug('webcam');
  await settled();
  expect(media.videoTrack?.label).toBe('laptop');
  computer.unplug('laptop');
  await settled();

  expect(media.snapshot.getSnapshot().camera).toBe('off');
  expect(lost).toEqual([
    { kind: 'camera', lost: 'webcam', to: 'laptop' },
    { kind: 'camera', lost: 'laptop', to: undefined },
  ]);
});

it('a camera is starting until it is open', async () => {
  computer.plugIn('webcam', 'videoinput');
  const opening = media.setCamera(true);
  expect(media.snapshot.getSnapshot().camera).toBe('starting');
  await opening;

  expect(media.snapshot.getSnapshot().camera).toBe('on');
});

it('a camera that cannot be opened is off', async () => {
  computer.plugIn('webcam', 'videoinput');
  computer.busy = 'webcam';

  expect(await media.setCamera(true)).toBe('device_busy');
  expect(media.snapshot.getSnapshot().camera).toBe('off');
});

it('a speaker that is unplugged is a device that was lost, and one that is not in use is not', async () => {
  vi.stubGlobal(
    'HTMLMediaElement',
    class {
      setSinkId(): void {}
    },
  );
  for (const label of ['headset', 'hall', 'loudspeaker']) computer.plugIn(label, 'audiooutput');
  await settled();
  computer.unplug('hall');
  await settled();
  expect(lost).toEqual([]);
  computer.unplug('headset');
  await settled();

  expect(lost).toEqual([{ kind: 'speaker', lost: 'headset', to: 'loudspeaker' }]);
});

it('a device that cannot be opened leaves the former one in use', async () => {
  computer.plugIn('headset');
  await media.openMicrophone();
  computer.busy = 'headset';

  expect(await media.choose('microphone', idOf('headset'))).toBe('device_busy');

  expect(openDevices()).toEqual(['built-in']);
});

describe('a screen', () => {
  it('takes the place of the camera until it is stopped', async () => {
    computer.plugIn('webcam', 'videoinput');
    await media.setCamera(true);
    await media.startScreen();
    expect(media.videoTrack?.label).toBe('screen');

    media.stopScreen();

    expect(media.videoTrack?.label).toBe('webcam');
    expect(openDevices()).toEqual(['webcam']);
  });

  it('is off when the browser ends it', async () => {
    await media.startScreen();

    computer.live()[0]?.end();

    expect(media.snapshot.getSnapshot()).toMatchObject({ screen: 'off', localVideo: undefined });
  });
});

describe('a page that has let go', () => {
  /** The browser asks; @returns the person's "Allow" */
  function askForPermission(): () => void {
    let allow = (): void => undefined;
    computer.permission = new Promise((resolve) => {
      allow = resolve;
    });
    return () => allow();
  }

  it('opens nothing before a device is chosen', async () => {
    const opening = media.openMicrophone();
    media.releaseAll(false);
    await opening;

    expect(openDevices()).toEqual([]);
    expect(media.snapshot.getSnapshot().microphone).toBe('off');
  });

  it('opens nothing while the browser asks for permission', async () => {
    const allow = askForPermission();
    const opening = media.openMicrophone();
    await settled();
    media.releaseAll(false);
    allow();
    await opening;

    expect(openDevices()).toEqual([]);
    expect(media.snapshot.getSnapshot().microphone).toBe('off');
  });

  it('gets a microphone by asking again, even while the browser still asks the first time', async () => {
    const allow = askForPermission();
    const first = media.openMicrophone();
    await settled();
    media.releaseAll(false);
    const second = media.openMicrophone();
    await settled();
    allow();
    await Promise.all([first, second]);

    expect(openDevices()).toEqual(['built-in']);
    expect(media.snapshot.getSnapshot().microphone).toBe('live');
  });
});
