import { formatTimer } from '@calldocker/ui';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useWidget } from './context.ts';
import { Icon } from './parts.tsx';

interface PlayerProps {
  readonly url: string;
  /** What browsers record does not say how long it is. */
  readonly durationMs: number;
}

/** Plays what was recorded, on the chosen speaker. */
export function Player({ url, durationMs }: PlayerProps) {
  const { t, snapshot } = useWidget();
  const { speaker } = snapshot.devices.chosen;
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [atMs, setAtMs] = useState(0);
  useEffect(() => {
    const element = audio.current;
    if (element && speaker && 'setSinkId' in element) void element.setSinkId(speaker).catch(() => undefined);
  }, [speaker]);
  const toggle = () => {
    const element = audio.current;
    if (playing) element?.pause();
    else void element?.play().catch(() => undefined);
  };
  return (
    <div class="player">
      {/* biome-ignore lint/a11y/useMediaCaption: what was spoken has not been written down */}
      <audio
        ref={audio}
        src={url}
        aria-label={t('message.sound')}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAtMs(0)}
        onTimeUpdate={(event) => setAtMs(event.currentTarget.currentTime * 1000)}
      />
      <button class="play" type="button" aria-label={t(playing ? 'message.pause' : 'message.listen')} onClick={toggle}>
        <Icon name={playing ? 'hold' : 'resume'} />
      </button>
      <progress class="progress" max={durationMs} value={Math.min(atMs, durationMs)} aria-label={t('message.progress')} />
      <span class="timer">{formatTimer(playing || atMs > 0 ? atMs : durationMs)}</span>
    </div>
  );
}
