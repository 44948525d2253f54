import { Store } from '../observable.ts';
import type { DeviceKind } from './controls.ts';
import type { MediaProblem } from './phases.ts';
import type { Device, DevicesSnapshot } from './snapshot.ts';

const storageKey = (kind: DeviceKind): string => `calldocker.device.${kind}`;

/** Where choices are kept; storage that fails costs only the memory of them. */
function recall(kind: DeviceKind): string | undefined {
  try {
    return localStorage.getItem(storageKey(kind)) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(kind: DeviceKind, label: string): void {
  try {
    localStorage.setItem(storageKey(kind), label);
  } catch {
    // Forgotten with the page.
  }
}

const browserKind: Record<DeviceKind, MediaDeviceKind> = { microphone: 'audioinput', camera: 'videoinput', speaker: 'audiooutput' };

/** What is plugged in, and which of it is to be used: by label, because ids change with the site's permissions. */
export class Devices {
  readonly snapshot = new Store<DevicesSnapshot>({ microphones: [], cameras: [], speakers: [], chosen: {} });
  private readonly onChange: (before: DevicesSnapshot) => void;

  /** @param onChange  called after something was plugged in or out, with the snapshot already new */
  constructor(onChange: (before: DevicesSnapshot) => void) {
    this.onChange = onChange;
    mediaDevices()?.addEventListener?.('devicechange', this.changed);
  }

  stop(): void {
    mediaDevices()?.removeEventListener?.('devicechange', this.changed);
  }

  /** Reads the list again; labels appear with the first permission. */
  async refresh(inUse: Partial<Record<DeviceKind, string>> = {}): Promise<void> {
    const all = (await mediaDevices()?.enumerateDevices()) ?? [];
    const list = (kind: DeviceKind): Device[] =>
      all.filter((one) => one.kind === browserKind[kind] && one.deviceId !== '').map((one) => ({ id: one.deviceId, label: one.label }));
    const speakers = 'setSinkId' in HTMLMediaElement.prototype ? list('speaker') : [];
    const lists = { microphone: list('microphone'), camera: list('camera'), speaker: speakers };
    const chosen: Partial<Record<DeviceKind, string>> = {};
    for (const kind of ['microphone', 'camera', 'speaker'] as const) {
      const id = inUse[kind] ?? this.preferred(kind, lists[kind]) ?? lists[kind][0]?.id;
      if (id !== undefined) chosen[kind] = id;
    }
    this.snapshot.set({ microphones: lists.microphone, cameras: lists.camera, speakers, chosen });
  }

  /** Uses a device from now on, also after a reload. */
  choose(kind: DeviceKind, id: string): void {
    const snapshot = this.snapshot.getSnapshot();
    const label = this.list(kind).find((device) => device.id === id)?.label;
    if (label) remember(kind, label);
    this.snapshot.set({ ...snapshot, chosen: { ...snapshot.chosen, [kind]: id } });
  }

  /** The device that the person chose, if it is plugged in. */
  preferredId(kind: DeviceKind): string | undefined {
    return this.preferred(kind, this.list(kind));
  }

  list(kind: DeviceKind): readonly Device[] {
    const { microphones, cameras, speakers } = this.snapshot.getSnapshot();
    return { microphone: microphones, camera: cameras, speaker: speakers }[kind];
  }

  private preferred(kind: DeviceKind, among: readonly Device[]): string | undefined {
    const label = recall(kind);
    return label === undefined ? undefined : among.find((device) => device.label === label)?.id;
  }

  private readonly changed = (): void => {
    const before = this.snapshot.getSnapshot();
    void this.refresh().then(() => this.onChange(before));
  };
}

/** Undefined on pages without HTTPS. */
export function mediaDevices(): MediaDevices | undefined {
  return globalThis.navigator?.mediaDevices;
}

/** What a failed getUserMedia means for a person. */
export function problemOf(error: unknown): MediaProblem {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'permission_denied';
    case 'ForbiddenHereError':
      return 'forbidden_here';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'no_device';
    case 'NotReadableError':
    case 'AbortError':
      return 'device_busy';
    case 'UnsupportedError':
      return 'unsupported';
    default:
      return 'failed';
  }
}

/**
 * Opens the device of that id; if it is gone, any other.
 * @throws what getUserMedia throws; UnsupportedError where there is none; ForbiddenHereError where the page may not, or, in
 *         browsers that do not say, where a page of another site that is around it may be the reason
 */
export async function openDevice(kind: 'microphone' | 'camera', id: string | undefined): Promise<MediaStreamTrack> {
  const devices = mediaDevices();
  if (!devices?.getUserMedia) throw new UnsupportedError();
  const wanted: MediaTrackConstraints =
    kind === 'microphone'
      ? { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
      : { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
  if (mayUse(kind) === false) throw new ForbiddenHereError();
  const open = async (constraints: MediaTrackConstraints): Promise<MediaStreamTrack> => {
    const stream = await devices.getUserMedia(kind === 'microphone' ? { audio: constraints } : { video: constraints }).catch((error) => {
      throw problemOf(error) === 'permission_denied' && mayUse(kind) === undefined && isFramed() ? new ForbiddenHereError() : error;
    });
    const [track] = stream.getTracks();
    if (!track) throw new UnsupportedError();
    return track;
  };
  if (id === undefined) return open(wanted);
  try {
    return await open({ ...wanted, deviceId: { exact: id } });
  } catch (error) {
    if (problemOf(error) !== 'no_device') throw error;
    return open(wanted);
  }
}

export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}

class ForbiddenHereError extends Error {
  override readonly name = 'ForbiddenHereError';
}

/** Permissions Policy §9; Chromium has it under its former name. */
interface PolicyDocument {
  readonly permissionsPolicy?: Policy;
  readonly featurePolicy?: Policy;
}

interface Policy {
  allowsFeature(feature: string): boolean;
}

/** @returns whether the page's policy lets it use a device at all; undefined where the browser does not say */
export function mayUse(kind: 'microphone' | 'camera'): boolean | undefined {
  const { permissionsPolicy, featurePolicy } = (globalThis.document ?? {}) as PolicyDocument;
  return (permissionsPolicy ?? featurePolicy)?.allowsFeature(kind);
}

/** Whether the page is inside of one of another site. */
export function isFramed(): boolean {
  const { top, self, origin } = globalThis as unknown as { top?: { origin: string }; self: unknown; origin?: string };
  if (!top || top === self) return false;
  try {
    return top.origin !== origin;
  } catch {
    return true;
  }
}
