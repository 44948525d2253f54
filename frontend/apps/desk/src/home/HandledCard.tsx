import { formatTimer } from '@calldocker/ui';
import { Paper, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HandledCall } from '../handled.ts';
import { timeOfDay } from '../i18n.ts';

export function HandledCard({ handled }: { handled: readonly HandledCall[] }) {
  const { t, i18n } = useTranslation();
  const clock = timeOfDay(i18n.language);
  return (
    <Paper withBorder p="xl" component="section" aria-labelledby="handled-title">
      <div className="handled-head">
        <Title order={2} size={18} id="handled-title">
          {t('day.title')}
        </Title>
        {handled.length > 0 && <Text c="dimmed">{t('day.count', { count: handled.length })}</Text>}
      </div>
      {handled.length === 0 ? (
        <Text c="dimmed" mt="sm">
          {t('day.empty')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={260}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('day.who')}</Table.Th>
                <Table.Th>{t('day.when')}</Table.Th>
                <Table.Th>{t('day.length')}</Table.Th>
                <Table.Th>{t('day.how')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {handled.map((call) => (
                <Table.Tr key={call.callId}>
                  <Table.Td dir="auto">{call.name ?? t('ring.unknown')}</Table.Td>
                  <Table.Td className="timer">{clock.format(call.endedAt)}</Table.Td>
                  <Table.Td className="timer">{formatTimer(call.talkedMs)}</Table.Td>
                  <Table.Td>{t(`how.${call.how}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}
