import type { ContactView, Participant } from '@calldocker/protocol';
import { Button, Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { Icon } from '../parts.tsx';
import { colleague, partIn } from '../view.ts';

/** The colleague who was asked: whether they are there, and what can come of it. */
export function ColleaguePanel({ contact }: { contact: ContactView }) {
  const { t } = useTranslation();
  const part = partIn(contact);
  const asked = colleague(contact);
  if (part === 'adviser') return <AdviserPanel contact={contact} />;
  if (part === 'supervisor' || (!asked && contact.state !== 'consulting')) return null;
  const name = asked?.name ?? t('person.colleague');
  return (
    <Paper withBorder p="md" component="section" className="colleague" aria-label={t('consult.label')}>
      <div className="colleague-text" role="status">
        <Icon name={asked?.connected ? 'join' : 'ringing'} />
        <Text fw={500}>{asked ? t(consultText(asked), { name }) : t('consult.looking')}</Text>
      </div>
      <ConsultActions asked={asked} name={name} />
    </Paper>
  );
}

function consultText({ kind, connected }: Participant): 'consult.ringing' | 'consult.talking' | 'consult.conference' {
  if (!connected) return 'consult.ringing';
  return kind === 'consult' ? 'consult.talking' : 'consult.conference';
}

function ConsultActions({ asked, name }: { asked: Participant | undefined; name: string }) {
  const { t } = useTranslation();
  const { engine } = useDesk();
  const together = asked?.kind === 'conference';
  return (
    <Group gap="xs">
      {asked?.connected && (
        <Button leftSection={<Icon name="transfer" size={16} />} onClick={() => void engine.completeTransfer()}>
          {t('consult.complete', { name })}
        </Button>
      )}
      {asked?.connected && !together && (
        <Button variant="default" leftSection={<Icon name="join" size={16} />} onClick={() => void engine.startConference()}>
          {t('consult.join')}
        </Button>
      )}
      <Button variant="default" leftSection={<Icon name="back" size={16} />} onClick={() => void engine.cancelConsult()}>
        {t(together ? 'consult.remove' : asked?.connected ? 'consult.back' : 'consult.cancel')}
      </Button>
    </Group>
  );
}

/** What who was asked has to know: whom they hear, and whether the visitor does. */
function AdviserPanel({ contact }: { contact: ContactView }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="md" className="colleague">
      <div className="colleague-text" role="status">
        <Icon name="join" />
        <Text fw={500}>
          {t(contact.you === 'consulted' ? 'consult.youAdvise' : 'consult.youJoined', {
            name: contact.agent?.name ?? t('person.colleague'),
          })}
        </Text>
      </div>
    </Paper>
  );
}
