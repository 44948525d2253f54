import type { SupervisionMode } from '@calldocker/protocol';
import { Button, SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommands, useShortcut } from '../commands/use-commands.ts';
import { useDesk } from '../context.ts';
import { Icon } from '../parts.tsx';
import type { CurrentCall } from '../view.ts';
import { ownMode } from './supervision.ts';

const modes = ['monitor', 'whisper', 'barge'] as const;

/** On every page while a supervisor listens: the mode, the people in the call, and the way out. */
export function SuperviseBar({ call }: { call: CurrentCall }) {
  const { t } = useTranslation();
  const { engine, session } = useDesk();
  const shortcut = useShortcut();
  const { callId, contact } = call;
  const mode = ownMode(contact, session.userId) ?? 'monitor';
  const change = (next: SupervisionMode) => void engine.supervise(callId, next);
  const leave = () => void engine.hangUp();
  useCommands([
    shortcut('listen', () => change('monitor')),
    shortcut('whisper', () => change('whisper')),
    shortcut('join', () => change('barge')),
    shortcut('hangUp', leave),
  ]);
  return (
    <section className="supervise-bar" aria-label={t('supervise.label')}>
      <Icon name={mode === 'monitor' ? 'listen' : mode === 'whisper' ? 'whisper' : 'join'} />
      <Text className="supervise-text" role="status">
        {t(`supervise.${mode}Text`, {
          agent: contact?.agent?.name ?? t('person.agent'),
          visitor: contact?.visitor.name ?? t('ring.unknown'),
        })}
      </Text>
      <SegmentedControl
        aria-label={t('supervise.mode')}
        value={mode}
        onChange={(value) => change(modes.find((one) => one === value) ?? 'monitor')}
        data={modes.map((value) => ({ value, label: t(`supervise.${value}`) }))}
      />
      <Button variant="default" leftSection={<Icon name="takeOver" size={16} />} onClick={() => void engine.takeOverContact(callId)}>
        {t('supervise.takeOver')}
      </Button>
      <Button variant="default" leftSection={<Icon name="leave" size={16} />} onClick={leave}>
        {t('supervise.leave')}
      </Button>
    </section>
  );
}
