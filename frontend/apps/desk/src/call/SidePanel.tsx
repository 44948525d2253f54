import type { ContactView } from '@calldocker/protocol';
import { Badge, Paper, Tabs, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands, useShortcut } from '../commands/use-commands.ts';
import { useDesk } from '../context.ts';
import { partIn } from '../view.ts';
import { Chat } from './Chat.tsx';
import { lastNumber, unread } from './chat-view.ts';
import { Disposition } from './Disposition.tsx';
import { EarlierNotes } from './EarlierNotes.tsx';
import { Notes } from './Notes.tsx';
import { Participants } from './Participants.tsx';
import { VisitorCard } from './VisitorCard.tsx';

type Tab = 'notes' | 'chat';

/** Beside the call: who it is, who takes part, what is written. */
export function SidePanel({ contact }: { contact: ContactView }) {
  const { t } = useTranslation();
  const { engine, snapshot, session } = useDesk();
  const own = partIn(contact) === 'owner';
  const shortcut = useShortcut();
  const [tab, setTab] = useState<Tab>('notes');
  const [read, setRead] = useState(0);
  const [wishes, setWishes] = useState(0);
  const panel = useRef<HTMLDivElement>(null);
  const waiting = tab === 'chat' ? 0 : unread(snapshot.chat, { read, me: session.userId });
  const show = (next: Tab) => {
    // What is on screen, or was until now, has been read.
    if (tab === 'chat' || next === 'chat') setRead(lastNumber(snapshot.chat));
    setTab(next);
  };
  const write = (next: Tab) => () => {
    show(next);
    setWishes((before) => before + 1);
  };
  useEffect(() => {
    const field = wishes > 0 ? panel.current?.querySelector('textarea') : undefined;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, [wishes]);
  useCommands([shortcut('chat', write('chat')), shortcut('notes', write('notes'))]);
  return (
    <aside className="side" aria-label={t('side.label')}>
      <VisitorCard contact={contact} />
      <Participants contact={contact} />
      <Paper withBorder className="side-tabs" ref={panel}>
        <Tabs value={tab} onChange={(value) => show(value === 'chat' ? 'chat' : 'notes')} keepMounted={false}>
          <Tabs.List grow>
            <Tabs.Tab value="notes">{t('side.notes')}</Tabs.Tab>
            <Tabs.Tab
              value="chat"
              rightSection={
                waiting > 0 && (
                  <Badge size="sm" circle={waiting < 10} aria-label={t('chat.unread', { count: waiting })}>
                    {waiting}
                  </Badge>
                )
              }
            >
              {t('side.chat')}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="notes" p="md">
            <EarlierNotes contact={contact} />
            {own ? (
              <>
                <Notes onDone={contact.state === 'wrapup' ? () => void engine.endWrapUp() : undefined} />
                <Disposition contact={contact} />
              </>
            ) : (
              !contact.earlierNotes?.length && <Text c="dimmed">{t('notes.none')}</Text>
            )}
          </Tabs.Panel>
          <Tabs.Panel value="chat" p="md">
            <Chat
              callId={contact.callId}
              open={contact.endedAt === undefined && contact.state !== 'wrapup' && contact.channel !== 'voicemail'}
            />
          </Tabs.Panel>
        </Tabs>
      </Paper>
    </aside>
  );
}
