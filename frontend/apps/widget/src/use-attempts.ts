import type { CallEngine, PlaceLink, Signalling } from '@calldocker/client';
import { useCallback, useRef, useState } from 'preact/hooks';
import type { Channel, WidgetContext } from './context.ts';
import type { Drafts } from './drafts.ts';
import { isLive } from './view.ts';

interface AttemptsOptions {
  readonly engine: CallEngine;
  readonly signalling: Pick<Signalling, 'connect'>;
  readonly drafts: Drafts;
  readonly write: WidgetContext['write'];
  readonly show: WidgetContext['show'];
  readonly forget: () => void;
}

type Attempts = Pick<WidgetContext, 'begin' | 'call' | 'speak' | 'requestCallback' | 'keepPlace' | 'resumeLink'> & {
  /** Tries again what was wanted last. */
  readonly retry: () => void;
};

/** The page that the visitor calls from. The part after a `#` is the page's own, and stays in the browser. */
const pageAddress = () => (location.href.split('#')[0] ?? '').slice(0, 1024);

/** What a visitor wants of us: a call, a message left, a callback, a place kept. */
export function useAttempts({ engine, signalling, drafts, write, show, forget }: AttemptsOptions): Attempts {
  const [resumeLink, setResumeLink] = useState<PlaceLink | undefined>();
  const last = useRef<() => void>(() => signalling.connect());
  const name = drafts.name.trim();
  const about = () => ({ page: pageAddress(), ...(name ? { name } : {}) });

  const begin = useCallback(
    (channel: Channel) => {
      last.current = () => begin(channel);
      forget();
      // "Try again" after a refusal: the present attempt is given up first.
      if (isLive(engine.getSnapshot().call)) void engine.hangUp();
      signalling.connect();
      void engine.checkLine(channel);
    },
    [engine, signalling, forget],
  );
  const call = () => {
    show();
    const state = engine.getSnapshot().call;
    void engine.startCall({ channel: 'channel' in state ? state.channel : 'voice', ...about() });
  };
  const speak = () => {
    last.current = speak;
    forget();
    signalling.connect();
    void engine.startVoicemail(about());
  };
  const requestCallback = async (phone: string | undefined) => {
    forget();
    const note = drafts.note.trim();
    const waits = isLive(engine.getSnapshot().call);
    if (!waits) {
      signalling.connect();
      if (engine.getSnapshot().call.phase !== 'prequeue') await engine.openContact({ channel: 'voice', ...about() });
    }
    const asked = await engine.requestCallback({ ...(phone ? { phone } : {}), ...(note ? { note } : {}) });
    if (asked) write({ note: '' });
    // Nobody is to be left with an open form that nobody sees.
    else if (!waits && engine.getSnapshot().call.phase === 'prequeue') await engine.hangUp();
  };
  const keepPlace = async () => setResumeLink(await engine.keepPlace());
  return { begin, call, speak, requestCallback, keepPlace, resumeLink, retry: () => last.current() };
}
