import { type CallEngine, type CallSnapshot, type Levels, type Observable, steadyNow } from '@calldocker/client';
import { Sounds, untilNextSecond } from '@calldocker/ui';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { hear, isOver, type LineVerdict, startLineCheck, verdict } from './line-check.ts';

export function useObservable<T>(observable: Observable<T>): T {
  const [value, setValue] = useState(observable.getSnapshot);
  useLayoutEffect(() => {
    const update = () => setValue(() => observable.getSnapshot());
    update();
    return observable.subscribe(update);
  }, [observable]);
  return value;
}

/** Milliseconds since `since`, rendered anew as each second begins. */
export function useElapsed(since: number): number {
  const [now, setNow] = useState(steadyNow);
  useEffect(() => {
    const timer = setTimeout(() => setNow(steadyNow()), untilNextSecond(steadyNow() - since));
    return () => clearTimeout(timer);
  }, [now, since]);
  return Math.max(0, now - since);
}

/** What the line check hears while it is mounted; `onOver` when the call is to go out. */
export function useLineCheck(engine: CallEngine, onOver: () => void): LineVerdict {
  const [result, setResult] = useState<LineVerdict>('listening');
  const over = useRef(onOver);
  over.current = onOver;
  useEffect(() => {
    let check = startLineCheck(steadyNow());
    const look = () => {
      setResult(verdict(check, steadyNow()));
      if (!isOver(check, steadyNow())) return;
      stop();
      over.current();
    };
    const stopLevels = engine.onLevels(({ local }) => {
      check = hear(check, local, steadyNow());
    });
    const timer = setInterval(look, 100);
    const stop = () => {
      stopLevels();
      clearInterval(timer);
    };
    return stop;
  }, [engine]);
  return result;
}

/** Calls `draw` with each level, past the renderer: a meter moves twenty times a second. */
export function useLevels(engine: CallEngine, draw: (levels: Levels) => void): void {
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(() => engine.onLevels((levels) => latest.current(levels)), [engine]);
}

/** It rings, and the page's title says so where the page is not seen. */
export function useRinging(engine: CallEngine, ringing: boolean, title: string): void {
  useEffect(() => {
    if (!ringing) return;
    const context = engine.audioContext();
    const sounds = context && new Sounds(context);
    sounds?.startRinging();
    const before = document.title;
    document.title = title;
    return () => {
      sounds?.stopRinging();
      if (document.title === title) document.title = before;
    };
  }, [engine, ringing, title]);
}

/** How many lines of the other side have not been seen. @param reading  they are on screen */
export function useUnread(chat: CallSnapshot['chat'], reading: boolean): number {
  const [read, setRead] = useState(0);
  const last = chat.at(-1)?.number ?? 0;
  useEffect(() => {
    if (reading || last < read) setRead(last);
  }, [reading, last, read]);
  return reading ? 0 : chat.filter((line) => line.party !== 'visitor' && line.number > read).length;
}
