import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands, useShortcut } from '../commands/use-commands.ts';
import { useDesk } from '../context.ts';
import { Icon, Note, Quote, Timer } from '../parts.tsx';
import type { LiveCall } from '../view.ts';

/** An agent calls back: on the visitor's page, which rings, or by telephone. */
export function CallbackView({ call }: { call: Extract<LiveCall, { phase: 'callback' }> }) {
  const { t } = useTranslation();
  const { engine, server } = useDesk();
  const shortcut = useShortcut();
  const [failed, setFailed] = useState(false);
  const { contact, callback, stage } = call;
  const done = () => void engine.hangUp();
  const noAnswer = async () => setFailed(!(await server.endUnanswered(call.callId)));
  useCommands([shortcut('hangUp', done)]);
  return (
    <Paper withBorder p="xl" className="callback">
      <Icon name="callback" size={40} />
      <Title order={1} size={24} dir="auto">
        {contact.visitor.name ?? t('ring.unknown')}
      </Title>
      {call.connectedAt !== undefined && <Timer since={call.connectedAt} label={t('call.time')} />}
      <Text>{t(stage === 'talking' ? 'callback.talking' : callback?.phone ? 'callback.byPhone' : 'callback.onPage')}</Text>
      {callback?.phone && (
        <a className="callback-phone timer" dir="ltr" href={`tel:${callback.phone.replace(/[^\d+*#]/g, '')}`}>
          {callback.phone}
        </a>
      )}
      {callback?.note && <Quote>{callback.note}</Quote>}
      {callback && (
        <Text c="dimmed" size="sm">
          {t('callback.attempt', { attempt: callback.attempt + 1, max: callback.attemptsMax })}
        </Text>
      )}
      {failed && <Note icon="warning">{t('problem.server')}</Note>}
      <Group gap="sm">
        {stage !== 'talking' && (
          <Button size="md" variant="default" leftSection={<Icon name="hangUp" size={18} />} onClick={() => void noAnswer()}>
            {t('callback.noAnswer')}
          </Button>
        )}
        {stage === 'dialing' && callback?.phone && (
          <Button size="md" color="go" leftSection={<Icon name="call" size={18} />} onClick={() => void engine.callbackReached()}>
            {t('callback.reached')}
          </Button>
        )}
        <Button
          size="md"
          variant={stage === 'dialing' && callback?.phone ? 'default' : 'filled'}
          aria-keyshortcuts="Shift+E"
          leftSection={<Icon name="done" size={18} />}
          onClick={done}
        >
          {t('callback.done')}
        </Button>
      </Group>
    </Paper>
  );
}
