import type { CallEngine, Signalling } from '@calldocker/client';
import { chooseLanguage, directionOf, type Language, languageNames, languages, rememberLanguage } from '@calldocker/i18n';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { CallScreen } from './CallScreen.tsx';
import type { Commands } from './commands.ts';
import { type Channel, Context, type WidgetContext } from './context.ts';
import { DevicesScreen } from './DevicesScreen.tsx';
import { useObservable } from './hooks.ts';
import { recall, remember, tabStorage } from './memory.ts';
import { useMoving } from './moving.ts';
import { Icon, Timer } from './parts.tsx';
import { gridTemplate } from './place.ts';
import { Sound } from './Sound.tsx';
import {
  ElsewhereScreen,
  EndedScreen,
  FailureScreen,
  LineCheckScreen,
  PermissionScreen,
  RestoringScreen,
  StartScreen,
  WaitingScreen,
} from './screens.tsx';
import { translatorFor, type WidgetText } from './text.ts';
import { type Failure, failureOf, isLive, isUnknown, statusText } from './view.ts';

export interface WidgetProps {
  readonly engine: CallEngine;
  readonly signalling: Pick<Signalling, 'connect'>;
  readonly firstLanguage: Language;
  /** Hears "open" from outside: the page's own button, `CallDocker.open()`. @returns the function that stops it */
  readonly onCommand: Commands['listen'];
  /** Called before the launcher or the window is seen. */
  readonly onAppear: () => void;
}

