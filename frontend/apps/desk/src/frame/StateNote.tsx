import { Alert, Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { Icon, Quote } from '../parts.tsx';
import { stateText, systemText } from '../words.ts';

/** Why somebody or something else has changed my state. @param withButton  the one click back */
export function StateNote({ withButton }: { withButton: boolean }) {
  const { t } = useTranslation();
  const { snapshot, goAvailable, going } = useDesk();
  const { agent, directory } = snapshot;
  const system = systemText(agent?.reason);
  if (!agent || (!agent.forcedBy && !system)) return null;
  const who = agent.forcedBy?.name ?? t('person.supervisor');
  const { intent: label, reason } = agent;
  const state = stateText(t, { label, ...(reason === undefined || system ? {} : { reason }) }, directory?.reasons);
  return (
    <Alert icon={<Icon name={agent.forcedBy ? 'person' : 'warning'} />}>
      <Stack gap="xs" align="start">
        {agent.forcedBy ? t('state.forced', { who, state }) : system && t(system)}
        {agent.note && <Quote>{agent.note}</Quote>}
        {withButton && label !== 'available' && (
          <Button variant="default" loading={going} onClick={goAvailable}>
            {t('state.back')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
