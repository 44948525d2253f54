/** What the widget remembers for the tab: whether its window is open, and whether a call is to be brought back. */
export interface Memory {
  readonly open: boolean;
  readonly live: boolean;
}

const key = 'calldocker.widget';

export const tabStorage = () => allowed(() => window.sessionStorage);
export const siteStorage = () => allowed(() => window.localStorage);

/** @returns undefined where pages may not keep anything: then asking for the storage throws */
function allowed(storage: () => Storage): Storage | undefined {
  try {
    return storage();
  } catch {
    return undefined;
  }
}

export function recall(storage: Storage | undefined): Memory {
  try {
    const kept = JSON.parse(storage?.getItem(key) ?? '{}') as Partial<Memory>;
    return { open: kept.open === true, live: kept.live === true };
  } catch {
    return { open: false, live: false };
  }
}

export function remember(storage: Storage | undefined, memory: Memory): void {
  try {
    storage?.setItem(key, JSON.stringify(memory));
  } catch {
    // Forgotten at the next reload, no more.
  }
}
