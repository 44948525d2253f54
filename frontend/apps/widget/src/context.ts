import type { CallEngine, CallSnapshot, PlaceLink, StartCall } from '@calldocker/client';
import type { Language } from '@calldocker/i18n';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Drafts } from './drafts.ts';
import type { Offers, Service } from './queue-view.ts';
import type { Side } from './screen.ts';
import type { WidgetTranslate } from './text.ts';
import type { Surroundings } from './view.ts';

export type Channel = StartCall['channel'];

/** What every screen of the widget needs. */
export interface WidgetContext {
  readonly engine: CallEngine;
  readonly snapshot: CallSnapshot;
  readonly t: WidgetTranslate;
  readonly language: Language;
  /** How the queue is, and what it does instead of a call. */
  readonly service: Service;
  readonly opensAt: string | undefined;
  readonly offers: Offers;
  readonly here: Surroundings;
  readonly drafts: Drafts;
  readonly write: (changes: Partial<Drafts> | ((drafts: Drafts) => Partial<Drafts>)) => void;
  /** What did not work a moment ago, in words. */
  readonly notice: string | undefined;
  readonly forgetNotice: () => void;
  /** Opens what stands beside the call; without a name, closes it. */
  readonly show: (side?: Side) => void;
  /** Opens the microphone and checks the line; the call follows by itself. */
  readonly begin: (channel: Channel) => void;
  /** Sends the call out now. */
  readonly call: () => void;
  /** Opens the microphone and records a message. */
  readonly speak: () => void;
  /** @param phone  undefined: on this page */
  readonly requestCallback: (phone: string | undefined) => Promise<void>;
  /** Keeps the place in the queue; `resumeLink` is then the way back to it. */
  readonly keepPlace: () => Promise<void>;
  readonly resumeLink: PlaceLink | undefined;
}

export const Context = createContext<WidgetContext | undefined>(undefined);

export function useWidget(): WidgetContext {
  const context = useContext(Context);
  if (!context) throw new Error('a screen is outside of the widget');
  return context;
}
