import { Button, Modal, SimpleGrid } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

export function KeypadDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} size={320} title={t('call.keypad')} closeButtonProps={{ 'aria-label': t('settings.close') }}>
      <Keys />
    </Modal>
  );
}

/** The keys go out as they are pressed, here or on the keyboard. */
function Keys() {
  const { t } = useTranslation();
  const { engine } = useDesk();
  const [sent, setSent] = useState('');
  const press = (key: string) => {
    setSent((before) => before + key);
    void engine.sendKeypad(key);
  };
  const type = (event: KeyboardEvent) => {
    if (keys.some((key) => key === event.key)) press(event.key);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons within do the same
    <div className="keypad" dir="ltr" onKeyDown={type}>
      <output className="keypad-sent timer" aria-label={t('keypad.sent')}>
        {sent}
      </output>
      <SimpleGrid cols={3} spacing="xs">
        {keys.map((key, index) => (
          <Button key={key} size="xl" variant="default" data-autofocus={index === 0 || undefined} onClick={() => press(key)}>
            {key}
          </Button>
        ))}
      </SimpleGrid>
    </div>
  );
}
