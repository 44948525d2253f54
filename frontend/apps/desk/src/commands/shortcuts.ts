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

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** "m", "enter", "?", "shift+e", "mod+k" (Ctrl or Cmd); undefined for what is no shortcut anywhere. */
export function keyName({ key, shiftKey, ctrlKey, metaKey, altKey }: Press): string | undefined {
  const name = key.toLowerCase();
  if (altKey) return undefined;
  if (ctrlKey || metaKey) return `mod+${name}`;
  return shiftKey && /^[a-z]$/.test(name) ? `shift+${name}` : name;
}

/** The keys to press, as they are printed on them. */
export function keyCaps(name: string, mac: boolean): readonly string[] {
  return name.split('+').map((part) => {
    if (part === 'mod') return mac ? '⌘' : 'Ctrl';
    return part.length === 1 ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1);
  });
}
