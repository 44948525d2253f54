import type { CallEngine, Levels } from '@calldocker/client';
import { Sounds, untilNextSecond } from '@calldocker/ui';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { addHandled, type HandledCall, keepHandled, readHandled } from './handled.ts';

export function useEngine(engine: CallEngine) {
  return useSyncExternalStore(engine.subscribe, engine.getSnapshot);
}

/** Milliseconds since `since`, rendered anew as each second begins. */
export function useElapsed(since: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), untilNextSecond(now - since));
    return () => clearTimeout(timer);
  }, [now, since]);
  return Math.max(0, now - since);
}

/** Calls `draw` with each level, past the renderer: a meter moves twenty times a second. */
export function useLevels(engine: CallEngine, draw: (levels: Levels) => void): void {
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
  });
  useEffect(() => engine.onLevels((levels) => latest.current(levels)), [engine]);
}

/** Single keys, without modifiers and not while something is typed. Names are `KeyboardEvent.key` in lower case. */
export function useKeys(keys: Readonly<Record<string, (() => void) | undefined>>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      // A focused button takes Enter itself.
      if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return;
      const act = latest.current[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
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
    if (call.phase === 'ended') setList((before) => addHandled(before, call, Date.now()));
  }, [call]);
  useEffect(() => keepHandled(list), [list]);
  return list;
}
