import { limits } from '../limits.ts';
import type { Levels } from './types.ts';

/** Loudness of samples in [-1, 1] on a scale from 0 (-60 dB and below) to 1 (full scale) that looks even to a person. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  return Math.min(1, Math.max(0, 1 + (20 * Math.log10(rms || Number.MIN_VALUE)) / 60));
}

interface Tap {
  readonly track: MediaStreamTrack;
  readonly source: MediaStreamAudioSourceNode;
  readonly analyser: AnalyserNode;
}

/** Watches how loud both sides are while someone listens. Its AudioContext must be created or resumed in a click. */
export class LevelMeter {
  private audio: AudioContext | undefined;
  private readonly taps: { local: Tap | undefined; remote: Tap | undefined } = { local: undefined, remote: undefined };
  private readonly tracks: { local: MediaStreamTrack | undefined; remote: MediaStreamTrack | undefined } = {
    local: undefined,
    remote: undefined,
  };
  private readonly listeners = new Set<(levels: Levels) => void>();
  private readonly samples = new Float32Array(1024);
  private timer: ReturnType<typeof setInterval> | undefined;

  get context(): AudioContext | undefined {
    return this.audio;
  }

  /** To be called in a click. @returns whether audio runs; where the browser waits for a click, false */
  async unlock(): Promise<boolean> {
    if (typeof AudioContext === 'undefined') return false;
    this.audio ??= new AudioContext();
    this.watch('local', this.tracks.local);
    this.watch('remote', this.tracks.remote);
    // Without a click resume() stays pending for ever in some browsers.
    await Promise.race([this.audio.resume(), new Promise((resolve) => setTimeout(resolve, 500))]);
    return this.audio.state === 'running';
  }

  watch(side: 'local' | 'remote', track: MediaStreamTrack | undefined): void {
    this.tracks[side] = track;
    const before = this.taps[side];
    if (before?.track === track) return;
    before?.source.disconnect();
    this.taps[side] = track && this.audio ? this.tap(this.audio, track) : undefined;
  }

  listen(listener: (levels: Levels) => void): () => void {
    this.listeners.add(listener);
    this.timer ??= setInterval(() => this.tell(), limits.levelsMs);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  }

  close(): void {
    this.stop();
    this.watch('local', undefined);
    this.watch('remote', undefined);
    void this.audio?.close();
    this.audio = undefined;
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private tap(audio: AudioContext, track: MediaStreamTrack): Tap {
    const source = audio.createMediaStreamSource(new MediaStream([track]));
    const analyser = audio.createAnalyser();
    analyser.fftSize = this.samples.length;
    source.connect(analyser);
    return { track, source, analyser };
  }

  private tell(): void {
    const levels = { local: this.level(this.taps.local), remote: this.level(this.taps.remote) };
    for (const listener of [...this.listeners]) listener(levels);
  }

  private level(tap: Tap | undefined): number {
    if (!tap?.track.enabled) return 0;
    tap.analyser.getFloatTimeDomainData(this.samples);
    return levelOf(this.samples);
  }
}
