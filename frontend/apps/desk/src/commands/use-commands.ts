import { createContext, useCallback, useContext, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, CommandList } from './command-list.ts';
import { KeyReader, type ShortcutId, shortcuts } from './shortcuts.ts';
import { isTyping, watchKeys } from './typing.ts';

const Commands = createContext(new CommandList());

export const useCommandList = (): CommandList => useContext(Commands);

/** Makes a command of one of the shortcuts. */
export function useShortcut(): (id: ShortcutId, run: () => void) => Command {
  const { t } = useTranslation();
  return useCallback((id, run) => ({ id, label: t(shortcuts[id].text), keys: shortcuts[id].keys, run }), [t]);
}

/** Offers commands for as long as the component is there. @param modal nothing else can be done meanwhile */
export function useCommands(commands: readonly Command[], modal = false): void {
  const list = useCommandList();
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => list.add({ commands: () => latest.current, modal }), [list, modal]);
}

/** Runs the commands by their keys. Only chords work while something is typed, and Escape leaves it; a dialog keeps the keys to itself. */
export function useKeyboard(): void {
  const list = useCommandList();
  useEffect(watchKeys, []);
  useEffect(() => {
    const keys = new KeyReader();
    const press = (event: KeyboardEvent) => {
      const name = keys.nameOf(event);
      if (name === undefined || event.repeat || event.isComposing || event.defaultPrevented) return;
      const { target } = event;
      if (target instanceof Element) {
        const inDialog = target.closest('[role=dialog], [role=menu]') !== null;
        if (isTyping(target)) {
          if (name === 'escape' && !inDialog && target instanceof HTMLElement) target.blur();
          if (!name.startsWith('mod+')) return;
        }
        if (name === 'enter' && target.closest('button, a, summary, [role=option], [role=menuitem], [role=tab]')) return;
        if (inDialog && !list.modal) return;
      }
      const command = list.find(name);
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [list]);
}
