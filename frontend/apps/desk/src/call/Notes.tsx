import { type KeyboardEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { Icon } from '../parts.tsx';
import { WrittenField } from '../WrittenField.tsx';

interface NotesProps {
  /** With Ctrl or Cmd and Enter. */
  readonly onDone?: (() => void) | undefined;
}

/** Kept as they are typed; the word beside the name tells when the server has them. */
export function Notes({ onDone }: NotesProps) {
  const { t } = useTranslation();
  const { engine, snapshot } = useDesk();
  const { notes } = snapshot;
  const id = useId();
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onDone?.();
  };
  return (
    <div>
      <div className="notes-head">
        <label htmlFor={id}>{t('notes.label')}</label>
        {notes && notes.text !== '' && (
          <span className="hint" aria-live="off">
            {notes.saved && <Icon name="done" size={14} />} {t(notes.saved ? 'notes.saved' : 'notes.saving')}
          </span>
        )}
      </div>
      <WrittenField
        id={id}
        placeholder={t('notes.placeholder')}
        minRows={6}
        maxRows={14}
        charactersMax={4000}
        disabled={!notes}
        value={notes?.text ?? ''}
        onWrite={(text) => engine.setNotes(text)}
        onKeyDown={press}
      />
    </div>
  );
}
