import type { Destination } from '@calldocker/client';
import type { LiveContact } from '@calldocker/protocol';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DestinationPicker } from '../call/DestinationPicker.tsx';
import { useDesk } from '../context.ts';

interface MoveDialogProps {
  readonly contact: LiveContact;
  readonly to: 'queue' | 'agent';
  readonly onClose: () => void;
}

/** Puts a contact at the front of a queue, or gives it to an agent. */
export function MoveDialog({ contact, to, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const { engine } = useDesk();
  const { callId, queue, visitor, agent } = contact;
  const [chosen, setChosen] = useState<Destination | undefined>(to === 'queue' ? { queueId: queue.queueId } : undefined);
  const move = async () => {
    if (!chosen) return;
    const moved =
      'queueId' in chosen
        ? await engine.requeueContact({ callId, queueId: chosen.queueId })
        : await engine.reassignContact({ callId, agentId: chosen.agentId });
    if (moved) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={t(to === 'queue' ? 'move.toQueue' : 'move.toAgent')}
      closeButtonProps={{ 'aria-label': t('settings.close') }}
    >
      <Stack gap="md">
        <Text>{t(to === 'queue' ? 'move.queueText' : 'move.agentText', { name: visitor.name ?? t('ring.unknown') })}</Text>
        <DestinationPicker offers={to === 'queue' ? 'queues' : 'agents'} chosen={chosen} onChoose={setChosen} without={agent?.userId} />
        <Group justify="end">
          <Button disabled={!chosen} onClick={() => void move()}>
            {t(to === 'queue' ? 'move.requeue' : 'move.assign')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
