import type { CallState } from '@calldocker/client';
import { browserKind, formatTimer } from '@calldocker/ui';
import { useWidget } from './context.ts';
import { useLineCheck } from './hooks.ts';
import { Heading, Icon, LevelMeter, Timer } from './parts.tsx';
import type { WidgetText } from './text.ts';
import { endedText, type Failure } from './view.ts';

type Phase<P extends CallState['phase']> = Extract<CallState, { phase: P }>;

export function StartScreen({ name, onName }: { name: string; onName: (name: string) => void }) {
  const { t, begin } = useWidget();
  return (
    <section class="screen">
      <Heading>{t('panel.title')}</Heading>
      <p>{t('start.lead')}</p>
      <label class="field">
        <span>{t('start.name')}</span>
        <input
          type="text"
          autocomplete="name"
          maxLength={60}
          value={name}
          onInput={(event) => onName(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && !event.isComposing && begin('voice')}
        />
      </label>
      <div class="choices">
        <button class="button go" type="button" onClick={() => begin('voice')}>
          <Icon name="call" />
          {t('start.voice')}
        </button>
        <button class="button" type="button" onClick={() => begin('video')}>
          <Icon name="camera" />
          {t('start.video')}
        </button>
      </div>
      <p class="fine">{t('start.microphone')}</p>
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

export function LineCheckScreen({ onDevices }: { onDevices: () => void }) {
  const { t, engine, call } = useWidget();
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
        {result !== 'heard' && (
          <>
            <button class="button go" type="button" onClick={call}>
              <Icon name="call" />
              {t('check.callNow')}
            </button>
            <button class="button" type="button" onClick={onDevices}>
              <Icon name="devices" />
              {t('call.devices')}
            </button>
          </>
        )}
        <button class="button quiet" type="button" onClick={() => void engine.hangUp()}>
          {t('waiting.cancel')}
        </button>
      </div>
    </section>
  );
}

/** From the queue to the first sound: what happens next, how long it has been, and that the microphone works. */
export function WaitingScreen({ call }: { call: Phase<'waiting' | 'ringing' | 'connecting'> }) {
  const { t, engine } = useWidget();
  return (
    <section class="screen">
      <Heading key={call.phase}>{t(`${call.phase}.title`)}</Heading>
      <p>{t(`${call.phase}.text`)}</p>
      <div class={`waiting ${call.phase}`}>
        <span class="beacon" aria-hidden="true">
          <Icon name="call" />
        </span>
        <span class="waiting-time">
          <span class="fine">{t('waiting.time')}</span>
          <Timer since={call.since} label={t('waiting.time')} />
        </span>
      </div>
      <div class="microphone">
        <Icon name="microphone" />
        <LevelMeter engine={engine} label={t('check.level')} />
      </div>
      <button class="button stop-outline" type="button" onClick={() => void engine.hangUp()}>
        <Icon name="hangUp" />
        {t('waiting.cancel')}
      </button>
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

export function EndedScreen({ call }: { call: Phase<'ended'> }) {
  const { t, begin } = useWidget();
  return (
    <section class="screen">
      <Heading>{t(endedText(call))}</Heading>
      {call.talkedMs > 0 && <p class="figures">{t('ended.duration', { time: formatTimer(call.talkedMs) })}</p>}
      <button class="button go" type="button" onClick={() => begin(call.channel)}>
        <Icon name="call" />
        {t('ended.again')}
      </button>
    </section>
  );
}

interface FailureProps {
  readonly failure: Failure;
  readonly onRetry: () => void;
  readonly onCancel: () => void;
}

export function FailureScreen({ failure, onRetry, onCancel }: FailureProps) {
  const { t, begin } = useWidget();
  const retries = failure !== 'unsupported' && failure !== 'insecure' && failure !== 'server';
  const voiceMayDo = failure === 'noCamera' || failure === 'deniedVideo';
  return (
    <section class="screen" role="alert">
      <Heading key={failure}>{t(`failed.${failure}.title`)}</Heading>
      <p class="note wait">
        <Icon name="warning" />
        <span>{t(remedy(failure))}</span>
      </p>
      {failure === 'deniedVideo' && <p class="fine">{t('allow.camera')}</p>}
      {(failure === 'denied' || failure === 'deniedVideo') && <p class="fine">{t('allow.system')}</p>}
      <div class="choices">
        {retries && (
          <button class="button primary" type="button" onClick={onRetry}>
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
          {t(failure === 'server' ? 'waiting.cancel' : 'failed.back')}
        </button>
      </div>
    </section>
  );
}

/** What the visitor can do about it. */
function remedy(failure: Failure): WidgetText {
  return failure === 'denied' || failure === 'deniedVideo' ? `allow.${browserKind(navigator)}` : `failed.${failure}.text`;
}
