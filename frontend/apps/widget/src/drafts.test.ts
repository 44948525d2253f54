import { expect, test } from 'vitest';
import { keepDrafts, noDrafts, recallDrafts } from './drafts.ts';

function storage(kept?: string): Storage {
  const items = new Map(kept === undefined ? [] : [['calldocker.drafts', kept]]);
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) } as Partial<Storage> as Storage;
}

test('typed text is there on the next page', () => {
  const tab = storage();

  keepDrafts(tab, { ...noDrafts, name: 'Vera', chat: 'My order is' });

  expect(recallDrafts(tab)).toEqual({ ...noDrafts, name: 'Vera', chat: 'My order is' });
});

test.each(['{', 'null', '[]', '{"name":7}', undefined])('what nobody of us has kept (%s) is no draft', (kept) => {
  expect(recallDrafts(storage(kept))).toEqual(noDrafts);
});

test('a page that may keep nothing goes on', () => {
  const full = {
    setItem: () => {
      throw new Error('full');
    },
  } as Partial<Storage> as Storage;

  expect(() => keepDrafts(full, noDrafts)).not.toThrow();
});
