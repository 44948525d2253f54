import { type CallSound, playSound } from '@calldocker/ui';
import { useEffect, useRef } from 'preact/hooks';

interface SoundProps extends CallSound {
  readonly label: string;
  /** Whether the browser wants a tap before it plays. */
  readonly onBlocked: (blocked: boolean) => void;
  /** Rises with each tap on "Tap to hear". */
  readonly taps: number;
}

/** The sound of the other side. It stays mounted, whatever the window shows. */
export function Sound({ stream, speaker, label, onBlocked, taps }: SoundProps) {
  const audio = useRef<HTMLAudioElement>(null);
  // A tap is a reason to try again, so `taps` is among what this depends on.
  useEffect(() => {
    if (audio.current) void playSound(audio.current, { stream, speaker }).then(onBlocked);
  }, [stream, speaker, taps, onBlocked]);
  // biome-ignore lint/a11y/useMediaCaption: a live call has no captions
  return <audio ref={audio} aria-label={label} autoplay />;
}
