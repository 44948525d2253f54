import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk, useLocalTime } from '../context.ts';
import { Icon, Timer } from '../parts.tsx';
import { type CurrentCall, currentCall, isSpoken, partIn, statusText } from '../view.ts';

/** Where the call is, on every page; and the way back to it. */
export function CallBar() {
  const { t } = useTranslation();
  const { snapshot, page, go } = useDesk();
  const call = currentCall(snapshot.call);
  const status = statusText(snapshot);
  const calm = status === 'status.connected' || status === 'status.conference' || status === 'status.voicemail';
  return (
    <div className={`call-bar ${call ? 'live' : ''}`}>
      <p className={`status ${calm ? '' : 'wait'}`} role="status" aria-live={isSpoken(status) ? 'polite' : 'off'}>
        {t(status)}
      </p>
      {call && (
        <span className="call-bar-name" dir="auto">
          {call.contact?.visitor.name ?? t('ring.unknown')}
        </span>
      )}
      {call && <BarTimer call={call} />}
      {call && page !== 'call' && (
        <div className="call-bar-actions">
          {call.phase === 'connected' && partIn(call.contact) === 'owner' && <Mute />}
          <Button
            className="call-bar-show"
            variant="default"
            size="compact-md"
            leftSection={<Icon name="call" size={16} />}
            onClick={() => go('call')}
          >
            {t('call.show')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** How long the talk is on; how long the visitor has been on hold, while they are. */
function BarTimer({ call }: { call: CurrentCall }) {
  const { t } = useTranslation();
  const local = useLocalTime();
  const { agent } = useDesk().snapshot;
  if (call.phase !== 'connected') return null;
  const held = call.stage === 'held' && agent?.label === 'on_hold';
  return held ? <Timer since={local(agent.since)} label={t('call.holdTime')} /> : <Timer since={call.connectedAt} label={t('call.time')} />;
}

function Mute() {
  const { t } = useTranslation();
  const { engine, snapshot } = useDesk();
  const { muted } = snapshot.media;
  return (
    <Button
      variant="default"
      size="compact-md"
      leftSection={<Icon name={muted ? 'microphoneOff' : 'microphone'} size={16} />}
      onClick={() => engine.setMuted(!muted)}
    >
      {t(muted ? 'call.unmute' : 'call.mute')}
    </Button>
  );
}
