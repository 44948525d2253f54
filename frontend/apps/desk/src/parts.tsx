import type { CallEngine } from '@calldocker/client';
import { type CallSound, durationAttribute, formatTimer, type IconName, icons, playSound, showLevel, showPicture } from '@calldocker/ui';
import { type ComponentProps, createElement, useEffect, useRef } from 'react';
import { useElapsed, useLevels } from './hooks.ts';

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      {icons[name].map(([tag, attributes], index) => createElement(tag, { ...attributes, key: `${tag}${index}` }))}
    </svg>
  );
}

/** A running time. It is not announced: a screen reader would talk without end. */
export function Timer({ since, label }: { since: number; label: string }) {
  const elapsed = useElapsed(since);
  return (
    <time
      className="timer"
      role="timer"
      aria-live="off"
      aria-label={`${label} ${formatTimer(elapsed)}`}
      dateTime={durationAttribute(elapsed)}
    >
      {formatTimer(elapsed)}
    </time>
  );
}

/** How loud the agent's microphone is. */
export function LevelMeter({ engine, label }: { engine: CallEngine; label: string }) {
  const meter = useRef<HTMLDivElement>(null);
  useLevels(engine, ({ local }) => meter.current && showLevel(meter.current, local));
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> each in their own way, and none follows twenty times a second
    <div className="meter" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={0} ref={meter}>
      <div className="meter-bar" />
    </div>
  );
}

interface PictureProps extends ComponentProps<'video'> {
  readonly stream: MediaStream;
}

export function Picture({ stream, ...rest }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) showPicture(video.current, stream);
  }, [stream]);
  return <video ref={video} muted autoPlay playsInline {...rest} />;
}

interface SoundProps extends CallSound {
  readonly label: string;
  /** Whether the browser wants a tap before it plays. */
  readonly onBlocked: (blocked: boolean) => void;
  /** Rises with each tap on "Tap to hear". */
  readonly taps: number;
}

/** The sound of the other side. It stays mounted, whatever the page shows. */
export function Sound({ stream, speaker, label, onBlocked, taps }: SoundProps) {
  const audio = useRef<HTMLAudioElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tap is a reason to try again
  useEffect(() => {
    if (audio.current) void playSound(audio.current, { stream, speaker }).then(onBlocked);
  }, [stream, speaker, taps, onBlocked]);
  // biome-ignore lint/a11y/useMediaCaption: a live call has no captions
  return <audio ref={audio} aria-label={label} autoPlay />;
}
