import type { ContactView } from '@calldocker/protocol';
import { formatTimer } from '@calldocker/ui';
import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readableAddress } from '../view.ts';

export function VisitorCard({ contact }: { contact: ContactView }) {
  const { t } = useTranslation();
  const { visitor, acceptedAt, queue, trace } = contact;
  const since = contact.waitingSince ?? contact.createdAt;
  return (
    <Paper component="section" withBorder p="md" className="visitor" aria-label={t('call.visitor')}>
      <Title order={2} size={16}>
        {t('call.visitor')}
      </Title>
      <Text size="lg">
        <bdi>{visitor.name ?? t('call.noName')}</bdi>
      </Text>
      <dl className="facts">
        {visitor.topic && (
          <>
            <dt>{t('call.topic')}</dt>
            <dd>
              <bdi>{visitor.topic}</bdi>
            </dd>
          </>
        )}
        <dt>{t('call.page')}</dt>
        <dd>{visitor.page ? <bdi dir="ltr">{readableAddress(visitor.page)}</bdi> : t('call.noPage')}</dd>
        {queue && (
          <>
            <dt>{t('ring.queue')}</dt>
            <dd>
              <bdi>{queue.name}</bdi>
            </dd>
          </>
        )}
        {acceptedAt && (
          <>
            <dt>{t('call.waited')}</dt>
            <dd className="timer">{formatTimer(Date.parse(acceptedAt) - Date.parse(since))}</dd>
          </>
        )}
        {trace && (
          <>
            <dt>{t('call.reference')}</dt>
            <dd>
              <bdi dir="ltr" className="reference">
                {trace}
              </bdi>
            </dd>
          </>
        )}
      </dl>
    </Paper>
  );
}
