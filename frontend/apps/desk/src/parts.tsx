import type { CallEngine } from '@calldocker/client';
import { durationAttribute, formatTimer, type IconName, icons } from '@calldocker/ui';
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
  useLevels(engine, ({ local }) => {
    meter.current?.style.setProperty('--level', local.toFixed(3));
    meter.current?.setAttribute('aria-valuenow', String(Math.round(local * 100)));
  });
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

/** A picture without sound: the sound of the call is played in one place (`Sound`). */
export function Picture({ stream, ...rest }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = stream;
    void video.current.play().catch(() => undefined); // A picture that is not on screen may refuse to play.
  }, [stream]);
  return <video ref={video} muted autoPlay playsInline {...rest} />;
}

interface SoundProps {
  readonly stream: MediaStream | undefined;
  readonly speaker: string | undefined;
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
  return <audio ref={audio} aria-label={label} autoPlay />;
}
