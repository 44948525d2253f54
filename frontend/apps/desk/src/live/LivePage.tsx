import { Alert, Button, Loader, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import { Icon } from '../parts.tsx';
import { AgentsTable } from './AgentsTable.tsx';
import { ContactsTable } from './ContactsTable.tsx';
import { QueuesTable } from './QueuesTable.tsx';

/** The company as it is now: anything that needs attention is at the top. */
export function LivePage() {
  const { t } = useTranslation();
  const { snapshot, go } = useDesk();
  const { liveView: live, stale } = snapshot;
  return (
    <>
      <div className="live-title">
        <Title order={1} size={22}>
          {t('live.title')}
        </Title>
        <Button variant="default" leftSection={<Icon name="wallboard" size={16} />} onClick={() => go('wallboard')}>
          {t('live.wallboard')}
        </Button>
      </div>
      {!live && (
        <p className="hint" role="status">
          <Loader size="xs" /> {t('live.loading')}
        </p>
      )}
      {live && stale && <Alert icon={<Icon name="retry" />}>{t('live.stale')}</Alert>}
      {live && (
        <>
          <Section name="live-queues" title={t('live.queues')} empty={live.queues.length === 0 && t('live.noQueues')}>
            <QueuesTable live={live} />
            <Text c="dimmed" size="sm" px="md" py="sm">
              {t('live.formula')}
            </Text>
          </Section>
          <div className="live-columns">
            <Section
              name="live-contacts"
              title={t('live.contacts')}
              count={live.contactsTotal ?? live.contacts.length}
              empty={live.contacts.length === 0 && t('live.noContacts')}
            >
              <ContactsTable live={live} />
              {live.contactsTotal !== undefined && live.contactsTotal > live.contacts.length && (
                <Text c="dimmed" size="sm" p="sm">
                  {t('live.more', { shown: live.contacts.length, total: live.contactsTotal })}
                </Text>
              )}
            </Section>
            <Section
              name="live-agents"
              title={t('live.agents')}
              count={live.agents.length}
              empty={live.agents.length === 0 && t('live.noAgents')}
            >
              <AgentsTable live={live} />
            </Section>
          </div>
        </>
      )}
    </>
  );
}

interface SectionProps {
  readonly name: string;
  readonly title: string;
  readonly count?: number;
  /** What will appear here and how; false when there is something. */
  readonly empty: string | false;
  readonly children: ReactNode;
}

function Section({ name, title, count, empty, children }: SectionProps) {
  return (
    <Paper withBorder component="section" className="live-section" aria-labelledby={name}>
      <div className="live-section-head">
        <Title order={2} size={16} id={name}>
          {title}
        </Title>
        {count !== undefined && <span className="hint timer">{count}</span>}
      </div>
      {empty ? (
        <Text c="dimmed" p="md" pt={0}>
          {empty}
        </Text>
      ) : (
        children
      )}
    </Paper>
  );
}
