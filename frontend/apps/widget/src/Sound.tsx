import { useEffect, useRef } from 'preact/hooks';

interface SoundProps {
  readonly stream: MediaStream | undefined;
  readonly speaker: string | undefined;
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
    const element = audio.current;
    if (!element) return;
    if (element.srcObject !== (stream ?? null)) element.srcObject = stream ?? null;
    if (!stream) return onBlocked(false);
    element.play().then(
      () => onBlocked(false),
      (error: unknown) => onBlocked(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  }, [stream, taps, onBlocked]);

  useEffect(() => {
    // An unknown or unplugged speaker leaves the sound on the standard one.
    if (speaker && audio.current && 'setSinkId' in audio.current) void audio.current.setSinkId(speaker).catch(() => undefined);
  }, [speaker]);

  // biome-ignore lint/a11y/useMediaCaption: a live call has no captions
  return <audio ref={audio} aria-label={label} autoplay />;
}
