import type { Recording } from '@calldocker/client';
import { formatTimer } from '@calldocker/ui';
import { useWidget } from './context.ts';
import { Player } from './Player.tsx';
import { Button, Heading, Icon, LevelMeter, Note, Notice, Timer } from './parts.tsx';
import type { Phase } from './view.ts';

type Stage<S extends Recording['stage']> = Extract<Recording, { stage: S }>;

/** The visitor speaks. */
export function RecordingScreen({ recording: { since, endsAt } }: { recording: Stage<'recording'> }) {
  const { t, engine } = useWidget();
  return (
    <section class="screen">
      <Heading>{t('message.recording')}</Heading>
      <p>{t('message.hint')}</p>
      <div class="waiting recording">
        <span class="beacon" aria-hidden="true">
          <Icon name="microphone" />
        </span>
        <p class="waited">
          <Timer since={since} label={t('message.time')} />
          <span class="fine">{t('message.limit', { time: formatTimer(endsAt - since) })}</span>
        </p>
      </div>
      <LevelMeter engine={engine} label={t('check.level')} />
      <div class="choices">
        <Button kind="primary" icon="stop" onClick={() => engine.stopVoicemail()}>
          {t('message.stop')}
        </Button>
        <Button kind="quiet" onClick={() => engine.discardVoicemail()}>
          {t('message.cancel')}
        </Button>
      </div>
    </section>
  );
}

/** It is spoken, and can be heard before it goes. */
export function MessageScreen({ recording }: { recording: Stage<'recorded' | 'sending'> }) {
  const { t, engine, speak, forgetNotice } = useWidget();
  const sending = recording.stage === 'sending';
  const send = () => {
    forgetNotice();
    void engine.sendVoicemail();
  };
  return (
    <section class="screen">
      <Heading>{t('message.title')}</Heading>
      <p>{t('message.check')}</p>
      <Player key={recording.url} url={recording.url} durationMs={recording.durationMs} />
      <Notice />
      <div class="choices">
        <Button kind="go" icon="send" busy={sending} onClick={send}>
          {t(sending ? 'message.sending' : 'message.send')}
        </Button>
        <Button icon="retry" busy={sending} onClick={speak}>
          {t('message.again')}
        </Button>
        <Button kind="stop-outline" icon="discard" onClick={() => engine.discardVoicemail()}>
          {t('message.discard')}
        </Button>
      </div>
    </section>
  );
}

export function MessageSentScreen({ call }: { call: Phase<'voicemail'> }) {
  const { t, engine } = useWidget();
  return (
    <section class="screen">
      <Heading key={call.callId}>{t('message.sentTitle')}</Heading>
      <Note icon="done" tone="go">
        {t('message.sentText')}
      </Note>
      <Button onClick={() => engine.dismiss()}>{t('devices.done')}</Button>
    </section>
  );
}
