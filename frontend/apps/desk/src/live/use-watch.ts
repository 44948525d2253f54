import type { CallEngine } from '@calldocker/client';
import { useEffect } from 'react';

/** Follows the company for as long as it is shown. */
export function useWatch(engine: CallEngine, on: boolean): void {
  useEffect(() => {
    if (!on) return;
    void engine.watchLive(true);
    return () => void engine.watchLive(false);
  }, [engine, on]);
}
