import type { CallSnapshot, MediaProblem } from '@calldocker/client';
import { browserKind, formatTimer } from '@calldocker/ui';
import { Button, Paper, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from './context.ts';
import type { HandledCall } from './handled.ts';
import { Icon, LevelMeter } from './parts.tsx';
import { readiness } from './view.ts';

export function Home({ handled }: { handled: readonly HandledCall[] }) {
  const { snapshot } = useDesk();
  return (
    <>
      {snapshot.call.phase === 'ended' && <EndedCard call={snapshot.call} />}
      <ReadyCard />
      <HandledCard handled={handled} />
    </>
  );
}

/** What stands between the agent and the next call, and the click that clears it. */
function ReadyCard() {
  const { t } = useTranslation();
  const { engine, snapshot, goAvailable, going } = useDesk();
  const ready = readiness(snapshot);
  if (ready === 'ready' || ready === 'other_tab') {
    return (
      <Paper withBorder p="xl" className="notice-card go">
        <Title order={1} size={22}>
          {t('ready.title')}
        </Title>
        <Text>{t(ready === 'ready' ? 'ready.text' : 'ready.otherTab')}</Text>
        {ready === 'ready' ? (
          <div className="level">
            <Text c="dimmed" size="sm">
              {t('ready.microphone')}
            </Text>
            <LevelMeter engine={engine} label={t('devices.level')} />
          </div>
        ) : (
          <Button variant="default" leftSection={<Icon name="speaker" />} onClick={goAvailable}>
            {t('ready.soundHere')}
          </Button>
        )}
      </Paper>
    );
  }
  const asking = going && snapshot.media.microphone === 'starting';
  return (
    <Paper withBorder p="xl" className="notice-card">
      <Title order={1} size={22}>
        {t('go.title')}
      </Title>
      <Text>{t(asking ? 'go.asking' : ready === 'needs_click' ? 'go.back' : 'go.text')}</Text>
      {snapshot.mediaProblem && <MediaProblemNote problem={snapshot.mediaProblem} />}
      <Button size="lg" color="go" loading={going} leftSection={<Icon name="call" />} onClick={goAvailable}>
        {t('go.button')}
      </Button>
    </Paper>
  );
}

function MediaProblemNote({ problem }: { problem: MediaProblem }) {
  const { t } = useTranslation();
  return (
    <div className="note" role="alert">
      <Icon name="warning" size={18} />
      <div>
        <p>{t(`problem.${problem}`)}</p>
        {problem === 'permission_denied' && (
          <>
            <p>{t(`allow.${browserKind(navigator)}`)}</p>
            <p>{t('allow.system')}</p>
          </>
        )}
      </div>
    </div>
  );
}

function EndedCard({ call }: { call: Extract<CallSnapshot['call'], { phase: 'ended' }> }) {
  const { t } = useTranslation();
  const { engine } = useDesk();
  const name = call.contact?.visitor.name ?? t('ring.unknown');
  const lost = call.endReason === 'lost_visitor' || call.endReason === 'lost_agent' || call.endReason === 'media_failed';
  const text = lost ? 'ended.lost' : call.endedBy === 'visitor' ? 'ended.visitor' : call.endedBy === 'agent' ? 'ended.you' : 'ended.system';
  return (
    <Paper withBorder p="lg" className="ended-card">
      <Text fw={500}>{t(text, { name })}</Text>
      <span className="timer">{formatTimer(call.talkedMs)}</span>
      <Button variant="default" onClick={() => engine.dismiss()}>
        {t('ended.ok')}
      </Button>
    </Paper>
  );
}

function HandledCard({ handled }: { handled: readonly HandledCall[] }) {
  const { t, i18n } = useTranslation();
  const clock = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' });
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
