import { browserKind } from '@calldocker/ui';
import { useWidget } from './context.ts';
import { useLineCheck } from './hooks.ts';
import { Instead } from './Instead.tsx';
import { Button, Heading, Icon, LevelMeter, NameField, Note, Notice } from './parts.tsx';
import { openingText, type Words } from './queue-view.ts';
import type { WidgetText } from './text.ts';
import type { Failure, Phase } from './view.ts';

export function StartScreen() {
  const { t, begin, service } = useWidget();
  return (
    <section class="screen">
      <Heading>{t('panel.title')}</Heading>
      {service === 'nobody' || service === 'full' ? (
        <Note icon="time" tone="wait">
          {t(`start.${service}`)}
        </Note>
      ) : (
        <p>{t('start.lead')}</p>
      )}
      <NameField onEnter={() => begin('voice')} />
      <Notice />
      <div class="choices">
        <Button kind="go" icon="call" onClick={() => begin('voice')}>
          {t('start.voice')}
        </Button>
        <Button icon="camera" onClick={() => begin('video')}>
          {t('start.video')}
        </Button>
      </div>
      <p class="fine">{t('start.microphone')}</p>
      <Instead title="instead.title" />
    </section>
  );
}

/** Nobody takes calls now: when they do again, and what can be done meanwhile. */
export function ClosedScreen() {
  const { t, engine, language, opensAt } = useWidget();
  const opening = openingText(opensAt, engine.serverNow(), language);
  return (
    <section class="screen">
      <Heading>{t('closed.title')}</Heading>
      <div class="waiting">
        <span class="beacon" aria-hidden="true">
          <Icon name="time" />
        </span>
        <p>{opening ? t(opening.text, opening.values) : t('closed.later')}</p>
      </div>
      <Notice />
      <Instead title="instead.closed" prominent />
    </section>
  );
}

export function PermissionScreen({ call }: { call: Phase<'preparing'> }) {
  const { t, engine } = useWidget();
  return (
    <section class="screen">
      <Heading>{t(call.channel === 'video' ? 'permission.titleVideo' : 'permission.title')}</Heading>
      <p class="note wait">
        <Icon name="microphone" />
        <span>{t('permission.text')}</span>
      </p>
      <p class="fine">{t('permission.promise')}</p>
      <button class="button" type="button" onClick={() => void engine.hangUp()}>
        {t('waiting.cancel')}
      </button>
    </section>
  );
}

export function LineCheckScreen() {
  const { t, engine, call, show } = useWidget();
  const result = useLineCheck(engine, call);
  return (
    <section class="screen">
      <Heading>{t('check.title')}</Heading>
      <LevelMeter engine={engine} label={t('check.level')} />
      <p class={`note ${result === 'heard' ? 'go' : result === 'quiet' ? 'wait' : ''}`} aria-live="polite">
        <Icon name={result === 'heard' ? 'done' : result === 'quiet' ? 'warning' : 'microphone'} />
        <span>{t(result === 'heard' ? 'check.heard' : result === 'quiet' ? 'check.quiet' : 'check.listening')}</span>
      </p>
      <div class="choices">
        <button class="button go" type="button" onClick={call}>
          <Icon name="call" />
          {t('check.callNow')}
        </button>
        <button class="button" type="button" onClick={() => show('devices')}>
          <Icon name="devices" />
          {t('call.devices')}
        </button>
        <button class="button quiet" type="button" onClick={() => void engine.hangUp()}>
          {t('waiting.cancel')}
        </button>
      </div>
    </section>
  );
}

/** After a reload, until the server has said how the call stands. */
export function RestoringScreen() {
  const { t } = useWidget();
  return (
    <section class="screen">
      <Heading>{t('reconnecting.resume')}</Heading>
    </section>
  );
}

export function ElsewhereScreen() {
  const { t, engine } = useWidget();
  return (
    <section class="screen">
      <Heading>{t('elsewhere.title')}</Heading>
      <p>{t('elsewhere.text')}</p>
      <button class="button primary" type="button" onClick={() => void engine.takeOver()}>
        <Icon name="call" />
        {t('elsewhere.take')}
      </button>
      <button class="button stop-outline" type="button" onClick={() => void engine.hangUp()}>
        <Icon name="hangUp" />
        {t('call.hangUp')}
      </button>
    </section>
  );
}

interface FailureProps {
  readonly failure: Failure;
  readonly again: Words | undefined;
  readonly onRetry: () => void;
  readonly onCancel: () => void;
}

export function FailureScreen({ failure, again, onRetry, onCancel }: FailureProps) {
  const { t, begin, offers, show } = useWidget();
  const retries = !['unsupported', 'insecure', 'server', 'crowded', 'forbidden', 'forbiddenVideo'].includes(failure);
  const voiceMayDo = failure === 'noCamera' || failure === 'deniedVideo' || failure === 'forbiddenVideo';
  const mayBeCalled = offers.callback && (failure === 'forbidden' || failure === 'framed');
  const askForCallback = () => {
    onCancel();
    show('callback');
  };
  return (
    <section class="screen" role="alert">
      <Heading key={failure}>{t(`failed.${failure}.title`)}</Heading>
      <p class="note wait">
        <Icon name="warning" />
        <span>{t(remedy(failure))}</span>
      </p>
      {again && (failure === 'overloaded' || failure === 'crowded') && <p>{t(again.text, again.values)}</p>}
      {failure === 'deniedVideo' && <p class="fine">{t('allow.camera')}</p>}
      {(failure === 'denied' || failure === 'deniedVideo') && <p class="fine">{t('allow.system')}</p>}
      <div class="choices">
        {failure === 'framed' && (
          <a class="button primary" href={location.href} target="_blank" rel="noopener">
            <Icon name="fullScreen" />
            {t('failed.ownWindow')}
          </a>
        )}
        {mayBeCalled && (
          <Button kind={failure === 'forbidden' ? 'primary' : ''} icon="callback" onClick={askForCallback}>
            {t('failed.callback')}
          </Button>
        )}
        {retries && (
          <button class={`button ${failure === 'framed' ? '' : 'primary'}`} type="button" onClick={onRetry}>
            <Icon name="retry" />
            {t('failed.retry')}
          </button>
        )}
        {voiceMayDo && (
          <button class="button" type="button" onClick={() => begin('voice')}>
            <Icon name="call" />
            {t('failed.voice')}
          </button>
        )}
        <button class="button quiet" type="button" onClick={onCancel}>
          {t(failure === 'server' || failure === 'crowded' ? 'waiting.cancel' : 'failed.back')}
        </button>
      </div>
    </section>
  );
}

/** What the visitor can do about it. */
function remedy(failure: Failure): WidgetText {
  return failure === 'denied' || failure === 'deniedVideo' ? `allow.${browserKind(navigator)}` : `failed.${failure}.text`;
}
