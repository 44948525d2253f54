import { Store } from '../observable.ts';
import type { DeviceKind } from './controls.ts';
import { Devices, mediaDevices, openDevice, problemOf, UnsupportedError } from './devices.ts';
import type { MediaProblem } from './phases.ts';
import type { DevicesSnapshot } from './snapshot.ts';

export interface LocalSnapshot {
  readonly microphone: 'off' | 'starting' | 'live' | 'lost';
  readonly muted: boolean;
  readonly camera: 'off' | 'starting' | 'on';
  readonly screen: 'off' | 'starting' | 'on';
  readonly localVideo: MediaStream | undefined;
}

export interface LocalMediaEvents {
  /** What is sent has changed: give it to the senders. */
  readonly onTracks: () => void;
  readonly onDeviceLost: (event: { kind: DeviceKind; lost: string; to: string | undefined }) => void;
}

/**
 * What this page sends: one microphone, and one picture, which is the screen while it is shared and else the camera.
 * Devices are let go of as soon as they are not used, so that no recording light stays on.
 */
export class LocalMedia {
  readonly snapshot = new Store<LocalSnapshot>({ microphone: 'off', muted: false, camera: 'off', screen: 'off', localVideo: undefined });
  readonly devices: Devices;
  private readonly events: LocalMediaEvents;
  private microphone: MediaStreamTrack | undefined;
  private camera: MediaStreamTrack | undefined;
  private screen: MediaStreamTrack | undefined;
  private openingMicrophone: Promise<MediaProblem | undefined> | undefined;
  /** Rises when everything is let go of: a device that opens after that is closed again. */
  private epoch = 0;

  constructor(events: LocalMediaEvents) {
    this.events = events;
    this.devices = new Devices((before) => void this.devicesChanged(before));
  }

  get audioTrack(): MediaStreamTrack | undefined {
    return this.microphone;
  }

  get videoTrack(): MediaStreamTrack | undefined {
    return this.screen ?? this.camera;
  }

  /** @returns what prevents it, or undefined when the microphone is live */
  openMicrophone(): Promise<MediaProblem | undefined> {
    if (this.microphone?.readyState === 'live') return Promise.resolve(undefined);
    if (!this.openingMicrophone) {
      const opening = this.startMicrophone(this.epoch).finally(() => {
        if (this.openingMicrophone === opening) this.openingMicrophone = undefined;
      });
      this.openingMicrophone = opening;
    }
    return this.openingMicrophone;
  }

  setMuted(muted: boolean): void {
    if (this.microphone) this.microphone.enabled = !muted;
    this.update({ muted });
  }

  async setCamera(on: boolean): Promise<MediaProblem | undefined> {
    if (on === (this.snapshot.getSnapshot().camera !== 'off')) return undefined;
    if (!on) {
      this.release('camera');
      return undefined;
    }
    this.update({ camera: 'starting' });
    try {
      return await this.takeCamera(this.devices.preferredId('camera'));
    } catch (error) {
      this.update({ camera: 'off' });
      return problemOf(error);
    }
  }

  /** @returns what prevents it; a person who closes the browser's dialogue is `permission_denied` */
  async startScreen(): Promise<MediaProblem | undefined> {
    if (this.snapshot.getSnapshot().screen !== 'off') return undefined;
    const { epoch } = this;
    this.update({ screen: 'starting' });
    try {
      const devices = mediaDevices();
      if (!devices?.getDisplayMedia) throw new UnsupportedError();
      const stream = await devices.getDisplayMedia({ video: true });
      const [track] = stream.getVideoTracks();
      if (!track) throw new UnsupportedError();
      if (epoch !== this.epoch) {
        track.stop();
        return undefined;
      }
      track.contentHint = 'detail';
      track.onended = () => this.stopScreen(); // the browser's own "stop sharing"
      this.screen = track;
      this.update({ screen: 'on' });
      this.events.onTracks();
      return undefined;
    } catch (error) {
      this.update({ screen: 'off' });
      return problemOf(error);
    }
  }

  stopScreen(): void {
    if (this.screen) this.release('screen');
  }

  /** Uses another device from now on. @returns what prevents it; then the former one stays */
  async choose(kind: DeviceKind, id: string): Promise<MediaProblem | undefined> {
    try {
      if (kind === 'microphone' && this.microphone) await this.takeMicrophone(id);
      if (kind === 'camera' && this.camera) await this.takeCamera(id);
    } catch (error) {
      return problemOf(error);
    }
    this.devices.choose(kind, id);
    return undefined;
  }

