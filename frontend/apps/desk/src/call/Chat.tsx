import type { ChatMessage } from '@calldocker/protocol';
import { linkAttributes, linkify } from '@calldocker/ui';
import { Button, Text } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { timeOfDay } from '../i18n.ts';
import { Icon } from '../parts.tsx';
import { useDraft } from '../use-draft.ts';
import { WrittenField } from '../WrittenField.tsx';

/** @param open  somebody is there to read it */
export function Chat({ callId, open }: { callId: string; open: boolean }) {
  const { t } = useTranslation();
  const { snapshot } = useDesk();
  const { chat } = snapshot;
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what scrolls
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [chat]);
  return (
    <>
      {chat.length === 0 ? (
        <Text c="dimmed">{t(open ? 'chat.empty' : 'chat.none')}</Text>
      ) : (
        <div className="chat" role="log" aria-label={t('side.chat')} aria-live="off">
          {chat.map((line) => (
            <Line key={line.number} line={line} />
          ))}
          <div ref={end} />
        </div>
      )}
      {open && <Write callId={callId} />}
    </>
  );
}

function Line({ line: { from, party, text, at } }: { line: ChatMessage }) {
  const { t, i18n } = useTranslation();
  const { session } = useDesk();
  const own = from.userId === session.userId;
  const clock = timeOfDay(i18n.language);
  return (
    <div className={own ? 'chat-line own' : 'chat-line'}>
      <p className="chat-who">
        <bdi>{own ? t('chat.you') : (from.name ?? t(party === 'visitor' ? 'ring.unknown' : 'person.colleague'))}</bdi>
        <time className="timer" dateTime={at}>
          {clock.format(Date.parse(at))}
        </time>
      </p>
      <p className="chat-text" dir="auto">
        <Linked text={text} />
      </p>
    </div>
  );
}

/** A text whose addresses can be opened. */
function Linked({ text }: { text: string }) {
  return linkify(text).map(({ text: words, href }, index) =>
    href ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line that was sent does not change
      <a key={index} href={href} {...linkAttributes}>
        {words}
      </a>
    ) : (
      words
    ),
  );
}

/** Enter sends, Shift and Enter begins a new line. What could not be sent stays. */
function Write({ callId }: { callId: string }) {
  const { t } = useTranslation();
  const { engine } = useDesk();
  const [text, setText] = useDraft(`chat ${callId}`);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (busy || text.trim() === '') return;
    setBusy(true);
    if (await engine.sendChat(text.trim())) setText('');
    setBusy(false);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  return (
    <div className="chat-write">
      <WrittenField
        aria-label={t('chat.write')}
        placeholder={t('chat.write')}
        minRows={1}
        maxRows={5}
        charactersMax={2000}
        value={text}
        onWrite={setText}
        onKeyDown={press}
      />
      <Button aria-label={t('chat.send')} title={t('chat.send')} px="sm" disabled={busy || text.trim() === ''} onClick={() => void send()}>
        <Icon name="send" size={18} />
      </Button>
    </div>
  );
}
