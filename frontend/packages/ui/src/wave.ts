/** Enough for speech, Hz. Two minutes are 5.8 MB. */
const sampleRate = 24_000;

/**
 * A recording as a WAV file. What browsers record does not say how long it is: the length is `Infinity` in Firefox, and whoever
 * goes to a moment of it lands elsewhere. One whose samples are counted has both right in every browser.
 * @returns the recording itself where the browser cannot read it
 */
export async function asWave(recording: Blob): Promise<Blob> {
  try {
    const decoder = new OfflineAudioContext(1, 1, sampleRate);
    const sound = await decoder.decodeAudioData(await recording.arrayBuffer());
    const channels = Array.from({ length: sound.numberOfChannels }, (_, channel) => sound.getChannelData(channel));
    return new Blob([wave(channels, sound.sampleRate)], { type: 'audio/wav' });
  } catch {
    return recording;
  }
}

/** 16 bits, one channel: the mean of those that there are. */
export function wave(channels: readonly Float32Array[], rate: number): ArrayBuffer {
  const headerBytes = 44;
  const length = channels[0]?.length ?? 0;
  const bytes = new DataView(new ArrayBuffer(headerBytes + length * 2));
  const write = (at: number, text: string) => {
    for (const [index, letter] of [...text].entries()) bytes.setUint8(at + index, letter.charCodeAt(0));
  };
  write(0, 'RIFF');
  bytes.setUint32(4, 36 + length * 2, true);
  write(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true); // PCM
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, rate, true);
  bytes.setUint32(28, rate * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  write(36, 'data');
  bytes.setUint32(40, length * 2, true);
  for (let index = 0; index < length; index++) {
    const mean = channels.reduce((sum, channel) => sum + (channel[index] ?? 0), 0) / channels.length;
    bytes.setInt16(headerBytes + index * 2, Math.round(Math.max(-1, Math.min(1, mean)) * 32_767), true);
  }
  return bytes.buffer;
}
