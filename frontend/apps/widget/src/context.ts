import type { CallEngine, CallSnapshot, StartCall } from '@calldocker/client';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { WidgetTranslate } from './text.ts';

export type Channel = StartCall['channel'];

/** What every screen of the widget needs. */
export interface WidgetContext {
  readonly engine: CallEngine;
  readonly snapshot: CallSnapshot;
  readonly t: WidgetTranslate;
  /** Opens the microphone and checks the line; the call follows by itself. */
  readonly begin: (channel: Channel) => void;
  /** Sends the call out now. */
  readonly call: () => void;
}

export const Context = createContext<WidgetContext | undefined>(undefined);

export function useWidget(): WidgetContext {
  const context = useContext(Context);
  if (!context) throw new Error('a screen is outside of the widget');
  return context;
}
