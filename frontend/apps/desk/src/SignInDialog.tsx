import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './parts.tsx';
import { retryText } from './retry.ts';
import { type DeskSession, isSamePerson } from './session.ts';
import type { Newcomer, SignInLink } from './sign-in-link.ts';
import { roleText } from './words.ts';

interface SignInDialogProps {
  readonly link: SignInLink;
  /** Who is signed in now. */
  readonly present: DeskSession | undefined;
  /** Signs whoever is signed in out, and the newcomer in. */
  readonly onAccept: (session: DeskSession) => Promise<void>;
}

/** A link was opened that signs somebody in: asks before it does, whoever is signed in. */
export function SignInDialog({ link: { state, retry, dismiss }, present, onAccept }: SignInDialogProps) {
  const { t } = useTranslation();
  if (!state || state.stage === 'looking') return null;
  if (state.stage === 'offered')
    return <Question newcomer={state.newcomer} present={present} onAccept={onAccept} onDecline={dismiss} onDone={dismiss} />;
  const mayRetry = state.stage === 'away' || state.stage === 'overloaded';
  return (
    <Modal opened onClose={dismiss} title={t(`signInLink.${state.stage}.title`)} closeButtonProps={{ 'aria-label': t('settings.close') }}>
      <Stack gap="md">
        <Text>{state.stage === 'overloaded' ? retryText(t, state.retryAfterMs) : t(`signInLink.${state.stage}.text`)}</Text>
        <Group justify="end">
          {mayRetry && <Button onClick={retry}>{t('signIn.retry')}</Button>}
          <Button variant={mayRetry ? 'default' : 'filled'} data-autofocus onClick={dismiss}>
            {t('settings.close')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface QuestionProps {
  readonly newcomer: Newcomer;
  readonly present: DeskSession | undefined;
  readonly onAccept: (session: DeskSession) => Promise<void>;
  readonly onDecline: () => void;
  readonly onDone: () => void;
}

function Question({ newcomer: { session, role, company }, present, onAccept, onDecline, onDone }: QuestionProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const { name } = session;
  const again = present !== undefined && isSamePerson(present, session);
  const accept = async () => {
    setBusy(true);
    await onAccept(session);
    onDone();
  };
  const title = present === undefined ? 'signInLink.title' : again ? 'signInLink.titleAgain' : 'signInLink.titleInstead';
  return (
    <Modal opened onClose={onDecline} title={t(title, { name })} closeButtonProps={{ 'aria-label': t('settings.close') }}>
      <Stack gap="md">
        <Text>
          <Icon name="person" size={18} /> {t('signInLink.who', { name, role: roleText(t, role), company })}
        </Text>
        {present && (
          <Alert color="yellow" icon={<Icon name="warning" />}>
            {again ? t('signInLink.replacesOwn') : t('signInLink.replaces', { name: present.name })}
          </Alert>
        )}
        <Text c="dimmed" size="sm">
          {t('signInLink.yours')}
        </Text>
        <Group justify="end">
          <Button variant="default" data-autofocus disabled={busy} onClick={onDecline}>
            {present ? t('signInLink.stay', { name: present.name }) : t('signInLink.decline')}
          </Button>
          <Button loading={busy} onClick={() => void accept()}>
            {t('signInLink.accept', { name })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
