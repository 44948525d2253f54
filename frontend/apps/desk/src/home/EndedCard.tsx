import type { CallState } from '@calldocker/client';
import { formatTimer } from '@calldocker/ui';
import { Button, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { endedText } from '../handled.ts';

/** How the last call ended, where there is no wrap-up. */
export function EndedCard({ call }: { call: Extract<CallState, { phase: 'ended' }> }) {
  const { t } = useTranslation();
  const { engine } = useDesk();
  return (
    <Paper withBorder p="lg" className="ended-card">
      <Text fw={500}>{t(endedText(call), { name: call.contact?.visitor.name ?? t('ring.unknown') })}</Text>
      <span className="timer">{formatTimer(call.talkedMs)}</span>
      <Button variant="default" onClick={() => engine.dismiss()}>
        {t('ended.ok')}
      </Button>
    </Paper>
  );
}
