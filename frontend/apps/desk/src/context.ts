import type { CallEngine, CallSnapshot } from '@calldocker/client';
import { createContext, useContext } from 'react';
import { useClock } from './hooks.ts';
import type { PageName } from './page.ts';
import type { DeskSession } from './session.ts';

/** What the desk asks of the server past the call engine. */
export interface DeskServer {
  /** @returns the sound of a voicemail. Rejects when it cannot be had. */
  readonly loadVoicemail: (recordingId: string) => Promise<Blob>;
  /** Nobody has answered a callback: it is tried again later. @returns whether it took effect */
  readonly endUnanswered: (callId: string) => Promise<boolean>;
}

/** What every part of the desk needs. */
export interface DeskContext {
  readonly engine: CallEngine;
  readonly snapshot: CallSnapshot;
  readonly session: DeskSession;
  /** What to add to `steadyNow()` to get the server's clock, in milliseconds. */
  readonly clockOffsetMs: number;
  readonly page: PageName;
  readonly go: (page: PageName) => void;
  readonly server: DeskServer;
  /** The browser wants a click before it plays the call's sound; `unblockSound` is for that click. */
  readonly soundBlocked: boolean;
  readonly unblockSound: () => void;
  /** Opens the microphone, unlocks sound, plays the ring once and becomes available. Call it in a click. */
  readonly goAvailable: () => void;
  readonly going: boolean;
  /** Plays the ring once, if the browser lets sound play. */
  readonly testRing: () => void;
  readonly volume: number;
  readonly setVolume: (volume: number) => void;
}

export const Context = createContext<DeskContext | undefined>(undefined);

export function useDesk(): DeskContext {
  const context = useContext(Context);
  if (!context) throw new Error('a part of the desk is outside of it');
  return context;
}

/** Makes the server's times this page's (`steadyNow`), in milliseconds. */
export function useLocalTime(): (timestamp: string) => number {
  const { clockOffsetMs } = useDesk();
  return (timestamp) => Date.parse(timestamp) - clockOffsetMs;
}

/** The time of the server, in milliseconds, rendered anew each second. */
export function useServerClock(): number {
  return useClock(0) + useDesk().clockOffsetMs;
}
