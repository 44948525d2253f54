import type { CallEngine } from '@calldocker/client';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlerts } from './alerts.ts';
import { CallPage } from './call/CallPage.tsx';
import { SuperviseBar } from './call/SuperviseBar.tsx';
import { KeysDialog } from './commands/KeysDialog.tsx';
import { Palette } from './commands/Palette.tsx';
import { useFrameCommands } from './commands/use-frame-commands.ts';
import { Context, type DeskContext, type DeskServer } from './context.ts';
import { Announcer } from './frame/Announcer.tsx';
import { Frame } from './frame/Frame.tsx';
import { useNotice } from './frame/notices.ts';
import { Home } from './home/Home.tsx';
import { useDirectory, useEngine, useGoAvailable, useHandled, useSounds } from './hooks.ts';
import { LivePage } from './live/LivePage.tsx';
import { useWatch } from './live/use-watch.ts';
import { Wallboard } from './live/Wallboard.tsx';
import { pageToShow, usePage } from './page.ts';
import { Sound } from './parts.tsx';
import { Ringing } from './ringing/Ringing.tsx';
import { SettingsDialog } from './Settings.tsx';
import { type DeskSession, isSupervisor } from './session.ts';
import { currentCall, partIn } from './view.ts';

interface DeskProps {
  readonly engine: CallEngine;
  readonly session: DeskSession;
  readonly clockOffsetMs: number;
  readonly server: DeskServer;
  readonly onSignOut: () => void;
}

/** Everything that a person of the company works with: the frame, the page, what rings, and the sound of the call. */
export function Desk({ engine, session, clockOffsetMs, server, onSignOut }: DeskProps) {
  const { t } = useTranslation();
  const snapshot = useEngine(engine);
  const handled = useHandled(engine);
  const supervisor = isSupervisor(session);
  const call = currentCall(snapshot.call);
  const supervised = call !== undefined && call.phase !== 'wrapup' && partIn(call.contact) === 'supervisor';
  const [wanted, go] = usePage(supervised ? undefined : call?.callId);
  const page = pageToShow(wanted, { inCall: call !== undefined, supervisor });
  const [notice, forgetNotice] = useNotice(engine);
  const [soundBlocked, setSoundBlocked] = useState(false);
  const [taps, setTaps] = useState(0);
  const unblockSound = useCallback(() => setTaps((before) => before + 1), []);
  // Who only listens, or still writes, can be rung.
  const offer = call === undefined || call.phase === 'wrapup' || supervised ? snapshot.offers[0] : undefined;
  const { opened, open, close } = useFrameCommands({ page, go, inCall: call !== undefined, ringing: offer !== undefined, supervisor });
  const sounds = useSounds(engine, offer !== undefined && !offer.accepting);
  const { going, goAvailable } = useGoAvailable(engine, sounds.testRing);
  useAlerts(offer, call !== undefined && call.phase !== 'wrapup');
  useWatch(engine, page === 'live' || page === 'wallboard');
  useDirectory(engine, page === 'home');

  const { testRing, volume, setVolume } = sounds;
  const context = useMemo<DeskContext>(
    () => ({
      engine,
      snapshot,
      session,
      clockOffsetMs,
      page,
      go,
      server,
      soundBlocked,
      unblockSound,
      goAvailable,
      going,
      testRing,
      volume,
      setVolume,
    }),
    [
      engine,
      snapshot,
      session,
      clockOffsetMs,
      page,
      go,
      server,
      soundBlocked,
      unblockSound,
      goAvailable,
      going,
      testRing,
      volume,
      setVolume,
    ],
  );
  return (
    <Context.Provider value={context}>
      {page === 'wallboard' ? (
        <Wallboard />
      ) : (
        <Frame
          inCall={call !== undefined}
          supervisor={supervisor}
          notice={notice}
          onForgetNotice={forgetNotice}
          onOpen={open}
          onSignOut={onSignOut}
        >
          {call && supervised && <SuperviseBar call={call} />}
          {page === 'home' && <Home handled={handled} />}
          {page === 'call' && call && <CallPage key={call.callId} call={call} />}
          {page === 'live' && <LivePage />}
        </Frame>
      )}
      <Sound
        stream={snapshot.media.remoteStream}
        speaker={snapshot.devices.chosen.speaker}
        label={t('call.sound')}
        onBlocked={setSoundBlocked}
        taps={taps}
      />
      <Announcer />
      {offer && <Ringing key={offer.contact.callId} offer={offer} />}
      <SettingsDialog opened={opened === 'settings'} onClose={close} />
      <KeysDialog opened={opened === 'keys'} onClose={close} />
      {typeof opened === 'object' && <Palette commands={opened.palette} onClose={close} />}
    </Context.Provider>
  );
}
