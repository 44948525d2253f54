import type { Language } from '@calldocker/i18n';
import { useEffect, useState } from 'preact/hooks';
import type { Commands } from './commands.ts';
import type { WidgetConfig } from './config.ts';
import { type Memory, recall, tabStorage } from './memory.ts';
import { useLink } from './use-link.ts';
import { closeSession, openSession, type VisitorSession } from './visitor-session.ts';
import { Widget } from './Widget.tsx';

interface RootProps {
  readonly config: WidgetConfig;
  readonly current: Current;
  readonly onCurrent: (current: Current) => void;
  readonly firstLanguage: Language;
  readonly onCommand: Commands['listen'];
  readonly onAppear: () => void;
}

/** Who this page's visitor is. It outlives what is drawn of them. */
export interface Current {
  readonly session: VisitorSession;
  readonly memory: Memory;
  /** Counts the people whom this page has been. */
  readonly number: number;
}

export function begin(config: WidgetConfig): Current {
  const current = { session: openSession(config), memory: recall(tabStorage()), number: 0 };
  // A call that was on when the page went is brought back at once; otherwise nothing is connected before a click.
  if (current.memory.live) current.session.signalling.connect();
  return current;
}

/** The widget of one visitor, and of another one once a link has been accepted. */
export function Root({ config, current, onCurrent, firstLanguage, onCommand, onAppear }: RootProps) {
  const [{ session, memory, number }, setCurrent] = useState(current);
  const { state, set, retry } = useLink(config.server, config.company);

  const { live } = session.signalling;
  useEffect(() => {
    // Their own link, in the tab that has the call: there is nothing to take over.
    if (state?.stage === 'offered' && state.redeemed.user.id === live.getSnapshot().identity?.userId) set(undefined);
  }, [state, live, set]);

  const accept = async () => {
    if (state?.stage !== 'offered') return;
    const { redeemed } = state;
    set({ stage: 'accepting' });
    await closeSession(session);
    const next = openSession(config, redeemed);
    next.signalling.connect();
    const become = { session: next, memory: { open: true, live: true }, number: number + 1 };
    onCurrent(become);
    setCurrent(become);
    set(undefined);
  };
  return (
    <Widget
      key={number}
      engine={session.engine}
      signalling={session.signalling}
      memory={memory}
      firstLanguage={firstLanguage}
      link={state && { state, accept: () => void accept(), dismiss: () => set(undefined), retry }}
      onCommand={onCommand}
      onAppear={onAppear}
    />
  );
}
