import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageName } from '../page.ts';
import type { Command } from './command-list.ts';
import { useCommandList, useCommands, useKeyboard, useShortcut } from './use-commands.ts';

/** A dialog that opens on every page. */
export type DialogName = 'settings' | 'keys' | 'palette';

interface Reach {
  readonly page: PageName;
  readonly go: (page: PageName) => void;
  readonly inCall: boolean;
  readonly ringing: boolean;
  readonly supervisor: boolean;
}

type Opened = 'settings' | 'keys' | { readonly palette: readonly Command[] } | undefined;

/** The keyboard, what it does on every page, and the dialogs that it opens. */
export function useFrameCommands({ page, go, inCall, ringing, supervisor }: Reach) {
  const { t } = useTranslation();
  const list = useCommandList();
  const shortcut = useShortcut();
  const [opened, setOpened] = useState<Opened>();
  // The palette lists what could be done before it opened.
  const open = (dialog: DialogName) => setOpened(dialog === 'palette' ? { palette: list.available } : dialog);
  useKeyboard();
  useCommands([
    shortcut('home', () => go('home')),
    ...(inCall ? [shortcut('call', () => go('call'))] : []),
    ...(supervisor ? [shortcut('live', () => go('live'))] : []),
    ...(supervisor && page !== 'wallboard' ? [shortcut('wallboard', () => go('wallboard'))] : []),
    { id: 'settings', label: t('menu.settings'), keys: [], run: () => open('settings') },
    shortcut('list', () => open('keys')),
    shortcut('palette', () => open('palette')),
  ]);
  const close = () => setOpened(undefined);
  // They make room for a call. What is written in other dialogs stays, and they are below it.
  useEffect(() => {
    if (ringing || inCall) setOpened(undefined);
  }, [ringing, inCall]);
  return { opened, open, close };
}
