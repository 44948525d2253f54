import type { LiveView } from '@calldocker/protocol';
import { expect, it } from 'vitest';
import { initialLiveState } from '../signalling/reduce.ts';
import { contact } from '../testing.ts';
import { type Known, snapshotOf } from './compose.ts';

const company: LiveView = { at: '', queues: [], agents: [], contacts: [] };
const line = { number: 1, from: { userId: 'v' }, party: 'visitor', text: 'hello', at: '' } as const;

function known(changes: Partial<Known> = {}): Known {
  return {
    connection: { status: 'connected' },
    live: { ...initialLiveState, chats: { 'call-1': { lines: [line], complete: true } }, company },
    contact: undefined,
    call: { phase: 'idle' },
    offers: [],
    mediaReady: false,
    mediaProblem: undefined,
    media: { microphone: 'off', muted: false, camera: 'off', screen: 'off', localVideo: undefined },
    devices: { microphones: [], cameras: [], speakers: [], chosen: {} },
    legs: [],
    notes: undefined,
    unsavedNotes: [],
    watching: false,
    ...changes,
  };
}

function leg(name: string, remoteVideo: boolean): Known['legs'][number] {
  const snapshot = { userId: name, name, kind: 'main', mode: undefined, up: true } as const;
  const quality = { word: 'good', mos: 4, rttMs: 1, jitterMs: 1, lossPercent: 0, worstMos: 4 } as const;
  return { snapshot, remoteStream: name as unknown as MediaStream, remoteVideo, quality };
}

it('a page shows the chat of the contact that it is about, and of no other', () => {
  expect(snapshotOf(known({ contact: contact() })).chat).toEqual([line]);
  expect(snapshotOf(known({ contact: contact({ callId: 'call-2' }) })).chat).toEqual([]);
  expect(snapshotOf(known()).chat).toEqual([]);
});

it('a page shows the company only while it is being watched', () => {
  expect(snapshotOf(known()).liveView).toBeUndefined();
  expect(snapshotOf(known({ watching: true })).liveView).toBe(company);
});

it('a page shows the sound and the quality of its first connection, and the picture of the first that has one', () => {
  const legs = [leg('a', false), leg('b', true), leg('c', true)];

  const snapshot = snapshotOf(known({ legs }));

  expect(snapshot.media).toMatchObject({ remoteStream: 'a', remotePicture: 'b' });
  expect(snapshot.quality).toBe(legs[0]?.quality);
  expect(snapshot.legs.map(({ userId }) => userId)).toEqual(['a', 'b', 'c']);
});

it('a page without a connection shows neither sound nor picture', () => {
  const { media, quality } = snapshotOf(known());

  expect([media.remoteStream, media.remotePicture, quality]).toEqual([undefined, undefined, undefined]);
});
