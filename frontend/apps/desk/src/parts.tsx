import type { CallEngine } from '@calldocker/client';
import { type CallSound, durationAttribute, formatTimer, type IconName, icons, playSound, showLevel, showPicture } from '@calldocker/ui';
import { type ComponentProps, createElement, type ReactNode, useEffect, useRef } from 'react';
import { useClock, useLevels } from './hooks.ts';
import { countdown } from './view.ts';

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      {icons[name].map(([tag, attributes], index) => createElement(tag, { ...attributes, key: `${tag}${index}` }))}
    </svg>
  );
}

/** A running time. It is not announced: a screen reader would talk without end. */
export function Timer({ since, label }: { since: number; label: string }) {
  const elapsed = Math.max(0, useClock(since) - since);
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

interface CountdownRingProps {
  readonly since: number;
  readonly until: number;
  readonly label: string;
}

/** A ring that empties, with the seconds that are left in it. */
export function CountdownRing({ since, until, label }: CountdownRingProps) {
  const { share, seconds } = countdown({ since, until }, useClock(until));
  return (
    <div className="countdown" role="timer" aria-live="off" aria-label={label}>
      <svg viewBox="0 0 40 40" aria-hidden="true">
        <circle className="countdown-track" cx="20" cy="20" r="18" pathLength="1" />
        <circle className="countdown-left" cx="20" cy="20" r="18" pathLength="1" strokeDasharray={`${share} 1`} />
      </svg>
      <span className="timer">{seconds}</span>
    </div>
  );
}

/** Something to know about the call, with a sign. */
export function Note({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <div className="note">
      <Icon name={icon} size={18} />
      <div className="note-text">{children}</div>
    </div>
  );
}

/** What somebody has written, in their own words and direction. */
export function Quote({ children }: { children: string }) {
  return (
    <blockquote className="quote" dir="auto">
      {children}
    </blockquote>
  );
}

interface ControlProps {
  readonly icon: IconName;
  readonly label: string;
  readonly active?: boolean;
  readonly busy?: boolean;
  readonly keys?: string;
  readonly onClick: () => void;
}

/** An icon over its word. The word says what a click does, so nothing has to be pressed to find out. */
export function Control({ icon, label, active = false, busy = false, keys, onClick }: ControlProps) {
  return (
    <button type="button" className={active ? 'control active' : 'control'} disabled={busy} aria-keyshortcuts={keys} onClick={onClick}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
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