export function Widget({ engine, signalling, firstLanguage, onCommand, onAppear }: WidgetProps) {
  const snapshot = useObservable(engine);
  const { call } = snapshot;
  const live = isLive(call);
  const [open, setOpen] = useState(() => recall(tabStorage()).open);
  const [language, setLanguage] = useState(firstLanguage);
  const [name, setName] = useState('');
  const [choosingDevices, setChoosingDevices] = useState(false);
  const [soundBlocked, setSoundBlocked] = useState(false);
  const [taps, setTaps] = useState(0);
  const [startProblem, setStartProblem] = useState<Failure | undefined>();
  const [notice, setNotice] = useState<WidgetText | undefined>();
  const launcher = useRef<HTMLButtonElement>(null);
  const t = useMemo(() => translatorFor(language), [language]);
  const direction = directionOf(language);
  const { place, moving, frame, grip, onKeyDown } = useMoving(direction);
  const { rows, columns } = gridTemplate(place);

  // A reloaded page knows from its memory that there is a call, until the server has said how it stands.
  const [recalled, setRecalled] = useState(() => recall(tabStorage()).live);
  const restoring = recalled && isUnknown(snapshot);
  useEffect(() => {
    if (recalled && !restoring) setRecalled(false);
  }, [recalled, restoring]);
  useEffect(() => remember(tabStorage(), { open, live: live || restoring }), [open, live, restoring]);
  useEffect(
    () => onCommand((command) => (command === 'open' || command === 'close' ? setOpen(command === 'open') : setLanguage(command))),
    [onCommand],
  );
  useLayoutEffect(onAppear, [open]);
  useEffect(() => setNotice(undefined), [call.phase]);
  useEffect(
    () =>
      engine.on('problem', ({ what, code }) => {
        if (what === 'start') setStartProblem(code === 'overloaded' ? 'overloaded' : 'other');
        // A visitor who closes the browser's question about the screen has not met a problem.
        else if (what === 'screen' && code !== 'permission_denied') setNotice('notice.screen');
        else if (what === 'camera') setNotice('notice.camera');
        else if (what === 'device' || what === 'microphone') setNotice('notice.device');
      }),
    [engine],
  );
  useEffect(() => engine.on('device_lost', () => setNotice('devices.lost')), [engine]);

  const begin = useCallback(
    (channel: Channel) => {
      setStartProblem(undefined);
      // "Try again" after a refusal: the attempt that stands is given up first.
      if (isLive(engine.getSnapshot().call)) void engine.hangUp();
      signalling.connect();
      void engine.checkLine(channel);
    },
    [engine, signalling],
  );
  const channel = 'channel' in call ? call.channel : 'voice';
  const startCall = useCallback(() => {
    setChoosingDevices(false);
    const trimmed = name.trim();
    void engine.startCall({ channel, page: location.href.slice(0, 1024), ...(trimmed ? { name: trimmed } : {}) });
  }, [engine, channel, name]);
  const close = () => {
    setOpen(false);
    setChoosingDevices(false);
    if (!live && call.phase !== 'idle') {
      void engine.hangUp();
      engine.dismiss();
    }
    queueMicrotask(() => launcher.current?.focus());
  };

  const failure = startProblem ?? failureOf(snapshot, window.isSecureContext);
  const context: WidgetContext = { engine, snapshot, t, begin, call: startCall };
  const reset = () => {
    setStartProblem(undefined);
    void engine.hangUp();
    engine.dismiss();
  };
  const screen = () => {
    if (restoring) return <RestoringScreen />;
    if (failure) return <FailureScreen failure={failure} onRetry={() => begin(channel)} onCancel={reset} />;
    if (choosingDevices) return <DevicesScreen onDone={() => setChoosingDevices(false)} />;
    switch (call.phase) {
      case 'preparing':
        return <PermissionScreen call={call} />;
      case 'line_check':
        return <LineCheckScreen onDevices={() => setChoosingDevices(true)} />;
      case 'waiting':
      case 'ringing':
      case 'connecting':
        return <WaitingScreen call={call} />;
      case 'connected':
      case 'reconnecting':
        return (
          <CallScreen
            call={call}
            soundBlocked={soundBlocked}
            notice={notice && t(notice)}
            onTap={() => setTaps(taps + 1)}
            onDevices={() => setChoosingDevices(true)}
          />
        );
      case 'elsewhere':
        return <ElsewhereScreen />;
      case 'ended':
        return <EndedScreen call={call} />;
      default:
        return <StartScreen name={name} onName={setName} />;
    }
  };

  const status = t(restoring ? 'status.reconnecting' : statusText(snapshot, failure));
  return (
    <Context.Provider value={context}>
      <div class="widget" lang={language} dir={direction}>
        <Sound
          stream={snapshot.media.remoteStream}
          speaker={snapshot.devices.chosen.speaker}
          label={t('call.remoteSound')}
          onBlocked={setSoundBlocked}
          taps={taps}
        />
        <div class={`frame ${moving ? 'moving' : ''}`} ref={frame} style={{ '--rows': rows, '--columns': columns }}>
          {open ? (
            <div class="panel" role="dialog" aria-label={t('panel.title')} onKeyDown={(event) => event.key === 'Escape' && close()}>
              <div class="header" {...grip}>
                <span class={`dot ${toneOf(call.phase, status === t('status.reconnecting'))}`} aria-hidden="true" />
                <p class="status" role="status">
                  {status}
                </p>
                {!live && <LanguageChoice language={language} label={t('panel.language')} onChoose={setLanguage} />}
                <button class="icon-button mover" type="button" aria-label={t('panel.move')} onKeyDown={onKeyDown}>
                  <Icon name="move" />
                </button>
                <button class="icon-button" type="button" aria-label={t(live ? 'panel.minimiseCall' : 'panel.minimise')} onClick={close}>
                  <Icon name={live ? 'minimise' : 'close'} />
                </button>
              </div>
              <div class="body">{screen()}</div>
            </div>
          ) : (
            <button class="launcher" type="button" ref={launcher} {...grip} onClick={() => setOpen(true)}>
              <Icon name="call" />
              {t(live ? 'launcher.open' : 'launcher.call')}
              {call.phase === 'connected' && <Timer since={call.connectedAt} label={t('call.time')} />}
            </button>
          )}
        </div>
        {!open && live && (
          <p class="hidden" role="status">
            {status}
          </p>
        )}
      </div>
    </Context.Provider>
  );
}

interface LanguageChoiceProps {
  readonly language: Language;
  readonly label: string;
  readonly onChoose: (language: Language) => void;
}

function LanguageChoice({ language, label, onChoose }: LanguageChoiceProps) {
  const choose = (value: string) => {
    const chosen = chooseLanguage([value]);
    rememberLanguage(chosen);
    onChoose(chosen);
  };
  return (
    <select class="language" aria-label={label} value={language} onChange={(event) => choose(event.currentTarget.value)}>
      {languages.map((each) => (
        <option key={each} value={each} lang={each}>
          {languageNames[each]}
        </option>
      ))}
    </select>
  );
}

/** The colour of the dot beside the status. The word says the same. */
function toneOf(phase: string, reconnecting: boolean): 'go' | 'wait' | '' {
  if (reconnecting || phase === 'waiting' || phase === 'ringing' || phase === 'connecting' || phase === 'reconnecting') return 'wait';
  return phase === 'connected' || phase === 'elsewhere' ? 'go' : '';
}
