import type { Offer } from '@calldocker/client';
import { Button, Modal, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from './context.ts';
import { useKeys } from './hooks.ts';
import { Icon, Timer } from './parts.tsx';
import { readableAddress } from './view.ts';

/** A call that rings takes over: who it is, how long they have waited, from where, and two buttons. */
export function Ringing({ offer }: { offer: Offer }) {
  const { t } = useTranslation();
  const { engine } = useDesk();
  const { contact, accepting } = offer;
  const { visitor, callId } = contact;
  const answer = () => void engine.accept(callId);
  const decline = () => void engine.decline(callId);
  useKeys(accepting ? {} : { a: answer, enter: answer, d: decline, escape: decline });
  return (
    <Modal
      opened
      onClose={decline}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size={460}
      padding={32}
      title={t(contact.channel === 'video' ? 'ring.titleVideo' : 'ring.title')}
      classNames={{ content: 'ringing', title: 'ringing-title' }}
    >
      <Title order={2} size={28} className="ringing-name">
        {visitor.name ?? t('ring.unknown')}
      </Title>
      <dl className="facts">
        <dt>{t('ring.waited')}</dt>
        <dd>
          <Timer since={Date.parse(contact.createdAt)} label={t('ring.waited')} />
        </dd>
        {visitor.topic && (
          <>
            <dt>{t('ring.topic')}</dt>
            <dd dir="auto">{visitor.topic}</dd>
          </>
        )}
        {visitor.page && (
          <>
            <dt>{t('ring.page')}</dt>
            <dd dir="ltr">{readableAddress(visitor.page)}</dd>
          </>
        )}
      </dl>
      <div className="ringing-choices">
        <Button
          size="lg"
          color="go"
          data-autofocus
          loading={accepting}
          leftSection={<Icon name={contact.channel === 'video' ? 'camera' : 'call'} />}
          onClick={answer}
        >
          {t('ring.answer')}
        </Button>
        <Button size="lg" variant="default" disabled={accepting} leftSection={<Icon name="hangUp" />} onClick={decline}>
          {t('ring.decline')}
        </Button>
      </div>
      <Text c="dimmed" size="sm" mt="md">
        {t('ring.keys')}
      </Text>
    </Modal>
  );
}
