// Synthesises what a visitor hears on hold: a calm arpeggio over four chords that loops without a seam. Our own work,
// under the licence of the repository. 16-bit PCM in WAV is what every browser plays, and loops without a gap.
// Usage: node tools/hold-music.mjs FILE
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const sampleRate = 8000; // what a call sounds like; higher notes are not in it
const noteSeconds = 0.625;
/** MIDI notes, one chord after another: F major 9, D minor 9, B flat major 9, C suspended. */
const chords = [
  [53, 60, 64, 67, 69, 67, 64, 60],
  [50, 57, 60, 64, 65, 64, 60, 57],
  [46, 53, 57, 60, 62, 60, 57, 53],
  [48, 55, 58, 62, 65, 62, 58, 55],
];
const loudness = 0.16;

const frequencyOf = (note) => 440 * 2 ** ((note - 69) / 12);

/** Adds one plucked note; what sounds on after the end is heard at the beginning, where the loop goes on. */
function pluck(samples, note, atSecond, seconds, gain) {
  const frequency = frequencyOf(note);
  const begin = Math.round(atSecond * sampleRate);
  for (let i = 0; i < seconds * sampleRate; i += 1) {
    const t = i / sampleRate;
    const envelope = Math.min(1, t / 0.02) * Math.exp(-2.2 * t) * (1 - t / seconds);
    const phase = 2 * Math.PI * frequency * t;
    const tone = Math.sin(phase) + 0.35 * Math.sin(2 * phase) + 0.1 * Math.sin(3 * phase);
    samples[(begin + i) % samples.length] += gain * envelope * tone;
  }
}

/** @returns samples in [-1, 1], mono */
export function holdMusic() {
  const notes = chords.flat();
  const samples = new Float32Array(notes.length * noteSeconds * sampleRate);
  notes.forEach((note, index) => {
    const isBass = index % chords[0].length === 0;
    pluck(samples, note, index * noteSeconds, isBass ? 4 : 2, isBass ? 1.6 * loudness : loudness);
  });
  return samples;
}

/** @returns the samples as a WAV file */
export function wavOf(samples) {
  const file = Buffer.alloc(44 + 2 * samples.length);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20); // PCM
  file.writeUInt16LE(1, 22); // mono
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(2 * sampleRate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((sample, index) => {
    file.writeInt16LE(Math.round(32767 * sample), 44 + 2 * index);
  });
  return file;
}

const [, script, path] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (!path) {
    process.stderr.write('usage: node tools/hold-music.mjs FILE\n');
    process.exit(2);
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wavOf(holdMusic()));
}
