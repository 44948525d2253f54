import type { ContactView } from '@calldocker/protocol';
import { asWave } from '@calldocker/ui';
import { Button, Group, Loader, Paper, Text, Title } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands, useShortcut } from '../commands/use-commands.ts';
import { useDesk } from '../context.ts';
import { Icon, Note } from '../parts.tsx';
import { TransferDialog } from './TransferDialog.tsx';

interface VoicemailViewProps {
  readonly contact: ContactView;
  readonly recordingId: string;
}

/** A message instead of a call: it is heard, handed on, or done with. */
export function VoicemailView({ contact, recordingId }: VoicemailViewProps) {
  const { t } = useTranslation();
  const { engine } = useDesk();
  const shortcut = useShortcut();
  const [handing, setHanding] = useState(false);
  const done = () => void engine.hangUp();
  const transfer = () => setHanding(true);
  useCommands([shortcut('hangUp', done), shortcut('transfer', transfer)]);
  return (
    <Paper withBorder p="xl" className="voicemail">
      <Icon name="voicemail" size={40} />
      <Title order={1} size={24} dir="auto">
        {contact.visitor.name ?? t('ring.unknown')}
      </Title>
      <Text>{t('voicemail.text')}</Text>
      <Player recordingId={recordingId} />
      <Group gap="sm">
        <Button size="md" aria-keyshortcuts="Shift+E" leftSection={<Icon name="done" size={18} />} onClick={done}>
          {t('voicemail.done')}
        </Button>
        <Button size="md" variant="default" aria-keyshortcuts="t" leftSection={<Icon name="transfer" size={18} />} onClick={transfer}>
          {t('call.transfer')}
        </Button>
      </Group>
      {handing && <TransferDialog mayConsult={false} onClose={() => setHanding(false)} />}
    </Paper>
  );
}

function Player({ recordingId }: { recordingId: string }) {
  const { t } = useTranslation();
  const { sound, retry } = useVoicemail(recordingId);
  if (sound === 'loading') {
    return (
      <p className="hint" role="status">
        <Loader size="xs" /> {t('voicemail.loading')}
      </p>
    );
  }
  if (sound === 'failed') {
    return (
      <Note icon="warning">
        {t('voicemail.failed')}
        <Button size="compact-md" variant="default" onClick={retry}>
          {t('signIn.retry')}
        </Button>
      </Note>
    );
  }
  // biome-ignore lint/a11y/useMediaCaption: what was spoken has not been written down
  return <audio className="voicemail-player" controls autoPlay src={sound.url} aria-label={t('voicemail.player')} />;
}

function useVoicemail(recordingId: string) {
  const { loadVoicemail } = useDesk().server;
  const [sound, setSound] = useState<'loading' | 'failed' | { readonly url: string }>('loading');
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a click on "Try again" is a reason to
  useEffect(() => {
    let url: string | undefined;
    let gone = false;
    setSound('loading');
    loadVoicemail(recordingId)
      .then(asWave)
      .then(
        (blob) => {
          if (gone) return;
          url = URL.createObjectURL(blob);
          setSound({ url });
        },
        () => {
          if (!gone) setSound('failed');
        },
      );
    return () => {
      gone = true;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [loadVoicemail, recordingId, tries]);
  return { sound, retry: useCallback(() => setTries((before) => before + 1), []) };
}
