import { Button, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { Icon } from '../parts.tsx';
import type { CurrentCall } from '../view.ts';
import { CallbackView } from './CallbackView.tsx';
import { SidePanel } from './SidePanel.tsx';
import { TalkView } from './TalkView.tsx';
import { VoicemailView } from './VoicemailView.tsx';
import { WrapUpView } from './WrapUpView.tsx';

/** A call from its first sound to the end of its wrap-up, and beside it what is known and written about it. */
export function CallPage({ call }: { call: CurrentCall }) {
  const { t } = useTranslation();
  if (call.phase === 'elsewhere') return <Elsewhere />;
  return (
    <section className="call" aria-label={t('call.label')}>
      <div className="call-main">
        <Centre call={call} />
      </div>
      {call.contact && <SidePanel contact={call.contact} />}
    </section>
  );
}

function Centre({ call }: { call: Exclude<CurrentCall, { phase: 'elsewhere' }> }) {
  if (call.phase === 'wrapup') return <WrapUpView call={call} />;
  if (call.phase === 'callback') return <CallbackView call={call} />;
  if (call.channel === 'voicemail' && call.contact?.recordingId) {
    return <VoicemailView contact={call.contact} recordingId={call.contact.recordingId} />;
  }
  return <TalkView call={call} />;
}

function Elsewhere() {
  const { t } = useTranslation();
  const { engine } = useDesk();
  return (
    <Paper withBorder p="xl" className="notice-card">
      <Title order={1} size={22}>
        {t('call.elsewhere')}
      </Title>
      <Text>{t('call.elsewhereText')}</Text>
      <Button size="md" leftSection={<Icon name="call" />} onClick={() => void engine.takeOver()}>
        {t('call.takeHere')}
      </Button>
    </Paper>
  );
}
