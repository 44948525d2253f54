import type { CallSnapshot } from '@calldocker/client';
import { linkAttributes, linkify } from '@calldocker/ui';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useWidget } from './context.ts';
import { Button, Heading, Icon, Notice } from './parts.tsx';
import { clockTime } from './queue-view.ts';

type Line = CallSnapshot['chat'][number];

/** What is written in this call. The voices go on. */
export function ChatScreen() {
  const { t, snapshot, show } = useWidget();
  const { chat } = snapshot;
  const end = useRef<HTMLDivElement>(null);
  // A new line is what scrolls.
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [chat]);
  return (
    <section class="screen chat-screen">
      <Heading>{t('call.chat')}</Heading>
      {chat.length === 0 && <p class="fine">{t('chat.empty')}</p>}
      <div class="chat" role="log" aria-label={t('call.chat')}>
        {chat.map((line) => (
          <ChatLine key={line.number} line={line} />
        ))}
        <div ref={end} />
      </div>
      <div class="call-footer">
        <Notice />
        <Write />
        <Button icon="back" onClick={() => show()}>
          {t('talk.back')}
        </Button>
      </div>
    </section>
  );
}

function ChatLine({ line: { from, party, text, at } }: { line: Line }) {
  const { t, language } = useWidget();
  const own = party === 'visitor';
  return (
    <div class={`chat-line ${own ? 'own' : ''}`}>
      <p class="chat-who">
        <bdi>{own ? t('chat.you') : (from.name ?? t('call.withTeam'))}</bdi>
        <time class="timer" dateTime={at}>
          {clockTime(Date.parse(at), language)}
        </time>
      </p>
      <p class="chat-text" dir="auto">
        <Linked text={text} />
      </p>
    </div>
  );
}

/** A text whose addresses can be opened. */
function Linked({ text }: { text: string }) {
  return linkify(text).map(({ text: words, href }) =>
    href ? (
      <a href={href} {...linkAttributes}>
        {words}
      </a>
    ) : (
      words
    ),
  );
}

/** Enter sends, Shift and Enter begins a new line. What could not be sent stays. */
function Write() {
  const { t, engine, drafts, write, forgetNotice } = useWidget();
  const [busy, setBusy] = useState(false);
  const text = drafts.chat.trim();
  const send = async () => {
    if (busy || text === '') return;
    forgetNotice();
    setBusy(true);
    write({ chat: '' });
    if (!(await engine.sendChat(text))) write(({ chat }) => ({ chat: chat ? `${text}\n${chat}` : text }));
    setBusy(false);
  };
  const type: JSX.KeyboardEventHandler<HTMLTextAreaElement> = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  };
  return (
    <div class="chat-write">
      <textarea
        rows={2}
        dir="auto"
        maxLength={1000}
        aria-label={t('chat.write')}
        placeholder={t('chat.write')}
        value={drafts.chat}
        onInput={(event) => write({ chat: event.currentTarget.value })}
        onKeyDown={type}
      />
      <button class="button primary" type="button" aria-label={t('chat.send')} disabled={busy || text === ''} onClick={() => void send()}>
        <Icon name="send" />
      </button>
    </div>
  );
}
