import type { IconName } from '@calldocker/ui';
import { useWidget } from './context.ts';
import { Button, Heading, Icon, Note, Notice, Picture, Timer } from './parts.tsx';
import { initialsOf, isCutOff, isOtherMuted, type Phase, qualityText, reconnectingText } from './view.ts';

type Talk = Phase<'connected' | 'held' | 'reconnecting'>;

interface CallScreenProps {
  readonly call: Talk;
  readonly soundBlocked: boolean;
  readonly unread: number;
  readonly onTap: () => void;
}

export function CallScreen({ call, soundBlocked, unread, onTap }: CallScreenProps) {
  const { t, snapshot } = useWidget();
  const { media } = snapshot;
  const name = call.contact.agent?.name ?? t('call.withTeam');
  const held = call.phase === 'held';
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
      <div class={`stage ${media.remotePicture && !held ? 'with-picture' : ''}`}>
        {media.remotePicture && !held ? (
          <Picture stream={media.remotePicture} label={t('call.remoteVideo')} kind="remote" />
        ) : (
          <span class={`avatar ${held ? 'held' : ''}`} aria-hidden="true">
            {held ? <Icon name="hold" /> : initialsOf(name)}
          </span>
        )}
        {media.localVideo && (
          <Picture stream={media.localVideo} label={t('call.ownVideo')} kind={media.screen === 'on' ? 'own-screen' : 'own'} />
        )}
      </div>
      <div class="who">
        <Heading key={held ? 'held' : 'call'}>{held ? t('held.title') : name}</Heading>
        <Timer since={call.connectedAt} label={t('call.time')} />
      </div>
      <Situation call={call} />
      <Notice />
      <Controls held={held} unread={unread} />
    </section>
  );
}

/** How the call is. That it is held or mended is read out in the header; how good the sound is can be heard. */
function Situation({ call }: { call: Talk }) {
  const { t, snapshot } = useWidget();
  const { media } = snapshot;
  const held = call.phase === 'held';
  const mending = call.phase === 'reconnecting' || isCutOff(snapshot);
  return (
    <div class="notices">
      {held && (
        <Note icon="hold" tone="wait">
          {t('held.text')}
        </Note>
      )}
      {mending && (
        <Note icon="retry" tone="wait">
          {t(reconnectingText(snapshot))}
        </Note>
      )}
      {!held && !mending && <QualityLine />}
      <div class="notices" aria-live="polite">
        {isOtherMuted(call) && <Note icon="microphoneOff">{t('call.otherMuted')}</Note>}
      </div>
      {media.muted && (
        <Note icon="microphoneOff" tone="wait">
          {t('call.mutedNotice')}
        </Note>
      )}
      {media.screen === 'on' && <Note icon="share">{t('call.sharingNotice')}</Note>}
    </div>
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

function Controls({ held, unread }: { held: boolean; unread: number }) {
  const { t, engine, snapshot, show } = useWidget();
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
        {!held && (
          <Control
            icon={camera === 'on' ? 'cameraOff' : 'camera'}
            label={t(camera === 'on' ? 'call.cameraOff' : 'call.cameraOn')}
            busy={camera === 'starting'}
            onClick={() => void engine.setCamera(camera !== 'on')}
          />
        )}
        {canShareScreen && !held && (
          <Control
            icon={screen === 'on' ? 'shareOff' : 'share'}
            label={t(screen === 'on' ? 'call.stopSharing' : 'call.share')}
            active={screen === 'on'}
            busy={screen === 'starting'}
            onClick={() => void (screen === 'on' ? engine.stopScreenShare() : engine.startScreenShare())}
          />
        )}
        <Control
          icon="chat"
          label={unread > 0 ? t('chat.unread', { count: unread }) : t('call.chat')}
          active={unread > 0}
          onClick={() => show('chat')}
        />
        {!held && <Control icon="keypad" label={t('call.keypad')} onClick={() => show('keypad')} />}
        {!held && <Control icon="devices" label={t('call.devices')} onClick={() => show('devices')} />}
      </fieldset>
      <p class="hidden" role="status">
        {unread > 0 && t('chat.unread', { count: unread })}
      </p>
      <Button kind="stop" icon="hangUp" onClick={() => void engine.hangUp()}>
        {t('call.hangUp')}
      </Button>
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
