/** What the widget remembers for the tab: whether its window is open, and whether a call is to be brought back. */
export interface Memory {
  readonly open: boolean;
  readonly live: boolean;
}

const key = 'calldocker.widget';

export function tabStorage(): Storage | undefined {
  try {
    return window.sessionStorage; // throws where storage is forbidden
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
