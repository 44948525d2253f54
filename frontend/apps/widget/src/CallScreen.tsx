import type { CallState } from '@calldocker/client';
import type { IconName } from '@calldocker/ui';
import { useWidget } from './context.ts';
import { Heading, Icon, Picture, Timer } from './parts.tsx';
import { isCutOff, qualityText, reconnectingText } from './view.ts';

interface CallScreenProps {
  readonly call: Extract<CallState, { phase: 'connected' | 'reconnecting' }>;
  readonly soundBlocked: boolean;
  /** What did not work a moment ago, in words. */
  readonly notice: string | undefined;
  readonly onTap: () => void;
  readonly onDevices: () => void;
}

export function CallScreen({ call, soundBlocked, notice, onTap, onDevices }: CallScreenProps) {
  const { t, snapshot } = useWidget();
  const { media } = snapshot;
  const name = call.contact.agent?.name ?? t('call.withTeam');
  const mending = call.phase === 'reconnecting' || isCutOff(snapshot);
  return (
    <section class="screen call">
      {soundBlocked && (
        <div class="note wait tap">
          <span>{t('call.tapToHearText')}</span>
          <button class="button primary" type="button" onClick={onTap}>
            <Icon name="speaker" />
            {t('call.tapToHear')}
          </button>
        </div>
      )}
      <div class={`stage ${media.remoteVideo ? 'with-picture' : ''}`}>
        {media.remoteVideo && media.remoteStream ? (
          <Picture stream={media.remoteStream} label={t('call.remoteVideo')} kind="remote" />
        ) : (
          <span class="avatar" aria-hidden="true">
            {initialsOf(name)}
          </span>
        )}
        {media.localVideo && (
          <Picture stream={media.localVideo} label={t('call.ownVideo')} kind={media.screen === 'on' ? 'own-screen' : 'own'} />
        )}
      </div>
      <div class="who">
        <Heading>{name}</Heading>
        <Timer since={call.connectedAt} label={t('call.time')} />
      </div>
      <div class="notices" aria-live="polite">
        {mending ? (
          <p class="note wait">
            <Icon name="retry" />
            <span>{t(reconnectingText(snapshot))}</span>
          </p>
        ) : (
          <QualityLine />
        )}
        {notice && (
          <p class="note wait">
            <Icon name="warning" />
            <span>{notice}</span>
          </p>
        )}
        {media.muted && (
          <p class="note wait">
            <Icon name="microphoneOff" />
            <span>{t('call.mutedNotice')}</span>
          </p>
        )}
        {media.screen === 'on' && (
          <p class="note">
            <Icon name="share" />
            <span>{t('call.sharingNotice')}</span>
          </p>
        )}
      </div>
      <Controls onDevices={onDevices} />
    </section>
  );
}

function QualityLine() {
  const { t, snapshot } = useWidget();
  const quality = qualityText(snapshot);
  if (!quality) return null;
  const icons = { 'quality.good': 'signalGood', 'quality.fair': 'signalFair', 'quality.poor': 'signalPoor' } as const;
  return (
    <p class={`quality ${quality === 'quality.poor' ? 'poor' : ''}`}>
      <Icon name={icons[quality]} />
      <span>{t(quality)}</span>
    </p>
  );
}

const canShareScreen = typeof navigator !== 'undefined' && 'getDisplayMedia' in (navigator.mediaDevices ?? {});

function Controls({ onDevices }: { onDevices: () => void }) {
  const { t, engine, snapshot } = useWidget();
  const { muted, camera, screen } = snapshot.media;
  return (
    <div class="call-footer">
      <fieldset class="controls">
        <legend class="hidden">{t('call.controls')}</legend>
        <Control
          icon={muted ? 'microphoneOff' : 'microphone'}
          label={t(muted ? 'call.unmute' : 'call.mute')}
          active={muted}
          onClick={() => engine.setMuted(!muted)}
        />
        <Control
          icon={camera === 'on' ? 'cameraOff' : 'camera'}
          label={t(camera === 'on' ? 'call.cameraOff' : 'call.cameraOn')}
          busy={camera === 'starting'}
          onClick={() => void engine.setCamera(camera !== 'on')}
        />
        {canShareScreen && (
          <Control
            icon={screen === 'on' ? 'shareOff' : 'share'}
            label={t(screen === 'on' ? 'call.stopSharing' : 'call.share')}
            active={screen === 'on'}
            busy={screen === 'starting'}
            onClick={() => void (screen === 'on' ? engine.stopScreenShare() : engine.startScreenShare())}
          />
        )}
        <Control icon="devices" label={t('call.devices')} onClick={onDevices} />
      </fieldset>
      <button class="button stop" type="button" onClick={() => void engine.hangUp()}>
        <Icon name="hangUp" />
        {t('call.hangUp')}
      </button>
    </div>
  );
}

interface ControlProps {
  readonly icon: IconName;
  readonly label: string;
  readonly active?: boolean;
  readonly busy?: boolean;
  readonly onClick: () => void;
}

/** An icon over its word. The word says what a click does, so nothing has to be pressed to find out. */
function Control({ icon, label, active = false, busy = false, onClick }: ControlProps) {
  return (
    <button class={`control ${active ? 'active' : ''}`} type="button" disabled={busy} onClick={onClick}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

/** "Amina Diallo" becomes "AD". */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
