import { describe, expect, test, vi } from 'vitest';
import { type Command, CommandList, matching } from './command-list.ts';
import { KeyReader, keyCaps } from './shortcuts.ts';

const command = (id: string, ...keys: string[]): Command => ({ id, label: id, keys, run: vi.fn() });
const set = (modal: boolean, ...commands: Command[]) => ({ commands: () => commands, modal });
const press = { code: '', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const keyName = (...presses: Parameters<KeyReader['nameOf']>[0][]) => {
  const keys = new KeyReader();
  return presses.map((each) => keys.nameOf(each)).at(-1);
};

describe('the commands at hand', () => {
  test('give a key to the part of the screen that came last', () => {
    const list = new CommandList();
    list.add(set(false, command('done', 'enter')));
    const remove = list.add(set(false, command('open', 'enter')));

    expect(list.find('enter')?.id).toBe('open');
    remove();
    expect(list.find('enter')?.id).toBe('done');
  });

  test('are those of what takes over alone, while it does', () => {
    const list = new CommandList();
    const remove = list.add(set(true, command('answer', 'a')));
    list.add(set(false, command('mute', 'm')));

    expect(list.available.map(({ id }) => id)).toEqual(['answer']);
    remove();
    expect(list.available.map(({ id }) => id)).toEqual(['mute']);
  });

  test('are found by the words of their name, in any order and case', () => {
    const all = [command('Not ready: Break'), command('Be available')];

    expect(matching(all, 'break NOT', 'en').map(({ id }) => id)).toEqual(['Not ready: Break']);
    expect(matching(all, '', 'en')).toHaveLength(2);
    expect(matching(all, 'lunch', 'en')).toEqual([]);
  });
});

describe('a key', () => {
  test('is called the same with Ctrl and with Cmd', () => {
    expect(keyName({ ...press, key: 'k', ctrlKey: true })).toBe('mod+k');
    expect(keyName({ ...press, key: 'K', metaKey: true })).toBe('mod+k');
  });

  test('is not changed by caps lock, but by shift', () => {
    expect(keyName({ ...press, key: 'E' })).toBe('e');
    expect(keyName({ ...press, key: 'E', shiftKey: true })).toBe('shift+e');
  });

  test('that needs shift to be typed is called by what it types', () => {
    expect(keyName({ ...press, key: '?', shiftKey: true })).toBe('?');
  });

  test('is the browser’s with Alt', () => {
    expect(keyName({ ...press, key: 'd', altKey: true })).toBeUndefined();
  });

  test.each([
    ['Russian', 'ф', 'KeyA', 'a'],
    ['Ukrainian', 'в', 'KeyD', 'd'],
    ['Greek', 'μ', 'KeyM', 'm'],
    ['Arabic', 'ش', 'KeyA', 'a'],
    ['Arabic, of two letters', 'لا', 'KeyB', 'b'],
    ['Arabic digits', '١', 'Digit1', '1'],
    ['Hebrew', 'ש', 'KeyA', 'a'],
    ['Thai', 'ฟ', 'KeyA', 'a'],
    ['Thai, of a vowel’s sign', '\u0e37', 'KeyN', 'n'],
    ['French digits', '&', 'Digit1', '1'],
    ['Turkish', 'ı', 'KeyI', 'i'],
    ['Dvorak', 'a', 'KeyA', 'a'],
    ['Dvorak', 'e', 'KeyD', 'e'],
    ['Dvorak', 'd', 'KeyH', 'd'],
  ])('of a %s keyboard (%s at %s) does what its letter or place says', (_, key, code, name) => {
    expect(keyName({ ...press, key, code })).toBe(name);
  });

  test('with Ctrl, Cmd or Shift is the same on those keyboards', () => {
    expect(keyName({ ...press, key: 'л', code: 'KeyK', ctrlKey: true })).toBe('mod+k');
    expect(keyName({ ...press, key: 'У', code: 'KeyE', shiftKey: true })).toBe('shift+e');
    expect(keyName({ ...press, key: '؟', code: 'Slash', shiftKey: true })).toBe('?');
    expect(keyName({ ...press, key: '?', code: 'KeyM', shiftKey: true })).toBe('?');
  });

  test('that types a sign is told by its place where the others type no Latin letters, and not on a Dvorak keyboard', () => {
    const sign = { ...press, key: "'", code: 'KeyW' };

    expect(keyName({ ...press, key: 'ש', code: 'KeyA' }, sign)).toBe('w');
    expect(keyName({ ...press, key: 'a', code: 'KeyA' }, sign)).toBe("'");
    expect(keyName({ ...press, key: '>', code: 'KeyE', shiftKey: true })).toBe('>');
  });

  test('shows what is printed on it', () => {
    expect(keyCaps('mod+k', false)).toEqual(['Ctrl', 'K']);
    expect(keyCaps('mod+k', true)).toEqual(['⌘', 'K']);
    expect(keyCaps('enter', false)).toEqual(['Enter']);
  });
});
