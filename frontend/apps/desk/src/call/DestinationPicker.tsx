import type { Destination } from '@calldocker/client';
import type { IconName } from '@calldocker/ui';
import { Loader, Text, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { Icon } from '../parts.tsx';
import { stateIcons } from '../words.ts';
import { destinations, nameOf, sameDestination } from './destinations.ts';

interface DestinationPickerProps {
  readonly chosen: Destination | undefined;
  readonly onChoose: (destination: Destination) => void;
  readonly offers: 'queues' | 'agents' | 'both';
  /** The agent who has it already. */
  readonly without: string | undefined;
}

/** A queue or a colleague from the directory, with how they are now. */
export function DestinationPicker({ chosen, onChoose, offers, without }: DestinationPickerProps) {
  const { t } = useTranslation();
  const { engine, snapshot } = useDesk();
  const { directory } = snapshot;
  const [query, setQuery] = useState('');
  const group = useId();
  useEffect(() => {
    void engine.loadDirectory();
  }, [engine]);
  const found = destinations(directory ?? { queues: [], agents: [] }, { query, without });
  const queues = offers === 'agents' ? [] : found.queues;
  const agents = offers === 'queues' ? [] : found.agents;
  const choice = (destination: Destination) => ({
    group,
    chosen: sameDestination(chosen, destination),
    onChoose: () => onChoose(destination),
  });
  return (
    <div>
      <TextInput
        data-autofocus
        aria-label={t('pick.search')}
        placeholder={t('pick.search')}
        leftSection={<Icon name="search" size={16} />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <div className="picker">
        {!directory && <Loader size="sm" m="md" />}
        {queues.length > 0 && (
          <Group name={t('pick.queues')}>
            {queues.map(({ queueId, name, open, waiting, free }) => (
              <Choice key={queueId} icon="queue" name={name} {...choice({ queueId })}>
                {open ? t('pick.queueNow', { waiting, free }) : t('queue.closed')}
              </Choice>
            ))}
          </Group>
        )}
        {agents.length > 0 && (
          <Group name={t('pick.agents')}>
            {agents.map((agent) => (
              <Choice key={agent.userId} icon={stateIcons[agent.label]} name={nameOf(agent)} {...choice({ agentId: agent.userId })}>
                {agent.free ? t('pick.free') : t(`state.${agent.label}`)}
              </Choice>
            ))}
          </Group>
        )}
        {directory && queues.length + agents.length === 0 && (
          <Text c="dimmed" p="sm" role="status">
            {t(query === '' ? 'pick.empty' : 'pick.nothing')}
          </Text>
        )}
      </div>
    </div>
  );
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <fieldset className="picker-group">
      <legend>{name}</legend>
      {children}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly icon: IconName;
  readonly name: string;
  readonly group: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly children: string;
}

function Choice({ icon, name, group, chosen, onChoose, children }: ChoiceProps) {
  return (
    <label className={chosen ? 'picker-choice chosen' : 'picker-choice'}>
      <input type="radio" name={group} checked={chosen} onChange={onChoose} />
      <Icon name={icon} size={18} />
      <span className="picker-name">
        <bdi>{name}</bdi>
      </span>
      <span className="picker-now timer">{children}</span>
    </label>
  );
}
