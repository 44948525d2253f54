import type { ContactView } from '@calldocker/protocol';
import type { IconName } from '@calldocker/ui';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { Icon } from '../parts.tsx';
import { participantText } from './supervision.ts';

const icons = { monitor: 'listen', whisper: 'whisper', barge: 'join' } as const satisfies Record<string, IconName>;

/** Who takes part beside the agent and the visitor. The visitor sees nothing of it. */
export function Participants({ contact }: { contact: ContactView }) {
  const { t } = useTranslation();
  const { session } = useDesk();
  const others = contact.participants?.filter(({ userId }) => userId !== session.userId) ?? [];
  return (
    <ul className={others.length > 0 ? 'participants' : 'hidden'} aria-label={t('participant.label')} aria-live="polite">
      {others.map((one) => (
        <li key={one.userId}>
          <Icon name={one.mode ? icons[one.mode] : 'person'} size={16} />
          <span>{t(participantText(one), { name: one.name ?? t('person.colleague') })}</span>
        </li>
      ))}
    </ul>
  );
}
