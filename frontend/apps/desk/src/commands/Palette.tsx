import { Modal, Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts.tsx';
import { type Command, matching } from './command-list.ts';
import { KeyCaps } from './KeyCaps.tsx';

interface PaletteProps {
  readonly commands: readonly Command[];
  readonly onClose: () => void;
}

/** Everything that can be done now, by its name. */
export function Palette({ commands, onClose }: PaletteProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      centered={false}
      yOffset="12vh"
      size={560}
      title={t('palette.title')}
      closeButtonProps={{ 'aria-label': t('settings.close') }}
    >
      <Choice commands={commands} onClose={onClose} />
    </Modal>
  );
}

function Choice({ commands, onClose }: PaletteProps) {
  const { t, i18n } = useTranslation();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const found = matching(commands, query, i18n.language);
  const optionId = (index: number) => `${id}-${index}`;

  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((before) => (before + step + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter') run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        data-autofocus
        aria-label={t('palette.title')}
        placeholder={t('palette.placeholder')}
        leftSection={<Icon name="search" size={16} />}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={found[at] && optionId(at)}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div className="palette" role="listbox" id={id} aria-label={t('palette.title')} ref={list}>
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={command.id}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="palette-entry"
            onClick={() => run(command)}
          >
            <span>{command.label}</span>
            {command.keys[0] && <KeyCaps name={command.keys[0]} />}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <Text c="dimmed" mt="sm" role="status">
          {t('palette.nothing')}
        </Text>
      )}
    </>
  );
}
