import { type CallEngine, type Levels, steadyNow } from '@calldocker/client';
import { Sounds, untilNextSecond } from '@calldocker/ui';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { askForNotifications } from './alerts.ts';
import { addHandled, type HandledCall, keepHandled, readHandled } from './handled.ts';

export function useEngine(engine: CallEngine) {
  return useSyncExternalStore(engine.subscribe, engine.getSnapshot);
}

/** The time of this page (`steadyNow`), rendered anew as each second begins, counted from `from`. */
export function useClock(from: number): number {
  const [now, setNow] = useState(steadyNow);
  useEffect(() => {
    const timer = setTimeout(() => setNow(steadyNow()), untilNextSecond(now - from));
    return () => clearTimeout(timer);
  }, [now, from]);
  return now;
}

/** Calls `draw` with each level, past the renderer: a meter moves twenty times a second. */
export function useLevels(engine: CallEngine, draw: (levels: Levels) => void): void {
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
  });
  useEffect(() => engine.onLevels((levels) => latest.current(levels)), [engine]);
}

const volumeKey = 'calldocker.ring-volume';

/** The desk's sounds, on the engine's audio context; silent until a click has unlocked it. */
export function useSounds(engine: CallEngine, ringing: boolean) {
  const sounds = useRef<Sounds>(undefined);
  const [volume, setVolume] = useState(readVolume);
  const get = useCallback(() => {
    const context = engine.audioContext();
    if (!sounds.current && context) sounds.current = new Sounds(context);
    sounds.current?.setVolume(volume);
    return sounds.current;
  }, [engine, volume]);

  useEffect(() => {
    if (!ringing) return;
    get()?.startRinging();
    return () => sounds.current?.stopRinging();
  }, [ringing, get]);
  useEffect(() => engine.on('connected', () => get()?.tick()), [engine, get]);

  const change = useCallback((next: number) => {
    setVolume(next);
    try {
      localStorage.setItem(volumeKey, String(next));
    } catch {
      // The volume then lasts for this page.
    }
  }, []);
  return { volume, setVolume: change, testRing: useCallback(() => get()?.ringOnce(), [get]) };
}

function readVolume(): number {
  try {
    const kept = Number(localStorage.getItem(volumeKey) ?? Number.NaN);
    return kept >= 0 && kept <= 1 ? kept : 0.7;
  } catch {
    return 0.7;
  }
}

/** The calls that have ended while this tab was open. */
export function useHandled(engine: CallEngine): readonly HandledCall[] {
  const { call } = useEngine(engine);
  const [list, setList] = useState(readHandled);
  useEffect(() => {
    if (call.phase === 'ended' || call.phase === 'wrapup') setList((before) => addHandled(before, call, Date.now()));
  }, [call]);
  useEffect(() => keepHandled(list), [list]);
  return list;
}

/** Going available, with the ring played once as a proof. */
export function useGoAvailable(engine: CallEngine, testRing: () => void) {
  const [going, setGoing] = useState(false);
  const goAvailable = useCallback(() => {
    setGoing(true);
    askForNotifications();
    void engine.goAvailable().finally(() => {
      setGoing(false);
      if (engine.getSnapshot().mediaReady) testRing();
    });
  }, [engine, testRing]);
  return { going, goAvailable };
}

const directoryMs = 15_000;

/** Asks for the directory, which has the company's words; again and again while its figures are looked at. */
export function useDirectory(engine: CallEngine, figuresShown: boolean): void {
  useEffect(() => {
    const load = () => {
      if (document.visibilityState === 'visible') void engine.loadDirectory();
    };
    void engine.loadDirectory();
    if (!figuresShown) return;
    const timer = setInterval(load, directoryMs);
    document.addEventListener('visibilitychange', load);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', load);
    };
  }, [engine, figuresShown]);
}
