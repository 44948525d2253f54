import type { LiveContact, LiveView } from '@calldocker/protocol';
import { ActionIcon, Menu } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTalked, participantText } from '../call/supervision.ts';
import { useDesk, useLocalTime, useServerClock } from '../context.ts';
import { Icon, Timer } from '../parts.tsx';
import { byContactAttention, isLate } from './attention.ts';
import { type Column, LiveTable } from './LiveTable.tsx';
import { MoveDialog } from './MoveDialog.tsx';
import { SuperviseButtons } from './SuperviseButtons.tsx';

export function ContactsTable({ live }: { live: LiveView }) {
  const { t } = useTranslation();
  const local = useLocalTime();
  const { session } = useDesk();
  const [moving, setMoving] = useState<{ readonly contact: LiveContact; readonly to: 'queue' | 'agent' }>();
  const now = useServerClock();
  const rows = useMemo(() => byContactAttention(live.contacts, live.queues, now), [live.contacts, live.queues, now]);
  const queues = useMemo(() => new Map(live.queues.map((queue) => [queue.queueId, queue])), [live.queues]);
  const columns: readonly Column<LiveContact>[] = [
    {
      id: 'who',
      title: t('live.visitor'),
      cell: ({ visitor, supervisors = [] }) => (
        <>
          <bdi>{visitor.name ?? t('ring.unknown')}</bdi>
          {supervisors.map((one) => (
            <span key={one.userId} className="live-detail">
              {t(participantText(one), { name: one.name ?? t('person.supervisor') })}
            </span>
          ))}
        </>
      ),
    },
    {
      id: 'state',
      title: t('live.state'),
      cell: (contact) => (
        <span className={isLate(contact, queues, now) || contact.lost.length > 0 ? 'mood late' : 'mood'}>
          {(isLate(contact, queues, now) || contact.lost.length > 0) && <Icon name="warning" size={16} />}{' '}
          {t(contact.lost.length > 0 ? 'contact.reconnecting' : `contact.${contact.state}`)}
        </span>
      ),
    },
    {
      id: 'time',
      title: t('live.time'),
      cell: ({ state, waitingSince, since }) => (
        <Timer since={local(state === 'queued' || state === 'offering' ? waitingSince : since)} label={t('live.time')} />
      ),
    },
    { id: 'queue', title: t('live.queue'), cell: ({ queue }) => <bdi>{queue.name}</bdi> },
    { id: 'agent', title: t('live.agent'), cell: ({ agent }) => (agent ? <bdi>{agent.name ?? agent.userId}</bdi> : '–') },
    {
      id: 'actions',
      title: t('live.actions'),
      cell: (contact) =>
        live.mayAct && (
          <div className="live-actions">
            {isTalked(contact.state) && contact.agent?.userId !== session.userId && <SuperviseButtons contact={contact} />}
            {contact.state !== 'wrapup' && <MoveMenu contact={contact} onMove={(to) => setMoving({ contact, to })} />}
          </div>
        ),
    },
  ];
  return (
    <>
      <LiveTable
        name="live-contacts"
        columns={columns}
        rows={rows}
        rowKey={({ callId }) => callId}
        isUrgent={(contact) => isLate(contact, queues, now) || contact.lost.length > 0}
      />
      {moving && <MoveDialog {...moving} onClose={() => setMoving(undefined)} />}
    </>
  );
}

function MoveMenu({ contact, onMove }: { contact: LiveContact; onMove: (to: 'queue' | 'agent') => void }) {
  const { t } = useTranslation();
  const name = contact.visitor.name ?? t('ring.unknown');
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('live.moreFor', { name })}>
          <Icon name="more" size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="queue" size={16} />} onClick={() => onMove('queue')}>
          {t('move.toQueue')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="person" size={16} />} onClick={() => onMove('agent')}>
          {t('move.toAgent')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
