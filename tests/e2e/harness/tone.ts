import { writeFileSync } from 'node:fs';

const SAMPLES_PER_SECOND = 48_000;
const SECONDS = 3;
const AMPLITUDE = 0.5;
/** The browser's noise suppression takes a steady tone for noise; one that comes and goes passes, like speech. */
const PULSE_MS = 400;
const SOUNDING_MS = 280;
const RAMP_MS = 10;

/** Between 0 and 1: how loud the pulse is at this moment, with short ramps so that nothing clicks. */
function envelope(ms: number): number {
  const inPulse = ms % PULSE_MS;
  if (inPulse > SOUNDING_MS) return 0;
  return Math.min(1, inPulse / RAMP_MS, (SOUNDING_MS - inPulse) / RAMP_MS);
}

/** Writes a mono WAV file (48 kHz, 16 bit) of a pulsing tone. Chromium plays it in a loop as its microphone. */
export function writeTone(path: string, hertz: number): void {
  const samples = SAMPLES_PER_SECOND * SECONDS;
  const data = Buffer.alloc(samples * 2);
  for (let index = 0; index < samples; index += 1) {
    const seconds = index / SAMPLES_PER_SECOND;
    const value = AMPLITUDE * envelope(seconds * 1000) * Math.sin(2 * Math.PI * hertz * seconds);
    data.writeInt16LE(Math.round(value * 32_767), index * 2);
  }
  writeFileSync(path, Buffer.concat([waveHeader(data.length), data]));
}

/** The 44 bytes before the samples of a PCM file. */
function waveHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // mono
  header.writeUInt32LE(SAMPLES_PER_SECOND, 24);
  header.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
