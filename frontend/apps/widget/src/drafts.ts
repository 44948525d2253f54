import type { Keep } from './memory.ts';

/** What the visitor has typed and not sent. It outlives a closed window, a reload, and the next page of the site. */
export interface Drafts {
  readonly name: string;
  readonly phone: string;
  /** What the callback is to be about. */
  readonly note: string;
  readonly chat: string;
  /** To the rating. */
  readonly comment: string;
}

export const noDrafts: Drafts = { name: '', phone: '', note: '', chat: '', comment: '' };

const key = 'calldocker.drafts';

export function recallDrafts(storage: Keep): Drafts {
  try {
    const kept = JSON.parse(storage.getItem(key) ?? '{}') as Partial<Record<string, unknown>>;
    const text = (name: keyof Drafts) => (typeof kept?.[name] === 'string' ? kept[name] : '');
    return { name: text('name'), phone: text('phone'), note: text('note'), chat: text('chat'), comment: text('comment') };
  } catch {
    return noDrafts;
  }
}

export function keepDrafts(storage: Keep, drafts: Drafts): void {
  try {
    storage.setItem(key, JSON.stringify(drafts));
  } catch {
    // A full or forbidden storage: they last as long as the page.
  }
}
