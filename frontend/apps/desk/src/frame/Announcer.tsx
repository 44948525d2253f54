import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';

/** Tells screen readers what happens and is not a state: the status line says the states. */
export function Announcer() {
  const { t } = useTranslation();
  const { engine } = useDesk();
  const [said, setSaid] = useState({ number: 0, text: '' });
  useEffect(() => {
    const say = (text: string) => setSaid(({ number }) => ({ number: number + 1, text }));
    const stops = [
      engine.on('offered', ({ contact }) => say(t('announce.offered', { name: contact.visitor.name ?? t('ring.unknown') }))),
      engine.on('chat', ({ message }) => say(t('announce.chat', { name: message.from.name ?? t('ring.unknown'), text: message.text }))),
      engine.on('keypad', ({ digits }) => say(t('announce.keypad', { digits }))),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [engine, t]);
  return (
    <div className="hidden" aria-live="assertive">
      <span key={said.number}>{said.text}</span>
    </div>
  );
}
