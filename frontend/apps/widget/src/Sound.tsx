import { type CallSound, playSound } from '@calldocker/ui';
import { useEffect, useState } from 'preact/hooks';

interface SoundProps extends CallSound {
  /** Whether the browser wants a tap before it plays. */
  readonly onBlocked: (blocked: boolean) => void;
  /** Rises with each tap on "Tap to hear". */
  readonly taps: number;
}

/**
 * The sound of the other side. It stays mounted, whatever the window shows, and its element is in no page: one that a page
 * takes out falls silent.
 */
export function Sound({ stream, speaker, onBlocked, taps }: SoundProps) {
  const [audio] = useState(() => new Audio());
  // A tap is a reason to try again, so `taps` is among what this depends on.
  useEffect(() => {
    const play = () => void playSound(audio, { stream, speaker }).then(onBlocked);
    play();
    // A live voice is not paused, whoever has done it: the key of a headset, say.
    audio.onpause = () => stream?.active && play();
  }, [audio, stream, speaker, taps, onBlocked]);
  useEffect(
    () => () => {
      audio.onpause = null;
      audio.pause();
      audio.srcObject = null;
    },
    [audio],
  );
  return null;
}
