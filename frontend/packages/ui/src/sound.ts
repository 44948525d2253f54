/**
 * The two sounds of the product, synthesised here: a ring (four warm notes, repeated) and a soft tick for "connected".
 * A context that the browser has not let run yet stays silent.
 */
export class Sounds {
  private readonly context: AudioContext;
  private readonly output: GainNode;
  private ringTimer: ReturnType<typeof setInterval> | undefined;

  constructor(context: AudioContext) {
    this.context = context;
    this.output = context.createGain();
    this.output.connect(context.destination);
  }

  /** @param volume 0 to 1 */
  setVolume(volume: number): void {
    this.output.gain.value = Math.min(1, Math.max(0, volume)) ** 2;
  }

  /** Rings every three seconds until `stopRinging`. Ringing twice is ringing once. */
  startRinging(): void {
    if (this.ringTimer !== undefined) return;
    this.ringOnce();
    this.ringTimer = setInterval(() => this.ringOnce(), 3000);
  }

  stopRinging(): void {
    clearInterval(this.ringTimer);
    this.ringTimer = undefined;
  }

  ringOnce(): void {
    const start = this.context.currentTime + 0.02;
    for (const [index, frequency] of ringNotes.entries()) this.note(frequency, start + index * 0.19, 0.9, 0.22);
  }

  tick(): void {
    this.note(880, this.context.currentTime + 0.01, 0.14, 0.08);
  }

  /** One struck note: a sine with a quiet octave above it, fading like a bell. Seconds. */
  private note(frequency: number, start: number, length: number, loudness: number): void {
    if (this.context.state !== 'running') return;
    const envelope = this.context.createGain();
    envelope.gain.setValueAtTime(0, start);
    envelope.gain.linearRampToValueAtTime(loudness, start + 0.015);
    envelope.gain.exponentialRampToValueAtTime(0.0001, start + length);
    envelope.connect(this.output);
    for (const [multiple, share] of partials) {
      const partial = this.context.createOscillator();
      const level = this.context.createGain();
      partial.frequency.value = frequency * multiple;
      level.gain.value = share;
      partial.connect(level).connect(envelope);
      partial.start(start);
      partial.stop(start + length);
    }
  }
}

/** E5 B4 E5 G#5: a call that can be heard a hundred times a day. */
const ringNotes = [659.26, 493.88, 659.26, 830.61];
const partials = [
  [1, 1],
  [2, 0.18],
] as const;
