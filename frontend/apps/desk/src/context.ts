import type { CallEngine, CallSnapshot } from '@calldocker/client';
import { createContext, useContext } from 'react';
import type { DeskSession } from './session.ts';

/** What every part of the desk needs. */
export interface DeskContext {
  readonly engine: CallEngine;
  readonly snapshot: CallSnapshot;
  readonly session: DeskSession;
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
