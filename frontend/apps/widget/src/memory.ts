/** What the widget remembers for the tab: whether its window is open, and whether a call is to be brought back. */
export interface Memory {
  readonly open: boolean;
  readonly live: boolean;
}

const key = 'calldocker.widget';

export type Keep = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const tabStorage = () => allowed(() => window.sessionStorage);
export const siteStorage = () => allowed(() => window.localStorage);

/** Where pages may not keep anything, asking for the storage throws; then it is kept for as long as the page is there. */
function allowed(storage: () => Storage): Keep {
  try {
    return storage();
  } catch {
    return ofThePage;
  }
}

const values = new Map<string, string>();
const ofThePage: Keep = {
  getItem: (key) => values.get(key) ?? null,
  setItem: (key, value) => void values.set(key, value),
  removeItem: (key) => void values.delete(key),
};

export function recall(storage: Keep): Memory {
  try {
    const kept = JSON.parse(storage.getItem(key) ?? '{}') as Partial<Memory>;
    return { open: kept.open === true, live: kept.live === true };
  } catch {
    return { open: false, live: false };
  }
}

export function remember(storage: Keep, memory: Memory): void {
  try {
    storage.setItem(key, JSON.stringify(memory));
  } catch {
    // It is only forgotten at the next reload.
  }
}
