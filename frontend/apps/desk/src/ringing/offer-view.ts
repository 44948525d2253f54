import type { Offer } from '@calldocker/client';
import type { Channel, OfferKind } from '@calldocker/protocol';
import type { IconName } from '@calldocker/ui';

interface Asked {
  readonly kind: OfferKind;
  readonly contact: { readonly channel: Channel };
}

export type OfferTitle =
  | 'ring.title'
  | 'ring.titleVideo'
  | 'ring.titleTransfer'
  | 'ring.titleConsult'
  | 'ring.titleCallback'
  | 'ring.titleVoicemail';

/** What is asked of the agent, in a word. */
export function offerTitle({ kind, contact }: Asked): OfferTitle {
  if (kind === 'transfer') return 'ring.titleTransfer';
  if (kind === 'consult') return 'ring.titleConsult';
  if (kind === 'callback') return 'ring.titleCallback';
  if (contact.channel === 'voicemail') return 'ring.titleVoicemail';
  return contact.channel === 'video' ? 'ring.titleVideo' : 'ring.title';
}

export function offerIcon({ kind, contact }: Pick<Offer, 'kind' | 'contact'>): IconName {
  if (kind === 'callback') return 'callback';
  if (contact.channel === 'voicemail') return 'voicemail';
  return contact.channel === 'video' ? 'camera' : 'call';
}
