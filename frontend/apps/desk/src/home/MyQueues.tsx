import type { AgentView } from '@calldocker/protocol';
import { Paper, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { Icon } from '../parts.tsx';
import { type ServedQueue, servedQueues } from './day.ts';

export function MyQueues({ agent }: { agent: AgentView }) {
  const { t } = useTranslation();
  const { directory } = useDesk().snapshot;
  const queues = servedQueues(agent.queues ?? [], directory?.queues);
  return (
    <Paper withBorder p="xl" component="section" aria-labelledby="my-queues">
      <Title order={2} size={18} id="my-queues">
        {t('myQueues.title')}
      </Title>
      {queues.length === 0 ? (
        <Text c="dimmed" mt="sm">
          {t('myQueues.empty')}
        </Text>
      ) : (
        <Table mt="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('myQueues.queue')}</Table.Th>
              <Table.Th ta="end">{t('myQueues.waiting')}</Table.Th>
              <Table.Th ta="end">{t('myQueues.free')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {queues.map((queue) => (
              <QueueRow key={queue.queueId} queue={queue} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paper>
  );
}

function QueueRow({ queue: { name, now } }: { queue: ServedQueue }) {
  const { t } = useTranslation();
  const waiting = now !== undefined && now.waiting > 0;
  return (
    <Table.Tr>
      <Table.Td>
        <bdi>{name}</bdi>
        {now && !now.open && (
          <Text span c="dimmed" ms="xs">
            {t('queue.closed')}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="end" className={waiting ? 'timer waits' : 'timer'}>
        {waiting && <Icon name="time" size={14} />} {now?.waiting ?? '–'}
      </Table.Td>
      <Table.Td ta="end" className="timer">
        {now?.free ?? '–'}
      </Table.Td>
    </Table.Tr>
  );
}
