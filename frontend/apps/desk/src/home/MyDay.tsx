import type { AgentView } from '@calldocker/protocol';
import { formatTimer } from '@calldocker/ui';
import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalTime } from '../context.ts';
import { Timer } from '../parts.tsx';
import { averageTalkMs } from './day.ts';

export function MyDay({ agent }: { agent: AgentView }) {
  const { t } = useTranslation();
  const local = useLocalTime();
  const average = averageTalkMs(agent);
  return (
    <Paper withBorder p="xl" component="section" aria-labelledby="my-day">
      <Title order={2} size={18} id="my-day">
        {t('myDay.title')}
      </Title>
      {agent.signedInAt === undefined ? (
        <Text c="dimmed" mt="sm">
          {t('myDay.empty')}
        </Text>
      ) : (
        <dl className="figures">
          <Figure name={t('myDay.handled')}>{agent.handled ?? 0}</Figure>
          <Figure name={t('myDay.average')}>{average === undefined ? '–' : formatTimer(average)}</Figure>
          <Figure name={t('myDay.signedIn')}>
            <Timer since={local(agent.signedInAt)} label={t('myDay.signedIn')} />
          </Figure>
        </dl>
      )}
    </Paper>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd className="timer">{children}</dd>
    </div>
  );
}
