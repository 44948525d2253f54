import { Alert, Button, CopyButton, Group, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { Icon, Quote } from '../parts.tsx';
import { draftOf } from '../use-draft.ts';
import { currentCall } from '../view.ts';

/** What was written and could not be sent any more, since the call was over: it stays until it is copied, or thrown away. */
export function Unsaved() {
  const { engine, snapshot } = useDesk();
  const [line, forgetLine] = useUnsentChat();
  return (
    <>
      {snapshot.unsavedNotes.map(({ callId, text }) => (
        <Left key={callId} title="unsaved.notes" text={text} onForget={() => engine.forgetUnsavedNotes(callId)} />
      ))}
      {line !== '' && <Left title="unsaved.chat" text={line} onForget={forgetLine} />}
    </>
  );
}

interface LeftProps {
  readonly title: 'unsaved.notes' | 'unsaved.chat';
  readonly text: string;
  readonly onForget: () => void;
}

function Left({ title, text, onForget }: LeftProps) {
  const { t } = useTranslation();
  return (
    <Alert icon={<Icon name="warning" />}>
      <Stack gap="xs" align="start">
        {t(title)}
        <Quote>{text}</Quote>
        <Group gap="xs">
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button variant="default" leftSection={copied ? <Icon name="done" size={16} /> : undefined} onClick={copy}>
                {t(copied ? 'unsaved.copied' : 'unsaved.copy')}
              </Button>
            )}
          </CopyButton>
          <Button variant="subtle" color="gray" onClick={onForget}>
            {t('unsaved.forget')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

/** What was being written to the visitor when the talk ended. */
function useUnsentChat(): readonly [string, () => void] {
  const call = currentCall(useDesk().snapshot.call);
  const talking = call && call.phase !== 'wrapup' ? call.callId : undefined;
  const before = useRef<string>(undefined);
  const [line, setLine] = useState('');
  useEffect(() => {
    const last = before.current;
    before.current = talking;
    if (last !== undefined && last !== talking) setLine(draftOf(`chat ${last}`));
  }, [talking]);
  return [line, () => setLine('')];
}
