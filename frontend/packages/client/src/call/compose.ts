import type { ContactView } from '@calldocker/protocol';
import type { ConnectionState, LiveState } from '../signalling/types.ts';
import type { Leg } from './leg.ts';
import type { LocalSnapshot } from './local-media.ts';
import type { CallSnapshot } from './snapshot.ts';

/** What the parts of an engine know, each as it is now. */
export interface Known
  extends Pick<CallSnapshot, 'call' | 'offers' | 'mediaReady' | 'mediaProblem' | 'devices' | 'notes' | 'unsavedNotes'> {
  readonly connection: ConnectionState;
  readonly live: LiveState;
  /** The contact that the page is about. */
  readonly contact: ContactView | undefined;
  readonly media: LocalSnapshot;
  /** The connections of the call that this page carries, the shown one first. */
  readonly legs: readonly Pick<Leg, 'snapshot' | 'remoteStream' | 'remoteVideo' | 'quality'>[];
  /** The company is being watched. */
  readonly watching: boolean;
}

/** Puts the snapshot of a page together. Pure. */
export function snapshotOf({ live, contact, legs, watching, media, ...known }: Known): CallSnapshot {
  const [shown] = legs;
  return {
    ...known,
    stale: live.stale,
    agent: live.agent,
    media: {
      ...media,
      remoteStream: shown?.remoteStream,
      remotePicture: legs.find((leg) => leg.remoteVideo)?.remoteStream,
    },
    quality: shown?.quality,
    legs: legs.map((leg) => leg.snapshot),
    chat: (contact && live.chats[contact.callId]?.lines) ?? [],
    directory: live.directory,
    liveView: watching ? live.company : undefined,
  };
}
