import { type CallEngine, isFramed, mayUse, type Signalling, steadyNow } from '@calldocker/client';
import { directionOf, type Language } from '@calldocker/i18n';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Commands } from './commands.ts';
import { Context, type WidgetContext } from './context.ts';
import { keepDrafts, recallDrafts } from './drafts.ts';
import { Header } from './Header.tsx';
import { useObservable, useUnread } from './hooks.ts';
import { type LinkChoice, LinkScreen } from './LinkScreen.tsx';
import { type Memory, remember, tabStorage } from './memory.ts';
import { useMoving } from './moving.ts';
import { Icon, Timer } from './parts.tsx';
import { gridTemplate } from './place.ts';
import { offersOf, serviceOf } from './queue-view.ts';
import { Screen } from './Screen.tsx';
import { Sound } from './Sound.tsx';
import { type Side, screenOf, sideFits } from './screen.ts';
import { translatorFor } from './text.ts';
import { useAttempts } from './use-attempts.ts';
import { useNotices } from './use-notices.ts';
import { useQueueStatus } from './use-queue-status.ts';
import { againOf, failureOf, isLive, isUnknown, launcherText, momentOf, type Surroundings, statusText, toneOf } from './view.ts';

export interface WidgetProps {
  readonly engine: CallEngine;
  readonly signalling: Pick<Signalling, 'connect'>;
  /** How it was when the page before this one went. */
  readonly memory: Memory;
  readonly firstLanguage: Language;
  /** The page was opened by a link back to a call or a place, which asks first. */
  readonly link?: LinkChoice | undefined;
  /** Hears "open" from outside: the page's own button, `CallDocker.open()`. @returns the function that stops it */
  readonly onCommand: Commands['listen'];
  /** Called before the launcher or the window is seen. */
  readonly onAppear: () => void;
}

const here: Surroundings = { secure: window.isSecureContext, framed: isFramed(), mayTalk: mayUse('microphone') !== false };

