import type { Intent, LiveAgent } from '@calldocker/protocol';
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameOf } from '../call/destinations.ts';
import { useDesk } from '../context.ts';
import { useDraft } from '../use-draft.ts';
import { WrittenField } from '../WrittenField.tsx';
import { choosableReasons, reasonText } from '../words.ts';

interface ForceDialogProps {
  readonly agent: LiveAgent;
  readonly onClose: () => void;
}

const notReady = 'not_ready:';

/** What a choice of the list stands for. */
function intentOf(choice: string): { readonly intent: Intent; readonly reason?: string } {
  if (choice.startsWith(notReady)) return { intent: 'not_ready', reason: choice.slice(notReady.length) };
  return { intent: choice === 'available' ? 'available' : 'offline' };
}

/** Sets an agent's state in their place. They see who did it, and the note. */
export function ForceDialog({ agent, onClose }: ForceDialogProps) {
  const { t } = useTranslation();
  const { engine, snapshot } = useDesk();
  const reasons = choosableReasons(snapshot.directory?.reasons);
  const [choice, setChoice] = useState('available');
  const [note, setNote] = useDraft(`force ${agent.userId}`);
  const name = nameOf(agent);
  const force = async (event: FormEvent) => {
    event.preventDefault();
    if (await engine.forceIntent({ agentId: agent.userId, ...intentOf(choice), note: note.trim() })) {
      setNote('');
      onClose();
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('force.title', { name })} closeButtonProps={{ 'aria-label': t('settings.close') }}>
      <form onSubmit={(event) => void force(event)}>
        <Stack gap="md">
          <Text>{t('force.text', { name })}</Text>
          <Select
            label={t('force.state')}
            value={choice}
            onChange={(value) => value !== null && setChoice(value)}
            data={[
              { value: 'available', label: t('state.available') },
              ...reasons.map(({ reason }) => ({
                value: notReady + reason,
                label: t('state.notReadyFor', { reason: reasonText(t, reason, reasons) }),
              })),
              { value: 'offline', label: t('state.offline') },
            ]}
          />
          <WrittenField
            data-autofocus
            required
            label={t('force.note')}
            placeholder={t('force.notePlaceholder')}
            charactersMax={500}
            minRows={2}
            value={note}
            onWrite={setNote}
          />
          <Group justify="end">
            <Button type="submit" disabled={note.trim() === ''}>
              {t('force.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
