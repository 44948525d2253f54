import { followCodes, takeCode } from '@calldocker/client';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { type LinkState, lookAt } from './link.ts';

interface Link {
  /** Undefined: there is no link, or it has been dealt with. */
  readonly state: LinkState | undefined;
  readonly set: (state: LinkState | undefined) => void;
  readonly retry: () => void;
}

/** The link that this page was opened with, or that was opened in its tab: browsers load nothing anew then. */
export function useLink(server: string, company: string): Link {
  const [code, setCode] = useState(() => takeCode());
  const [state, set] = useState<LinkState | undefined>();
  const look = useCallback(() => {
    if (code === undefined) return;
    set({ stage: 'looking' });
    void lookAt(server, company, code).then(set);
  }, [server, company, code]);
  useEffect(look, [look]);
  useEffect(() => followCodes(setCode), []);
  return { state, set, retry: look };
}