export function Widget({ engine, signalling, memory, firstLanguage, link, onCommand, onAppear }: WidgetProps) {
  const snapshot = useObservable(engine);
  const { call } = snapshot;
  const [open, setOpen] = useState(memory.open);
  const [language, setLanguage] = useState(firstLanguage);
  const [drafts, setDrafts] = useState(() => recallDrafts(tabStorage()));
  const [side, setSide] = useState<Side | undefined>();
  const [soundBlocked, setSoundBlocked] = useState(false);
  const [taps, setTaps] = useState(0);
  const launcher = useRef<HTMLButtonElement>(null);
  const t = useMemo(() => translatorFor(language), [language]);
  const { notice, startProblem, startAgain, forget } = useNotices(engine, call.phase === 'prequeue' ? 'idle' : call.phase);
  const failure = startProblem ?? failureOf(snapshot, here);
  const live = isLive(call) && failure !== 'refused';
  const direction = directionOf(language);
  const { place, moving, frame, grip, onKeyDown } = useMoving(direction);
  const { rows, columns } = gridTemplate(place);

  // A reloaded page knows from its memory that there is a call, until the server has said how it stands.
  const [recalled, setRecalled] = useState(memory.live);
  const restoring = recalled && isUnknown(snapshot);
  useEffect(() => {
    if (recalled && !restoring) setRecalled(false);
  }, [recalled, restoring]);
  // At once: the page may go in the moment after a click.
  useLayoutEffect(() => remember(tabStorage(), { open, live: live || restoring }), [open, live, restoring]);
  useLayoutEffect(() => keepDrafts(tabStorage(), drafts), [drafts]);
  useEffect(
    () =>
      onCommand((command) => {
        if (command !== 'open' && command !== 'close' && command !== 'end') return setLanguage(command);
        setOpen(command === 'open');
        if (command !== 'end') return;
        void engine.hangUp();
        engine.dismiss();
      }),
    [onCommand, engine],
  );
  useLayoutEffect(onAppear, [open]);
  const asks = link !== undefined;
  useEffect(() => {
    if (asks) setOpen(true);
  }, [asks]);

  // Who opens the window wants to know whether anybody is there. A link opens it by itself, and connects nothing.
  const moment = open && !asks ? momentOf(call) : undefined;
  useEffect(() => {
    if (moment === 'before') signalling.connect();
  }, [moment, signalling]);
  const contact = 'contact' in call ? call.contact : undefined;
  const status = useQueueStatus(engine, moment, contact?.queue?.queueId);

  useEffect(() => {
    if (side && !sideFits(side, call)) setSide(undefined);
  }, [side, call]);
  const calledBack = call.phase === 'callback' && call.stage === 'dialing';
  useEffect(() => {
    if (calledBack) setOpen(true);
  }, [calledBack]);
  const unread = useUnread(snapshot.chat, open && side === 'chat');

  const show = useCallback(
    (next?: Side) => {
      forget();
      setSide(next);
    },
    [forget],
  );
  const write: WidgetContext['write'] = useCallback(
    (changes) => setDrafts((before) => ({ ...before, ...(typeof changes === 'function' ? changes(before) : changes) })),
    [],
  );
  const attempts = useAttempts({ engine, signalling, drafts, write, show, forget });
  const close = () => {
    link?.dismiss();
    setOpen(false);
    setSide(undefined);
    if (!live && call.phase !== 'idle') {
      void engine.hangUp();
      engine.dismiss();
    }
    queueMicrotask(() => launcher.current?.focus());
  };
  const reset = () => {
    if (call.phase === 'idle') return close();
    forget();
    void engine.hangUp();
    engine.dismiss();
  };

  const context: WidgetContext = {
    engine,
    snapshot,
    t,
    language,
    service: serviceOf(status),
    opensAt: status?.opensAt,
    offers: offersOf(status, here),
    here,
    drafts,
    write,
    notice: notice && t(notice.text, notice.values),
    forgetNotice: forget,
    show,
    ...attempts,
  };
  const screen = screenOf({ snapshot, restoring, failure, side, service: context.service });
  const where = restoring ? 'status.reconnecting' : screen === 'closed' ? 'status.closed' : statusText(snapshot, failure);
  return (
    <Context.Provider value={context}>
      <div class="widget" lang={language} dir={direction}>
        <Sound stream={snapshot.media.remoteStream} speaker={snapshot.devices.chosen.speaker} onBlocked={setSoundBlocked} taps={taps} />
        <div class={`frame ${moving ? 'moving' : ''}`} ref={frame} style={{ '--rows': rows, '--columns': columns }}>
          {open ? (
            <div class="panel" role="dialog" aria-label={t('panel.title')} onKeyDown={(event) => event.key === 'Escape' && close()}>
              <Header
                status={where && t(where)}
                tone={toneOf(snapshot, failure)}
                live={live}
                grip={grip}
                onMoveKey={onKeyDown}
                onLanguage={setLanguage}
                onClose={close}
              />
              <div class="body">
                {link ? (
                  <LinkScreen {...link} replaces={live} />
                ) : (
                  <Screen
                    name={screen}
                    failure={failure}
                    again={startAgain ?? againOf(snapshot, steadyNow())}
                    soundBlocked={soundBlocked}
                    unread={unread}
                    onTap={() => setTaps(taps + 1)}
                    onRetry={attempts.retry}
                    onReset={reset}
                  />
                )}
              </div>
            </div>
          ) : (
            <button class="launcher" type="button" ref={launcher} {...grip} onClick={() => setOpen(true)}>
              <Icon name="call" />
              {t(launcherText(call, live))}
              {call.phase === 'connected' && (
                // The name of a button that has the focus is read out whenever it changes.
                <span aria-hidden="true">
                  <Timer since={call.connectedAt} label={t('call.time')} />
                </span>
              )}
            </button>
          )}
        </div>
        {!open && live && (
          <p class="hidden" role="status">
            {where ? t(where) : failure && t(`failed.${failure}.title`)}
          </p>
        )}
      </div>
    </Context.Provider>
  );
}
