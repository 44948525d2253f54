import type { LiveContact, SupervisionMode } from '@calldocker/protocol';
import type { IconName } from '@calldocker/ui';
import { ActionIcon, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ownMode } from '../call/supervision.ts';
import { useDesk } from '../context.ts';
import { Icon } from '../parts.tsx';

const modes: readonly (readonly [SupervisionMode, IconName])[] = [
  ['monitor', 'listen'],
  ['whisper', 'whisper'],
  ['barge', 'join'],
];

/** One click each: listen, whisper, join, take over; and leave, where one has. */
export function SuperviseButtons({ contact }: { contact: LiveContact }) {
  const { t } = useTranslation();
  const { engine, session } = useDesk();
  const { callId } = contact;
  const mode = ownMode(contact.supervisors && { participants: contact.supervisors }, session.userId);
  return (
    <>
      {modes.map(([one, icon]) => (
        <LiveButton
          key={one}
          icon={icon}
          label={t(`supervise.${one}`)}
          pressed={mode === one}
          onClick={() => void engine.supervise(callId, one)}
        />
      ))}
      <LiveButton icon="takeOver" label={t('supervise.takeOver')} onClick={() => void engine.takeOverContact(callId)} />
      {mode && <LiveButton icon="leave" label={t('supervise.leave')} onClick={() => void engine.supervise(callId, 'none')} />}
    </>
  );
}

interface LiveButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

function LiveButton({ icon, label, pressed, onClick }: LiveButtonProps) {
  return (
    <Tooltip label={label} openDelay={200} transitionProps={{ duration: 0 }}>
      <ActionIcon variant={pressed ? 'filled' : 'default'} size="lg" aria-label={label} aria-pressed={pressed} onClick={onClick}>
        <Icon name={icon} size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
