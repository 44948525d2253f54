import { useCallback, useEffect, useState } from 'react';

const pages = ['home', 'call', 'live', 'wallboard'] as const;
export type PageName = (typeof pages)[number];

/** @param hash as in `location.hash` */
export function pageOf(hash: string): PageName | undefined {
  return pages.find((page) => hash === `#${page}`);
}

interface Facts {
  /** There is a call, or its wrap-up. */
  readonly inCall: boolean;
  readonly supervisor: boolean;
}

/** The page to show for the one that was asked for: without a call there is no page of it, and not everybody may watch. */
export function pageToShow(wanted: PageName, { inCall, supervisor }: Facts): PageName {
  if (wanted === 'call' && !inCall) return 'home';
  return !supervisor && (wanted === 'live' || wanted === 'wallboard') ? 'home' : wanted;
}

/** Gives the page its address, so that going back leads to the one before. */
export function openPage(to: PageName): void {
  if (pageOf(location.hash) !== to) history.pushState(history.state, '', `#${to}`);
}

/**
 * The page that the address asks for, so that going back works and a wallboard can be bookmarked.
 * @param callId  of the person's own call; a new one comes to the front
 */
export function usePage(callId: string | undefined): readonly [PageName, (page: PageName) => void] {
  const [page, setPage] = useState(() => pageOf(location.hash) ?? 'home');
  const go = useCallback((to: PageName) => {
    openPage(to);
    setPage(to);
  }, []);
  useEffect(() => {
    const follow = () => setPage((before) => pageOf(location.hash) ?? before);
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  useEffect(() => {
    if (callId !== undefined) go('call');
  }, [callId, go]);
  return [page, go];
}
