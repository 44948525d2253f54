import type { Destination, Handing } from '@calldocker/client';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { Icon } from '../parts.tsx';
import { WrittenField } from '../WrittenField.tsx';
import { DestinationPicker } from './DestinationPicker.tsx';

interface TransferDialogProps {
  /** There is somebody to put on hold meanwhile. */
  readonly mayConsult: boolean;
  readonly onClose: () => void;
}

/** Hands the call over: at once, or after having asked. */
export function TransferDialog({ mayConsult, onClose }: TransferDialogProps) {
  const { t } = useTranslation();
  const { engine, session } = useDesk();
  const [to, setTo] = useState<Destination>();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const hand = async (how: 'transfer' | 'consult') => {
    if (!to) return;
    const handing: Handing = note.trim() === '' ? to : { ...to, note: note.trim() };
    setBusy(true);
    const done = await engine[how](handing);
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Modal opened onClose={onClose} size={520} title={t('transfer.title')} closeButtonProps={{ 'aria-label': t('settings.close') }}>
      <Stack gap="md">
        <DestinationPicker offers="both" chosen={to} onChoose={setTo} without={session.userId} />
        <WrittenField
          label={t('transfer.note')}
          description={t('transfer.noteHint')}
          charactersMax={500}
          minRows={2}
          maxRows={5}
          value={note}
          onWrite={setNote}
        />
        <Group justify="end">
          {mayConsult && (
            <Button
              variant="default"
              disabled={!to || busy}
              leftSection={<Icon name="join" size={16} />}
              onClick={() => void hand('consult')}
            >
              {t('transfer.ask')}
            </Button>
          )}
          <Button disabled={!to || busy} leftSection={<Icon name="transfer" size={16} />} onClick={() => void hand('transfer')}>
            {t('transfer.hand')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
