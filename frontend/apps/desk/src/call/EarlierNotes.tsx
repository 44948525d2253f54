import type { ContactView } from '@calldocker/protocol';
import { useTranslation } from 'react-i18next';

/** What the other agents who have, or had, the contact wrote of it. */
export function EarlierNotes({ contact }: { readonly contact: ContactView }) {
  const { t } = useTranslation();
  if (!contact.earlierNotes?.length) return null;
  return (
    <ul className="earlier-notes" aria-label={t('notes.earlier')}>
      {contact.earlierNotes.map((written) => (
        <li key={written.userId}>
          <span className="hint">
            <bdi>{written.name ?? written.userId}</bdi>
            {written.disposition && (
              <>
                {' · '}
                <bdi>{written.disposition}</bdi>
              </>
            )}
          </span>
          {written.notes && <p dir="auto">{written.notes}</p>}
        </li>
      ))}
    </ul>
  );
}
