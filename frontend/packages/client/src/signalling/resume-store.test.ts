import { beforeEach, describe, expect, it } from 'vitest';
import { ResumeStore } from './resume-store.ts';

const jwt = (id: string): string => `h.${btoa(JSON.stringify({ id, role: 'agent', company_id: 'c' }))}.s`;

let items: Map<string, string>;
const storage = {
  getItem: (key: string): string | null => items.get(key) ?? null,
  setItem: (key: string, value: string): void => void items.set(key, value),
  removeItem: (key: string): void => void items.delete(key),
};
const open = (): ResumeStore => new ResumeStore('desk', storage);
let store: ResumeStore;

beforeEach(() => {
  items = new Map();
  store = open();
});

describe('the resume tokens of a page', () => {
  it('are the newest, for the person who got them', () => {
    store.keep('first', jwt('u'));
    store.keep('second', jwt('u'));

    expect(open().get(jwt('u'))).toBe('second');
    expect(open().get(jwt('another'))).toBeUndefined();
  });

  it('fall back to the one before, also after a reload, until the server has heard from us', () => {
    store.keep('first', jwt('u'));
    store.keep('second', jwt('u'));
    const reloaded = open();

    expect([reloaded.isUnconfirmed, reloaded.fallBack(), reloaded.get(jwt('u'))]).toEqual([true, true, 'first']);
    expect(reloaded.fallBack()).toBe(false);
  });

  it('have none before the newest once the server has heard from us', () => {
    store.keep('first', jwt('u'));
    store.keep('second', jwt('u'));
    store.confirm();

    expect([store.isUnconfirmed, store.fallBack(), store.get(jwt('u'))]).toEqual([false, false, 'second']);
  });

  it('are nobody else’s to fall back to', () => {
    store.keep('first', jwt('u'));
    store.keep('second', jwt('another'));

    expect(store.fallBack()).toBe(false);
  });

  it.each([
    'no JSON',
    'null',
    '"text"',
    '{}',
    '{"token":"t"}',
    '{"subject":"s"}',
    '{"token":1,"subject":"s"}',
    '{"token":"t","subject":1}',
  ])('are none where something else is kept: %s', (kept) => {
    items.set('calldocker.resume.desk', kept);

    expect([open().get('s'), open().get('t')]).toEqual([undefined, undefined]);
  });

  it('are forgotten with the session', () => {
    store.keep('first', jwt('u'));
    store.keep('second', jwt('u'));
    store.forget();

    expect([store.fallBack(), items.size]).toEqual([false, 0]);
  });
});
