/** Everything that a key does, in the order in which `?` lists it. Keys are named as by `keyName`. */
export const shortcuts = {
  answer: { text: 'keys.answer', keys: ['a', 'enter'] },
  decline: { text: 'keys.decline', keys: ['d'] },
  mute: { text: 'keys.mute', keys: ['m'] },
  hold: { text: 'keys.hold', keys: ['h'] },
  camera: { text: 'keys.camera', keys: ['v'] },
  share: { text: 'keys.share', keys: ['s'] },
  keypad: { text: 'keys.keypad', keys: ['k'] },
  transfer: { text: 'keys.transfer', keys: ['t'] },
  chat: { text: 'keys.chat', keys: ['c'] },
  notes: { text: 'keys.notes', keys: ['n'] },
  hangUp: { text: 'keys.hangUp', keys: ['shift+e'] },
  extend: { text: 'keys.extend', keys: ['x'] },
  done: { text: 'keys.done', keys: ['enter'] },
  listen: { text: 'keys.listen', keys: ['l'] },
  whisper: { text: 'keys.whisper', keys: ['i'] },
  join: { text: 'keys.join', keys: ['j'] },
  home: { text: 'keys.home', keys: ['1'] },
  call: { text: 'keys.call', keys: ['2'] },
  live: { text: 'keys.live', keys: ['3'] },
  wallboard: { text: 'keys.wallboard', keys: ['w'] },
  palette: { text: 'keys.palette', keys: ['mod+k'] },
  list: { text: 'keys.list', keys: ['?'] },
} as const satisfies Record<string, { text: string; keys: readonly string[] }>;

export type ShortcutId = keyof typeof shortcuts;

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * Reads which keys are pressed, whatever letters the keyboard has: by the letter where that is a Latin one (a Dvorak keyboard has
 * them in other places), by the place on the keyboard where it is not.
 */
export class KeyReader {
  /** What the keys of letters have last typed. Some of a Hebrew or Thai keyboard type signs, and so do some of Dvorak's. */
  private latin = true;

  /** "m", "enter", "?", "shift+e", "mod+k" (Ctrl or Cmd); undefined for what is no shortcut anywhere. */
  nameOf(press: Press): string | undefined {
    const { shiftKey, ctrlKey, metaKey, altKey } = press;
    const name = this.keyOf(press);
    if (altKey) return undefined;
    if (ctrlKey || metaKey) return `mod+${name}`;
    return shiftKey && /^[a-z]$/.test(name) ? `shift+${name}` : name;
  }

  private keyOf({ key, code, shiftKey }: Press): string {
    const name = key.toLowerCase();
    const place = /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.toLowerCase();
    const foreign = /^\P{ASCII}/u.test(name);
    if (code.startsWith('Key')) {
      if (foreign) this.latin = /^\p{Script=Latin}/u.test(name);
      else if (/^[a-z]$/.test(name)) this.latin = true;
    }
    if (foreign && code === 'Slash' && shiftKey) return '?';
    if (place === undefined || (name.length > 1 && !foreign) || name === '?') return name;
    if (/^[0-9]$/.test(place)) return shiftKey ? name : place;
    return foreign || (!this.latin && !/^[a-z]$/.test(name)) ? place : name;
  }
}

/** The keys to press, as they are printed on them. */
export function keyCaps(name: string, mac: boolean): readonly string[] {
  return name.split('+').map((part) => {
    if (part === 'mod') return mac ? '⌘' : 'Ctrl';
    return part.length === 1 ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1);
  });
}
