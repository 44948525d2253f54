import { Button, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk, useLocalTime } from '../context.ts';
import { Icon, Note, Picture, Timer } from '../parts.tsx';
import { type LiveCall, lostText, partIn } from '../view.ts';
import { ColleaguePanel } from './ColleaguePanel.tsx';
import { AdviserControls, OwnerControls, SupervisorControls } from './Controls.tsx';
import { usePressedKeys } from './use-pressed-keys.ts';

type Talk = Exclude<LiveCall, { phase: 'elsewhere' | 'callback' }>;

const controls = { owner: OwnerControls, adviser: AdviserControls, supervisor: SupervisorControls };

/** The person at the centre, and under them how it goes and what can be done, in words. */
export function TalkView({ call }: { call: Talk }) {
  const { t } = useTranslation();
  const Controls = controls[partIn(call.contact)];
  return (
    <>
      <Stage />
      <div className="call-head">
        <Title order={1} size={24} className="call-name" dir="auto">
          {call.contact?.visitor.name ?? t('ring.unknown')}
        </Title>
        {call.phase !== 'connecting' && <Timer since={call.connectedAt} label={t('call.time')} />}
      </div>
      <TalkNotes call={call} />
      {call.contact && <ColleaguePanel contact={call.contact} />}
      <Controls call={call} />
    </>
  );
}

function Stage() {
  const { t } = useTranslation();
  const { media } = useDesk().snapshot;
  const remote = media.remotePicture;
  return (
    <div className={remote || media.localVideo ? 'stage with-picture' : 'stage'}>
      {remote ? (
        <Picture className="picture-remote" stream={remote} aria-label={t('call.picture')} />
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
  );
}

/** How the call is. The top bar's status says aloud that it is held or mended, and an announcement says which keys were pressed. */
function TalkNotes({ call }: { call: Talk }) {
  const { t } = useTranslation();
  const { snapshot, soundBlocked, unblockSound } = useDesk();
  const { muted, screen } = snapshot.media;
  const lost = lostText(snapshot);
  const pressed = usePressedKeys();
  return (
    <div className="call-notes">
      {call.phase === 'connecting' && <p className="hint">{t('call.connecting')}</p>}
      {lost ? <Note icon="retry">{t(lost)}</Note> : call.phase === 'connected' && <QualityLine />}
      {call.phase === 'connected' && call.stage === 'held' && <HeldNote />}
      {muted && <Note icon="microphoneOff">{t('call.muted')}</Note>}
      {screen === 'on' && <Note icon="share">{t('call.sharing')}</Note>}
      {pressed && <Note icon="keypad">{t('call.pressed', { keys: pressed })}</Note>}
      <div className="call-notes-spoken" aria-live="polite">
        {call.contact?.muted?.includes('visitor') && <Note icon="microphoneOff">{t('call.visitorMuted')}</Note>}
        {soundBlocked && (
          <Note icon="speaker">
            {t('call.hearText')}
            <Button size="compact-md" onClick={unblockSound}>
              {t('call.hear')}
            </Button>
          </Note>
        )}
      </div>
    </div>
  );
}

function HeldNote() {
  const { t } = useTranslation();
  const local = useLocalTime();
  const { agent } = useDesk().snapshot;
  return (
    <Note icon="hold">
      {t('call.held')}
      {agent?.label === 'on_hold' && <Timer since={local(agent.since)} label={t('call.holdTime')} />}
    </Note>
  );
}

function QualityLine() {
  const { t } = useTranslation();
  const { quality, media } = useDesk().snapshot;
  const word = quality?.word ?? 'measuring';
  const isVoice = media.localVideo === undefined && media.remotePicture === undefined;
  const advice = isVoice && (word === 'poor' || word === 'bad') ? (`${word}Voice` as const) : word;
  const icon = word === 'poor' || word === 'bad' ? 'signalPoor' : word === 'fair' ? 'signalFair' : 'signalGood';
  return (
    <p className={`quality ${icon}`}>
      <Icon name={icon} size={18} />
      <span>{t(`quality.${advice}`)}</span>
    </p>
  );
}
