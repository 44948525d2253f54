import type { PlaceLink } from '@calldocker/client';
import { useRef, useState } from 'preact/hooks';
import { useWidget } from './context.ts';
import { Instead } from './Instead.tsx';
import { Button, Heading, Icon, LevelMeter, Note, Notice, Timer } from './parts.tsx';
import { clockTime, estimateText, placeText } from './queue-view.ts';
import type { Phase } from './view.ts';

/** From the queue to the first sound: the place, how long it takes, what happens next, and that the microphone works. */
export function WaitingScreen({ call }: { call: Phase<'waiting' | 'ringing' | 'connecting'> }) {
  const { t, engine } = useWidget();
  return (
    <section class="screen">
      <Heading key={call.phase}>{t(`${call.phase}.title`)}</Heading>
      <p>{t(`${call.phase}.text`)}</p>
      {call.phase !== 'connecting' && <p class="fine">{t('waiting.chat')}</p>}
      <div class={`waiting ${call.phase}`}>
        <span class="beacon" aria-hidden="true">
          <Icon name="call" />
        </span>
        {call.phase === 'waiting' ? <Place call={call} /> : <Waited since={call.since} />}
      </div>
      <div class="microphone">
        <Icon name="microphone" />
        <LevelMeter engine={engine} label={t('check.level')} />
      </div>
      <Notice />
      <Alternatives call={call} />
      <Button kind="stop-outline" icon="hangUp" onClick={() => void engine.hangUp()}>
        {t('waiting.cancel')}
      </Button>
    </section>
  );
}

function Waited({ since }: { since: number }) {
  const { t } = useWidget();
  return (
    <p class="waited">
      <span class="fine">{t('waiting.time')}</span>
      <Timer since={since} label={t('waiting.time')} />
    </p>
  );
}

/** The place and the estimate are read out when they change, the running time is not. */
function Place({ call: { place, since } }: { call: Phase<'waiting'> }) {
  const { t } = useWidget();
  const words = placeText(place);
  const estimate = estimateText(place);
  return (
    <div class="place">
      <div aria-live="polite">
        {words && <p class="place-number">{t(words.text, words.values)}</p>}
        {estimate && <p>{t(estimate.text, estimate.values)}</p>}
      </div>
      <Waited since={since} />
    </div>
  );
}

/** What can be done instead of staying. */
function Alternatives({ call }: { call: Phase<'waiting' | 'ringing' | 'connecting'> }) {
  const { t, keepPlace, forgetNotice } = useWidget();
  if (call.phase === 'connecting' || !call.contact) return null;
  const keep = () => {
    forgetNotice();
    void keepPlace();
  };
  return (
    <Instead title="waiting.instead">
      <Button icon="time" onClick={keep}>
        {t('waiting.keep')}
      </Button>
    </Instead>
  );
}

/** The place is kept: the visitor may go, and comes back here or by the link. */
export function KeptScreen({ call }: { call: Phase<'waiting'> }) {
  const { t, engine, resumeLink, keepPlace, forgetNotice } = useWidget();
  const words = placeText(call.place);
  const come = () => {
    forgetNotice();
    void engine.returnToPlace();
  };
  return (
    <section class="screen">
      <Heading>{t('kept.title')}</Heading>
      <p>{t('kept.text')}</p>
      <div class="waiting">
        <span class="beacon" aria-hidden="true">
          <Icon name="time" />
        </span>
        <p class="place-number" aria-live="polite">
          {words && t(words.text, words.values)}
        </p>
      </div>
      <Notice />
      <Button kind="go" icon="call" onClick={come}>
        {t('kept.return')}
      </Button>
      {resumeLink ? (
        <ResumeLink link={resumeLink} />
      ) : (
        <Button icon="copy" onClick={() => void keepPlace()}>
          {t('kept.getLink')}
        </Button>
      )}
      <Button kind="stop-outline" onClick={() => void engine.hangUp()}>
        {t('kept.leave')}
      </Button>
    </section>
  );
}

function ResumeLink({ link: { url, expiresAt } }: { link: PlaceLink }) {
  const { t, language } = useWidget();
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    field.current?.select();
    // Where a page may not write to the clipboard, the link is selected, to be copied by hand.
    await navigator.clipboard?.writeText(url).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <div class="link">
      <label class="field">
        <span>{t('kept.link')}</span>
        <input ref={field} type="text" readOnly dir="ltr" value={url} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <Button icon={copied ? 'done' : 'copy'} onClick={() => void copy()}>
        {t(copied ? 'kept.copied' : 'kept.copy')}
      </Button>
      <Note icon="warning">{t('kept.secret', { time: clockTime(expiresAt, language) })}</Note>
      <p class="hidden" role="status">
        {copied && t('kept.copied')}
      </p>
    </div>
  );
}
