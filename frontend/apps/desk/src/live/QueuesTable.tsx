import type { LiveQueue, LiveView } from '@calldocker/protocol';
import type { IconName } from '@calldocker/ui';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalTime, useServerClock } from '../context.ts';
import { Icon, Timer } from '../parts.tsx';
import { byQueueAttention, type QueueMood, queueMood } from './attention.ts';
import { type Column, LiveTable } from './LiveTable.tsx';

export const moodIcons: Record<QueueMood, IconName> = {
  nobody: 'warning',
  late: 'warning',
  waiting: 'time',
  quiet: 'available',
  closed: 'offline',
};

export function QueuesTable({ live }: { live: LiveView }) {
  const { t, i18n } = useTranslation();
  const local = useLocalTime();
  const now = useServerClock();
  const rows = useMemo(() => byQueueAttention(live.queues, now), [live.queues, now]);
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' });
  const columns: readonly Column<LiveQueue>[] = [
    { id: 'name', title: t('live.queue'), cell: ({ name }) => <bdi>{name}</bdi> },
    {
      id: 'state',
      title: t('live.state'),
      cell: (queue) => {
        const mood = queueMood(queue, now);
        return (
          <span className={`mood ${mood}`}>
            <Icon name={moodIcons[mood]} size={16} /> {t(`mood.${mood}`)}
          </span>
        );
      },
    },
    { id: 'waiting', title: t('live.waiting'), cell: ({ waiting }) => waiting },
    {
      id: 'longest',
      title: t('live.longest'),
      cell: ({ longestWaitingSince: since }) => (since === undefined ? '–' : <Timer since={local(since)} label={t('live.longest')} />),
    },
    { id: 'free', title: t('live.freeOf'), cell: ({ free, staffed }) => t('live.freeOfNow', { free, staffed }) },
    { id: 'answered', title: t('live.answered'), cell: ({ answered }) => answered },
    { id: 'abandoned', title: t('live.abandoned'), cell: ({ abandoned }) => abandoned },
    {
      id: 'level',
      title: t('live.level'),
      cell: ({ serviceLevelPercent: level, targetSeconds }) =>
        level === undefined ? '–' : t('live.levelIn', { level: percent.format(level / 100), seconds: targetSeconds ?? '–' }),
    },
  ];
  return (
    <LiveTable
      name="live-queues"
      columns={columns}
      rows={rows}
      rowKey={({ queueId }) => queueId}
      isUrgent={(queue) => ['nobody', 'late'].includes(queueMood(queue, now))}
    />
  );
}
