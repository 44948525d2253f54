import type { MediaProblem } from '@calldocker/client';
import { browserKind } from '@calldocker/ui';
import { Button, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { StateNote } from '../frame/StateNote.tsx';
import { Icon, LevelMeter } from '../parts.tsx';
import { readiness } from '../view.ts';

/** The obstacle between the agent and the next call, and the click that clears it. */
export function ReadyCard() {
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
          <div className="ready-level">
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
  if (ready === 'cut_off') {
    return (
      <Paper withBorder p="xl" className="notice-card">
        <Title order={1} size={22}>
          {t('go.title')}
        </Title>
        <Text>{t('ready.cutOff')}</Text>
      </Paper>
    );
  }
  const asking = going && snapshot.media.microphone === 'starting';
  return (
    <Paper withBorder p="xl" className="notice-card">
      <Title order={1} size={22}>
        {t('go.title')}
      </Title>
      <StateNote withButton={false} />
      <Text>{t(asking ? 'go.asking' : ready === 'needs_click' ? 'go.back' : 'go.text')}</Text>
      {snapshot.mediaProblem && <MediaProblemNote problem={snapshot.mediaProblem} />}
      <Button size="lg" color="go" loading={going} leftSection={<Icon name="call" />} onClick={goAvailable}>
        {t('go.button')}
      </Button>
    </Paper>
  );
}

function MediaProblemNote({ problem }: { readonly problem: MediaProblem }) {
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
