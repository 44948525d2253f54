import type { CallEngine, CallEvents } from '@calldocker/client';
import { Alert, Button, Menu } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askForNotifications, useNotification, useTitle } from './alerts.ts';
import { CallView } from './CallView.tsx';
import { Context, type DeskContext } from './context.ts';
import { Home } from './Home.tsx';
import { useEngine, useHandled, useKeys, useSounds } from './hooks.ts';
import { KeysDialog } from './Keys.tsx';
import { Icon, Sound, Timer } from './parts.tsx';
import { Ringing } from './Ringing.tsx';
import { SettingsDialog } from './Settings.tsx';
import { StateMenu } from './StateMenu.tsx';
import type { DeskSession } from './session.ts';
import { liveCall, lostText, statusText } from './view.ts';

interface DeskProps {
  readonly engine: CallEngine;
  readonly session: DeskSession;
  readonly onSignOut: () => void;
}

/** The desk's frame: the rail, the top bar with my state and the call, and the page. */
export function Desk({ engine, session, onSignOut }: DeskProps) {
  const { t } = useTranslation();
  const snapshot = useEngine(engine);
  const handled = useHandled(engine);
  const [going, setGoing] = useState(false);
  const [dialog, setDialog] = useState<'settings' | 'keys'>();
  const [soundBlocked, setSoundBlocked] = useState(false);
  const [taps, setTaps] = useState(0);
  const [problem, forgetProblem] = useProblem(engine);
  const offer = snapshot.offers[0];
  const live = liveCall(snapshot.call);
  const status = statusText(snapshot);
  const sounds = useSounds(engine, offer !== undefined && !offer.accepting);

  const goAvailable = useCallback(() => {
    setGoing(true);
    askForNotifications();
    void engine.goAvailable().finally(() => {
      setGoing(false);
      if (engine.getSnapshot().mediaReady) sounds.testRing();
    });
  }, [engine, sounds.testRing]);

  const name = offer?.contact.visitor.name ?? t('ring.unknown');
  useTitle(t(live ? 'page.titleCall' : 'page.title'), offer && t('page.titleRinging'));
  useNotification(offer?.contact.callId, t('ring.title'), t('ring.notification', { name }));
  useKeys({ '?': () => setDialog('keys') });

  const context = useMemo<DeskContext>(
    () => ({ engine, snapshot, session, goAvailable, going, ...sounds }),
    [engine, snapshot, session, goAvailable, going, sounds],
  );
  const close = () => setDialog(undefined);
  return (
    <Context.Provider value={context}>
      <a className="skip" href="#page">
        {t('skip')}
      </a>
      <div className="frame">
        <nav className="rail" aria-label={t('rail.label')}>
          <img src="/favicon.svg" alt="CallDocker" width={36} height={36} />
          <a className="rail-entry" href="#page" aria-current="page">
            <Icon name="home" />
            <span>{t('rail.home')}</span>
          </a>
        </nav>
        <header className="top">
          <StateMenu />
          <div className={`call-bar ${live ? 'live' : ''}`}>
            <p className={`status ${status === 'status.connected' ? '' : 'wait'}`} role="status">
              {t(status)}
            </p>
            {live && <span className="call-bar-name">{live.contact?.visitor.name ?? t('ring.unknown')}</span>}
            {live?.phase === 'connected' && <Timer since={live.connectedAt} label={t('call.time')} />}
          </div>
          <Menu position="bottom-end" width={220}>
            <Menu.Target>
              <Button variant="subtle" color="gray" rightSection={<Icon name="down" size={16} />}>
                <Icon name="person" size={18} />
                <span className="person-name">{session.name}</span>
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{session.name}</Menu.Label>
              <Menu.Item leftSection={<Icon name="devices" size={16} />} onClick={() => setDialog('settings')}>
                {t('menu.settings')}
              </Menu.Item>
              <Menu.Item leftSection={<Icon name="keys" size={16} />} onClick={() => setDialog('keys')}>
                {t('menu.keys')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item leftSection={<Icon name="signOut" size={16} />} onClick={onSignOut}>
                {t('menu.signOut')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </header>
        <main className="page" id="page" tabIndex={-1}>
          {snapshot.connection.status === 'waiting' && !lostText(snapshot) && (
            <Alert icon={<Icon name="retry" />} mb="md">
              {t('connection.lost')}
            </Alert>
          )}
          {problem && (
            <Alert icon={<Icon name="warning" />} mb="md" withCloseButton closeButtonLabel={t('problem.dismiss')} onClose={forgetProblem}>
              {t(problem)}
            </Alert>
          )}
          {live ? <CallView call={live} soundBlocked={soundBlocked} onTap={() => setTaps(taps + 1)} /> : <Home handled={handled} />}
        </main>
      </div>
      <Sound
        stream={snapshot.media.remoteStream}
        speaker={snapshot.devices.chosen.speaker}
        label={t('call.sound')}
        onBlocked={setSoundBlocked}
        taps={taps}
      />
      {offer && !live && <Ringing key={offer.contact.callId} offer={offer} />}
      <SettingsDialog opened={dialog === 'settings'} onClose={close} />
      <KeysDialog opened={dialog === 'keys'} onClose={close} />
    </Context.Provider>
  );
}

type ProblemText =
  | 'problem.reservation_lost'
  | 'problem.gone'
  | 'problem.camera'
  | 'problem.screen'
  | 'problem.device'
  | 'problem.deviceLost'
  | 'problem.server';

/** What a person asked for and did not get, in words, until the next thing happens or they hide it. */
function useProblem(engine: CallEngine): readonly [ProblemText | undefined, () => void] {
  const [problem, setProblem] = useState<ProblemText>();
  const forget = useCallback(() => setProblem(undefined), []);
  useEffect(() => {
    const stops = [
      engine.on('problem', (what) => setProblem((before) => problemText(what) ?? before)),
      engine.on('device_lost', () => setProblem('problem.deviceLost')),
      engine.on('offered', forget),
      engine.on('connected', forget),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [engine, forget]);
  return [problem, forget];
}

function problemText({ what, code }: CallEvents['problem']): ProblemText | undefined {
  switch (what) {
    case 'camera':
      return 'problem.camera';
    case 'screen':
      return code === 'permission_denied' ? undefined : 'problem.screen'; // Closing the browser's question is no problem.
    case 'device':
      return 'problem.device';
    case 'microphone':
      return undefined; // The page shows `mediaProblem` beside the button that mends it.
    default:
      return code === 'reservation_lost' || code === 'gone' ? `problem.${code}` : 'problem.server';
  }
}
