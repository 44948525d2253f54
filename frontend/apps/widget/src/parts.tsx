import type { CallEngine } from '@calldocker/client';
import { durationAttribute, formatTimer, type IconName, icons, showLevel, showPicture } from '@calldocker/ui';
import { type ComponentChildren, h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useWidget } from './context.ts';
import { useElapsed, useLevels } from './hooks.ts';

/** What points along the text points the other way where that runs from right to left. */
const along: readonly IconName[] = ['back', 'send'];

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={along.includes(name) ? 'icon along' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      {icons[name].map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}

/** A running time. It is not announced: a screen reader would talk without end. */
export function Timer({ since, label }: { since: number; label: string }) {
  const elapsed = useElapsed(since);
  return (
    <time class="timer" role="timer" aria-live="off" aria-label={`${label} ${formatTimer(elapsed)}`} dateTime={durationAttribute(elapsed)}>
      {formatTimer(elapsed)}
    </time>
  );
}

/** How loud the visitor's microphone is. */
export function LevelMeter({ engine, label }: { engine: CallEngine; label: string }) {
  const meter = useRef<HTMLDivElement>(null);
  useLevels(engine, ({ local }) => meter.current && showLevel(meter.current, local));
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> each in their own way, and none follows twenty times a second
    <div class="meter" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={0} ref={meter}>
      <div class="meter-bar" />
    </div>
  );
}

/** Who writes in the page meanwhile goes on writing. */
function isWriting(element: Element | null): boolean {
  return element instanceof HTMLElement && (element.isContentEditable || element.matches('input, textarea, select'));
}

/**
 * The heading of a screen takes the focus when the screen appears and what had it is gone, so that keyboard and screen reader
 * follow. Who is elsewhere in the widget, or writes in the page, stays there.
 */
export function Heading({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const root = heading.current?.getRootNode();
    const isElsewhere = root instanceof ShadowRoot && root.activeElement !== null;
    if (!isElsewhere && !isWriting(document.activeElement)) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h2 tabIndex={-1} ref={heading}>
      {children}
    </h2>
  );
}

/** Of who calls, or is to be called back; it may stay empty. */
export function NameField({ onEnter }: { onEnter?: () => void }) {
  const { t, drafts, write } = useWidget();
  return (
    <label class="field">
      <span>{t('start.name')}</span>
      <input
        type="text"
        autocomplete="name"
        dir="auto"
        maxLength={60}
        value={drafts.name}
        onInput={(event) => write({ name: event.currentTarget.value })}
        onKeyDown={(event) => event.key === 'Enter' && !event.isComposing && onEnter?.()}
      />
    </label>
  );
}

interface ButtonProps {
  readonly kind?: 'go' | 'primary' | 'stop' | 'stop-outline' | 'quiet' | '';
  readonly icon?: IconName;
  readonly busy?: boolean;
  readonly onClick?: () => void;
  readonly children: ComponentChildren;
}

/** Without `onClick` it sends the form that it is in. */
export function Button({ kind = '', icon, busy = false, onClick, children }: ButtonProps) {
  return (
    <button class={`button ${kind}`} type={onClick ? 'button' : 'submit'} disabled={busy} onClick={onClick}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** @param tone  `wait` needs attention, `go` is good news */
export function Note({ icon, tone = '', children }: { icon: IconName; tone?: 'wait' | 'go' | ''; children: ComponentChildren }) {
  return (
    <p class={`note ${tone}`}>
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  );
}

/** What did not work a moment ago; it is read out when it appears. */
export function Notice() {
  const { notice } = useWidget();
  return (
    <div class="notices" aria-live="polite">
      {notice && (
        <Note icon="warning" tone="wait">
          {notice}
        </Note>
      )}
    </div>
  );
}

interface PictureProps {
  readonly stream: MediaStream;
  readonly label: string;
  readonly kind: 'remote' | 'own' | 'own-screen';
}

export function Picture({ stream, label, kind }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) showPicture(video.current, stream);
  }, [stream]);
  return <video class={`picture-${kind}`} ref={video} aria-label={label} muted autoplay playsInline />;
}