  /** Lets go of camera and screen, and of the microphone too unless it is to stay. */
  releaseAll(keepMicrophone: boolean): void {
    this.epoch += 1;
    this.openingMicrophone = undefined;
    this.release('camera');
    this.release('screen');
    if (!keepMicrophone) this.release('microphone');
    this.setMuted(false);
  }

  destroy(): void {
    this.releaseAll(false);
    this.devices.stop();
  }

  private async startMicrophone(epoch: number): Promise<MediaProblem | undefined> {
    this.update({ microphone: 'starting' });
    try {
      await this.devices.refresh();
      if (epoch === this.epoch) await this.takeMicrophone(this.devices.preferredId('microphone'));
      return undefined;
    } catch (error) {
      if (epoch === this.epoch) this.update({ microphone: 'off' });
      return problemOf(error);
    }
  }

  private async takeMicrophone(id: string | undefined): Promise<void> {
    const { epoch } = this;
    const track = await openDevice('microphone', id);
    if (epoch !== this.epoch) {
      track.stop();
      return;
    }
    stop(this.microphone);
    track.enabled = !this.snapshot.getSnapshot().muted;
    track.onended = () => void this.replaceLost('microphone', track.label);
    this.microphone = track;
    this.update({ microphone: 'live' });
    await this.listDevices();
    this.events.onTracks();
  }

  private async takeCamera(id: string | undefined): Promise<undefined> {
    const { epoch } = this;
    const track = await openDevice('camera', id);
    if (epoch !== this.epoch) {
      track.stop();
      return;
    }
    stop(this.camera);
    track.onended = () => void this.replaceLost('camera', track.label);
    this.camera = track;
    this.update({ camera: 'on' });
    await this.listDevices();
    this.events.onTracks();
  }

  /** Unplugged, or taken by the system: another device goes on, if there is one that can be opened. */
  private async replaceLost(kind: 'microphone' | 'camera', lost: string): Promise<void> {
    const { epoch } = this;
    await this.devices.refresh();
    for (const { id } of this.devices.list(kind)) {
      if (epoch !== this.epoch) return;
      try {
        await (kind === 'microphone' ? this.takeMicrophone(id) : this.takeCamera(id));
      } catch {
        continue;
      }
      this.events.onDeviceLost({ kind, lost, to: this[kind]?.label });
      return;
    }
    if (epoch !== this.epoch) return;
    if (kind === 'microphone') this.loseMicrophone();
    else this.release('camera');
    this.events.onDeviceLost({ kind, lost, to: undefined });
  }

  private loseMicrophone(): void {
    stop(this.microphone);
    this.microphone = undefined;
    this.update({ microphone: 'lost' });
    this.events.onTracks();
  }

  /** Something was plugged in: a microphone that was missed is taken at once. */
  private async devicesChanged(before: DevicesSnapshot): Promise<void> {
    const speaker = before.speakers.find((device) => device.id === before.chosen.speaker);
    const speakers = this.devices.list('speaker');
    if (speaker && !speakers.some((device) => device.id === speaker.id)) {
      this.events.onDeviceLost({ kind: 'speaker', lost: speaker.label, to: speakers[0]?.label });
    }
    const { microphone } = this.snapshot.getSnapshot();
    if (microphone === 'lost' && this.devices.list('microphone').length > 0) await this.openMicrophone();
    else await this.listDevices();
  }

  private listDevices(): Promise<void> {
    const inUse: Partial<Record<DeviceKind, string>> = {};
    const microphone = this.microphone?.getSettings().deviceId;
    const camera = this.camera?.getSettings().deviceId;
    if (microphone) inUse.microphone = microphone;
    if (camera) inUse.camera = camera;
    return this.devices.refresh(inUse);
  }

  private release(what: 'microphone' | 'camera' | 'screen'): void {
    stop(this[what]);
    this[what] = undefined;
    if (this.snapshot.getSnapshot()[what] === 'off') return;
    this.update({ [what]: 'off' });
    this.events.onTracks();
  }

  private update(change: Partial<LocalSnapshot>): void {
    const before = this.snapshot.getSnapshot();
    const video = this.videoTrack;
    const shown = before.localVideo?.getVideoTracks()[0];
    const localVideo = video === shown ? before.localVideo : video && new MediaStream([video]);
    this.snapshot.set({ ...before, ...change, localVideo });
  }
}

function stop(track: MediaStreamTrack | undefined): void {
  if (!track) return;
  track.onended = null;
  track.stop();
}
