import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useWidget } from './context.ts';
import { Button, Heading, Notice } from './parts.tsx';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** The keys go out as they are pressed, here or on the keyboard. */
export function KeypadScreen() {
  const { t, engine, show } = useWidget();
  const [sent, setSent] = useState('');
  const press = (key: string) => {
    setSent((before) => before + key);
    void engine.sendKeypad(key);
  };
  const type: JSX.KeyboardEventHandler<HTMLElement> = ({ key }) => {
    if (keys.some((each) => each === key)) press(key);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons within do the same
    <section class="screen" onKeyDown={type}>
      <Heading>{t('call.keypad')}</Heading>
      <output class="keypad-sent timer" dir="ltr" aria-label={t('keypad.sent')}>
        {sent}
      </output>
      <div class="keypad" dir="ltr">
        {keys.map((key) => (
          <button key={key} class="control key" type="button" onClick={() => press(key)}>
            {key}
          </button>
        ))}
      </div>
      <Notice />
      <Button icon="back" onClick={() => show()}>
        {t('talk.back')}
      </Button>
    </section>
  );
}
