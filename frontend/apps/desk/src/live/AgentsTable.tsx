import type { LiveAgent, LiveContact, LiveView } from '@calldocker/protocol';
import { ActionIcon, Menu } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameOf } from '../call/destinations.ts';
import { isTalked } from '../call/supervision.ts';
import { useDesk, useLocalTime } from '../context.ts';
import { Icon, Timer } from '../parts.tsx';
import { stateIcons, stateText } from '../words.ts';
import { byAgentAttention, isUnheard } from './attention.ts';
import { ForceDialog } from './ForceDialog.tsx';
import { type Column, LiveTable } from './LiveTable.tsx';
import { SuperviseButtons } from './SuperviseButtons.tsx';

export function AgentsTable({ live }: { live: LiveView }) {
  const { t } = useTranslation();
  const local = useLocalTime();
  const { session } = useDesk();
  const [forcing, setForcing] = useState<LiveAgent>();
  const rows = useMemo(() => byAgentAttention(live.agents), [live.agents]);
  const contacts = useMemo(() => new Map(live.contacts.map((contact) => [contact.callId, contact])), [live.contacts]);
  const workOf = ({ callId }: LiveAgent): LiveContact | undefined => (callId === undefined ? undefined : contacts.get(callId));
  const columns: readonly Column<LiveAgent>[] = [
    { id: 'who', title: t('live.agent'), cell: (agent) => <bdi>{nameOf(agent)}</bdi> },
    { id: 'state', title: t('live.state'), cell: (agent) => <AgentState agent={agent} /> },
    { id: 'time', title: t('live.time'), cell: ({ since }) => <Timer since={local(since)} label={t('live.time')} /> },
    {
      id: 'work',
      title: t('live.work'),
      cell: (agent) => {
        const work = workOf(agent);
        return work ? <bdi>{work.visitor.name ?? t('ring.unknown')}</bdi> : '–';
      },
    },
    { id: 'handled', title: t('live.handled'), cell: ({ handled }) => handled },
    {
      id: 'actions',
      title: t('live.actions'),
      cell: (agent) => {
        const work = workOf(agent);
        return (
          live.mayAct && (
            <div className="live-actions">
              {work && isTalked(work.state) && agent.userId !== session.userId && <SuperviseButtons contact={work} />}
              <AgentMenu agent={agent} onForce={() => setForcing(agent)} />
            </div>
          )
        );
      },
    },
  ];
  return (
    <>
      <LiveTable
        name="live-agents"
        columns={columns}
        rows={rows}
        rowKey={({ userId }) => userId}
        isUrgent={(agent) => agent.overdue === true || isUnheard(agent)}
      />
      {forcing && <ForceDialog agent={forcing} onClose={() => setForcing(undefined)} />}
    </>
  );
}

function AgentState({ agent }: { agent: LiveAgent }) {
  const { t } = useTranslation();
  const { directory } = useDesk().snapshot;
  const { label, next, overdue } = agent;
  const reasons = directory?.reasons;
  return (
    <>
      <span className={`mood ${label}`}>
        <Icon name={stateIcons[label]} size={16} /> {stateText(t, agent, reasons)}
      </span>
      {overdue && <span className="live-detail urgent-text">{t('live.overdue')}</span>}
      {isUnheard(agent) && <span className="live-detail urgent-text">{t('live.unheard')}</span>}
      {next && (
        <span className="live-detail">
          {t('state.next', {
            state: stateText(t, { label: next.intent, ...(next.reason === undefined ? {} : { reason: next.reason }) }, reasons),
          })}
        </span>
      )}
    </>
  );
}

function AgentMenu({ agent, onForce }: { agent: LiveAgent; onForce: () => void }) {
  const { t } = useTranslation();
  const { engine } = useDesk();
  const { callId, userId, label } = agent;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('live.moreFor', { name: nameOf(agent) })}>
          <Icon name="more" size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="person" size={16} />} onClick={onForce}>
          {t('force.open')}
        </Menu.Item>
        {label === 'wrapup' && callId !== undefined && (
          <Menu.Item leftSection={<Icon name="done" size={16} />} onClick={() => void engine.endWrapUpOf({ callId, agentId: userId })}>
            {t('live.endWrapUp')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
