import { steadyNow } from '@calldocker/client';
import { formatTimer } from '@calldocker/ui';
import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands, useShortcut } from '../commands/use-commands.ts';
import { useDesk, useLocalTime } from '../context.ts';
import { endedText } from '../handled.ts';
import { CountdownRing, Icon } from '../parts.tsx';
import type { WrapUpCall } from '../view.ts';
import { stateText } from '../words.ts';

/** After the call: how long there is, what comes next, and the way there. What is written stands beside it. */
export function WrapUpView({ call }: { call: WrapUpCall }) {
  const { t } = useTranslation();
  const { engine } = useDesk();
  const shortcut = useShortcut();
  const { wrapUpUntil, extensionsLeft, talkedMs } = call;
  const since = useWrapUpSince();
  const extend = () => void engine.extendWrapUp();
  const done = () => void engine.endWrapUp();
  useCommands([shortcut('done', done), ...(extensionsLeft > 0 ? [shortcut('extend', extend)] : [])]);
  return (
    <Paper withBorder p="xl" className="wrap-up">
      <div className="wrap-up-head">
        <div>
          <Title order={1} size={22}>
            {t('wrapUp.title')}
          </Title>
          <Text mt={4}>{t(endedText(call), { name: call.contact.visitor.name ?? t('ring.unknown') })}</Text>
          {talkedMs !== undefined && <Text c="dimmed">{t('wrapUp.talked', { time: formatTimer(talkedMs) })}</Text>}
        </div>
        {wrapUpUntil !== undefined && <CountdownRing since={since} until={wrapUpUntil} label={t('wrapUp.left')} />}
      </div>
      <Text>{t(wrapUpUntil === undefined ? 'wrapUp.text' : 'wrapUp.textTimed')}</Text>
      <NextLine />
      <Group gap="sm">
        <Button size="md" color="go" aria-keyshortcuts="Enter" leftSection={<Icon name="done" />} onClick={done}>
          {t('wrapUp.done')}
        </Button>
        {extensionsLeft > 0 && (
          <Button size="md" variant="default" aria-keyshortcuts="x" leftSection={<Icon name="extend" size={18} />} onClick={extend}>
            {t('wrapUp.extend', { count: extensionsLeft })}
          </Button>
        )}
      </Group>
    </Paper>
  );
}

/** When it began: as the server has it, or else when this page has seen it. */
function useWrapUpSince(): number {
  const local = useLocalTime();
  const { agent } = useDesk().snapshot;
  const [seen] = useState(steadyNow);
  return agent?.label === 'wrapup' ? local(agent.since) : seen;
}

function NextLine() {
  const { t } = useTranslation();
  const { agent, directory } = useDesk().snapshot;
  if (!agent) return null;
  const { intent, reason } = agent.next ?? agent;
  const state = stateText(t, { label: intent, ...(reason === undefined ? {} : { reason }) }, directory?.reasons);
  return (
    <p className="hint">
      <Icon name="time" size={16} /> {t('wrapUp.next', { state })}
    </p>
  );
}
