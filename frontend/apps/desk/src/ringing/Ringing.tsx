import type { Offer } from '@calldocker/client';
import { Button, Menu, Modal, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKeysAreMeant } from '../commands/typing.ts';
import { useCommands, useShortcut } from '../commands/use-commands.ts';
import { useDesk, useLocalTime } from '../context.ts';
import { CountdownRing, Icon, Quote, Timer } from '../parts.tsx';
import { partIn, readableAddress } from '../view.ts';
import { offerIcon, offerTitle } from './offer-view.ts';

const declineReasons = ['BUSY', 'OTHER_TOPIC', 'TECH_ISSUE'] as const;

/**
 * A call that rings takes over the screen: who it is, why it rings here, how long they have waited, and two buttons. It does not
 * take the keyboard of somebody who types.
 */
export function Ringing({ offer }: { offer: Offer }) {
  const { t } = useTranslation();
  const { engine, snapshot } = useDesk();
  const shortcut = useShortcut();
  const keysAreMeant = useKeysAreMeant();
  const { contact, accepting } = offer;
  const { callId } = contact;
  const supervising = 'contact' in snapshot.call && partIn(snapshot.call.contact) === 'supervisor';
  const answer = async () => {
    if (supervising) await engine.hangUp();
    await engine.accept(callId);
  };
  const decline = (reason?: string) => void engine.decline(callId, reason);
  useCommands(accepting || !keysAreMeant ? [] : [shortcut('answer', () => void answer()), shortcut('decline', () => decline())], true);
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      trapFocus={keysAreMeant}
      size={520}
      padding={32}
      title={t(offerTitle(offer))}
      classNames={{ content: 'ringing', title: 'ringing-title' }}
    >
      <div className="ringing-head">
        <Title order={2} size={28} className="ringing-name" dir="auto">
          {contact.visitor.name ?? t('ring.unknown')}
        </Title>
        {offer.expiresAt !== undefined && <CountdownRing since={offer.since} until={offer.expiresAt} label={t('ring.left')} />}
      </div>
      <OfferFacts offer={offer} />
      <div className="ringing-choices">
        <Button
          size="lg"
          color="go"
          data-autofocus
          loading={accepting}
          leftSection={<Icon name={offerIcon(offer)} />}
          onClick={() => void answer()}
        >
          {t('ring.answer')}
        </Button>
        <Button.Group>
          <Button size="lg" variant="default" flex={1} disabled={accepting} leftSection={<Icon name="hangUp" />} onClick={() => decline()}>
            {t('ring.decline')}
          </Button>
          <Menu position="top-end" width={260} withinPortal={false}>
            <Menu.Target>
              <Button
                size="lg"
                variant="default"
                px="sm"
                disabled={accepting}
                aria-label={t('ring.declineWith')}
                title={t('ring.declineWith')}
              >
                <Icon name="down" />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t('ring.declineWith')}</Menu.Label>
              {declineReasons.map((reason) => (
                <Menu.Item key={reason} onClick={() => decline(reason)}>
                  {t(`decline.${reason}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </Button.Group>
      </div>
      <Text c="dimmed" size="sm" mt="md">
        {t('ring.keys')}
      </Text>
    </Modal>
  );
}

function OfferFacts({ offer }: { offer: Offer }) {
  const { t } = useTranslation();
  const local = useLocalTime();
  const { contact } = offer;
  const { visitor, queue, callback } = contact;
  const { from, note, why } = contact.offer ?? {};
  return (
    <>
      {from && (
        <Text className="ringing-from">
          {t(offer.kind === 'consult' ? 'ring.fromConsult' : 'ring.fromTransfer', { name: from.name ?? t('person.colleague') })}
        </Text>
      )}
      {note && <Quote>{note}</Quote>}
      <dl className="facts">
        {queue && (
          <>
            <dt>{t('ring.queue')}</dt>
            <dd>
              <bdi>{queue.name}</bdi>
            </dd>
          </>
        )}
        <dt>{t('ring.waited')}</dt>
        <dd>
          <Timer since={local(contact.waitingSince ?? contact.createdAt)} label={t('ring.waited')} />
        </dd>
        {callback?.phone && (
          <>
            <dt>{t('ring.phone')}</dt>
            <dd>
              <bdi dir="ltr">{callback.phone}</bdi>
            </dd>
          </>
        )}
        {callback?.note && (
          <>
            <dt>{t('ring.wish')}</dt>
            <dd>
              <bdi>{callback.note}</bdi>
            </dd>
          </>
        )}
        {visitor.topic && (
          <>
            <dt>{t('ring.topic')}</dt>
            <dd>
              <bdi>{visitor.topic}</bdi>
            </dd>
          </>
        )}
        {visitor.page && (
          <>
            <dt>{t('ring.page')}</dt>
            <dd>
              <bdi dir="ltr">{readableAddress(visitor.page)}</bdi>
            </dd>
          </>
        )}
        {why && (
          <>
            <dt>{t('ring.why')}</dt>
            <dd>{t(`why.${why.decidedBy}`)}</dd>
          </>
        )}
      </dl>
    </>
  );
}
