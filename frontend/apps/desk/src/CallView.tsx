import type { IconName } from '@calldocker/ui';
import { formatTimer } from '@calldocker/ui';
import { Button, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from './context.ts';
import { useKeys } from './hooks.ts';
import { Icon, Picture, Timer } from './parts.tsx';
import { DevicesDialog } from './Settings.tsx';
import { type LiveCall, lostText, readableAddress } from './view.ts';

interface CallViewProps {
  readonly call: LiveCall;
  readonly soundBlocked: boolean;
  readonly onTap: () => void;
}

/** The person at the centre, the controls with their words under it, and what is known about the visitor beside it. */
export function CallView({ call, soundBlocked, onTap }: CallViewProps) {
  const { t } = useTranslation();
  const { engine, snapshot } = useDesk();
  const { media } = snapshot;
  const name = call.contact?.visitor.name ?? t('ring.unknown');
  if (call.phase === 'elsewhere') {
    return (
      <Paper withBorder p="xl" className="notice-card">
        <Title order={1} size={22}>
          {t('call.elsewhere')}
        </Title>
        <Text>{t('call.elsewhereText')}</Text>
        <Button size="md" leftSection={<Icon name="call" />} onClick={() => void engine.takeOver()}>
          {t('call.takeHere')}
        </Button>
      </Paper>
    );
  }
  const lost = lostText(snapshot);
  return (
    <section className="call" aria-label={t('call.label')}>
      <div className="call-main">
        <div className="stage">
          {media.remoteVideo && media.remoteStream ? (
            <Picture className="picture-remote" stream={media.remoteStream} aria-label={t('call.picture')} />
          ) : (
            <span className="avatar">
              <Icon name="person" size={56} />
            </span>
          )}
          {media.localVideo && (
            <Picture
              className={media.screen === 'on' ? 'picture-own screen' : 'picture-own'}
              stream={media.localVideo}
              aria-label={t('call.ownPicture')}
            />
          )}
        </div>
        <div className="call-head">
          <Title order={1} size={24} className="call-name">
            {name}
          </Title>
          {call.phase !== 'connecting' && <Timer since={call.connectedAt} label={t('call.time')} />}
        </div>
        <div className="call-notes" aria-live="polite">
          {call.phase === 'connecting' && <Text c="dimmed">{t('call.connecting')}</Text>}
          {lost ? <Note icon="retry">{t(lost)}</Note> : call.phase === 'connected' && <QualityLine />}
          {media.muted && <Note icon="microphoneOff">{t('call.muted')}</Note>}
          {media.screen === 'on' && <Note icon="share">{t('call.sharing')}</Note>}
        </div>
        {soundBlocked && (
          <Note icon="speaker">
            {t('call.hearText')}{' '}
            <Button size="compact-md" onClick={onTap}>
              {t('call.hear')}
            </Button>
          </Note>
        )}
        <Controls />
      </div>
      <VisitorCard call={call} />
    </section>
  );
}

function Note({ icon, children }: { icon: IconName; children: React.ReactNode }) {
  return (
    <p className="note">
      <Icon name={icon} size={18} />
      <span>{children}</span>
    </p>
  );
}

function QualityLine() {
  const { t } = useTranslation();
  const { quality } = useDesk().snapshot;
  const word = quality?.word ?? 'measuring';
  const icon = word === 'poor' || word === 'bad' ? 'signalPoor' : word === 'fair' ? 'signalFair' : 'signalGood';
  return (
    <p className={`quality ${icon}`}>
      <Icon name={icon} size={18} />
      <span>{t(`quality.${word}`)}</span>
    </p>
  );
}

function Controls() {
  const { t } = useTranslation();
  const { engine, snapshot } = useDesk();
  const { muted, camera, screen } = snapshot.media;
  const [choosing, setChoosing] = useState(false);
  const mute = () => engine.setMuted(!muted);
  const turnCamera = () => void engine.setCamera(camera !== 'on');
  const share = () => void (screen === 'on' ? engine.stopScreenShare() : engine.startScreenShare());
  useKeys({ m: mute, v: turnCamera, s: share });
  return (
    <fieldset className="controls">
      <legend className="hidden">{t('call.controls')}</legend>
      <Control
        icon={muted ? 'microphoneOff' : 'microphone'}
        label={t(muted ? 'call.unmute' : 'call.mute')}
        active={muted}
        keys="m"
        onClick={mute}
      />
      <Control
        icon={camera === 'on' ? 'cameraOff' : 'camera'}
        label={t(camera === 'on' ? 'call.cameraOff' : 'call.cameraOn')}
        busy={camera === 'starting'}
        keys="v"
        onClick={turnCamera}
      />
      <Control
        icon={screen === 'on' ? 'shareOff' : 'share'}
        label={t(screen === 'on' ? 'call.stopSharing' : 'call.share')}
        active={screen === 'on'}
        busy={screen === 'starting'}
        keys="s"
        onClick={share}
      />
      <Control icon="devices" label={t('call.devices')} onClick={() => setChoosing(true)} />
      <button type="button" className="control stop" onClick={() => void engine.hangUp()}>
        <Icon name="hangUp" />
        <span>{t('call.hangUp')}</span>
      </button>
      <DevicesDialog opened={choosing} onClose={() => setChoosing(false)} />
    </fieldset>
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
function Control({ icon, label, active = false, busy = false, keys, onClick }: ControlProps) {
  return (
    <button type="button" className={active ? 'control active' : 'control'} disabled={busy} aria-keyshortcuts={keys} onClick={onClick}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

function VisitorCard({ call }: { call: LiveCall }) {
  const { t } = useTranslation();
  const { contact } = call;
  if (!contact) return null;
  const { visitor, createdAt, acceptedAt } = contact;
  return (
    <Paper component="aside" withBorder p="lg" className="visitor" aria-label={t('call.visitor')}>
      <Title order={2} size={16}>
        {t('call.visitor')}
      </Title>
      <Text size="lg" mt="xs" dir="auto">
        {visitor.name ?? t('call.noName')}
      </Text>
      <dl className="facts">
        <dt>{t('call.page')}</dt>
        <dd dir={visitor.page ? 'ltr' : undefined}>{visitor.page ? readableAddress(visitor.page) : t('call.noPage')}</dd>
        {visitor.topic && (
          <>
            <dt>{t('call.topic')}</dt>
            <dd dir="auto">{visitor.topic}</dd>
          </>
        )}
        {acceptedAt && (
          <>
            <dt>{t('call.waited')}</dt>
            <dd className="timer">{formatTimer(Date.parse(acceptedAt) - Date.parse(createdAt))}</dd>
          </>
        )}
      </dl>
    </Paper>
  );
}
