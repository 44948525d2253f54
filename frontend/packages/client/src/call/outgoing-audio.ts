/** What is to be said into one connection. */
export interface Voices {
  readonly microphone: MediaStreamTrack | undefined;
  /** The microphone is heard there, unless it is muted. */
  readonly own: boolean;
  /** Other people's sound that is passed on. */
  readonly others: readonly MediaStreamTrack[];
  /** Mixes; where it does not run, the microphone goes alone rather than nothing. */
  readonly audio: AudioContext | undefined;
}

interface Made {
  readonly key: string;
  readonly track: MediaStreamTrack;
  readonly voice: MediaStreamTrack | undefined;
  readonly stop: () => void;
}

/**
 * The audio track of one connection. It is a track of its own, so that one connection can be silent while another is not,
 * and it is never missing while it is silent: the other side takes a stop of packets for a loss.
 */
export class OutgoingAudio {
  private made: Made | undefined;

  /** @returns the track to send now; the same one until another is needed */
  track({ microphone, own, others, audio }: Voices): MediaStreamTrack | undefined {
    const mixing = others.length > 0 && audio?.state === 'running';
    const key = [microphone?.id ?? '', ...(mixing ? others.map(({ id }) => id) : [])].join(' ');
    if (this.made?.key !== key) {
      this.stop();
      const voice = microphone?.clone();
      if (mixing) this.made = { key, voice, ...mix(audio, voice ? [voice, ...others] : others, voice) };
      else if (voice) this.made = { key, voice, track: voice, stop: () => voice.stop() };
    }
    if (this.made?.voice) this.made.voice.enabled = own && microphone?.enabled === true;
    return this.made?.track;
  }

  stop(): void {
    this.made?.stop();
    this.made = undefined;
  }
}

function mix(audio: AudioContext, tracks: readonly MediaStreamTrack[], voice: MediaStreamTrack | undefined): Pick<Made, 'track' | 'stop'> {
  const destination = audio.createMediaStreamDestination();
  const sources = tracks.map((track) => audio.createMediaStreamSource(new MediaStream([track])));
  for (const source of sources) source.connect(destination);
  const [track] = destination.stream.getAudioTracks();
  return {
    track: track as MediaStreamTrack,
    stop: () => {
      for (const source of sources) source.disconnect();
      track?.stop();
      voice?.stop();
    },
  };
}
