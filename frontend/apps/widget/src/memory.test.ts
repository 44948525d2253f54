import { afterEach, expect, test, vi } from 'vitest';
import { recall, remember, tabStorage } from './memory.ts';

afterEach(() => vi.unstubAllGlobals());

test('where pages may not keep anything, it is kept for as long as the page is there', () => {
  vi.stubGlobal('window', {
    get sessionStorage(): Storage {
      throw new DOMException('blocked', 'SecurityError');
    },
  });

  remember(tabStorage(), { open: true, live: true });

  expect(recall(tabStorage())).toEqual({ open: true, live: true });
});
