import type { ContactView, LegView } from '@calldocker/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Emitter, Store } from '../observable.ts';
import type { Outgoing, ServerMessageOf, Signalling } from '../signalling/types.ts';
import { contact, FakeAudioContext, FakeConnection, FakeStream, FakeTrack, message } from '../testing.ts';
import type { Role } from './call-state.ts';
import { EarlyRelays } from './early-relays.ts';
import { Legs, type LegsOptions } from './legs.ts';

/** A server that has ICE servers, and notes what it is told. */
class FakeSignalling {
  readonly said: Outgoing[] = [];
  readonly connection = new Store({ status: 'connected' });
  private readonly handlers = new Emitter<{ ice_servers: ServerMessageOf<'ice_servers'> }>();

  async request(request: Outgoing): Promise<void> {
    this.said.push(request);
    if (request.type === 'get_ice_servers') {
      this.handlers.emit('ice_servers', message('ice_servers', 1, { iceServers: [], ttlSeconds: 600 }));
    }
  }

  on(type: 'ice_servers', handler: (message: ServerMessageOf<'ice_servers'>) => void): () => void {
    return this.handlers.on(type, handler);
  }
}

class FakeAudioElement {
  static playing: FakeAudioElement[] = [];
  src = '';
  srcObject: unknown = null;
  loop = false;

  async play(): Promise<void> {
    FakeAudioElement.playing.push(this);
  }

  pause(): void {
    FakeAudioElement.playing = FakeAudioElement.playing.filter((one) => one !== this);
  }

  removeAttribute(): void {}
}

const microphone = new FakeTrack('audio');
let signalling: FakeSignalling;
let early: EarlyRelays;
let audio: FakeAudioContext;
let connections: FakeConnection[];
let legs: Legs;

function begin(role: Role, view: ContactView | undefined, comesBack = false): Promise<void> {
  legs = new Legs({
    callId: 'call-1',
    role,
    details: { channel: 'voice', topic: 'shoes' },
    signalling: signalling as unknown as Signalling,
    media: {
      audioTrack: microphone,
      videoTrack: undefined,
      devices: { snapshot: new Store({ chosen: {} }) },
    } as unknown as LegsOptions['media'],
    audioContext: () => audio as unknown as AudioContext,
    early,
    iceTransportPolicy: 'all',
    holdMusic: 'https://host/music',
    onChange: () => undefined,
    onRefused: () => undefined,
    onNoRelay: () => undefined,
    createConnection: () => {
      connections.push(new FakeConnection());
      return connections.at(-1) as unknown as RTCPeerConnection;
    },
  });
  legs.follow(view, comesBack);
  return legs.start();
}

/** Until all that was begun has come to its end, and no time has passed. */
const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const said = <T extends Outgoing['type']>(type: T) =>
  signalling.said.filter((one): one is Extract<Outgoing, { type: T }> => one.type === type);
const offeredTo = () => said('webrtc_offer').map(({ targetUserId }) => targetUserId);
const candidateFrom = (fromUserId: string) =>
  message('ice_candidate', 1, { fromUserId, callId: 'call-1', candidate: { candidate: 'c', generation: 'g' } });
const offerFrom = (fromUserId: string, generation: string) =>
  message('webrtc_offer', 1, { fromUserId, callId: 'call-1', offer: { type: 'offer', sdp: 'a=ice-ufrag:x\n', generation } });

const main: LegView = { userId: 'v', kind: 'main', offers: false };
const consult: LegView = { userId: 'b', kind: 'consult', offers: true };
const visitorWith = (changes: Partial<ContactView>) => contact({ state: 'connected', agent: { userId: 'a' }, ...changes });
const agentWith = (...list: LegView[]) => contact({ you: 'agent', state: 'connected', agent: { userId: 'a' }, legs: list });
const connection = (index: number) => connections[index] as FakeConnection;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', FakeStream);
  vi.stubGlobal('Audio', FakeAudioElement);
  FakeAudioElement.playing = [];
  signalling = new FakeSignalling();
  early = new EarlyRelays();
  audio = new FakeAudioContext();
  connections = [];
});
afterEach(() => {
  legs.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a visitor', () => {
  it('offers into the queue, and to whoever takes the call from then on', async () => {
    await begin('visitor', undefined);
    await settled();
    legs.follow(visitorWith({}), false);
    legs.shown?.offerAgain();
    await settled();

    expect(said('webrtc_offer')[0]).toMatchObject({ targetUserId: 'public-calls', callType: 'voice', topic: 'shoes' });
    expect(offeredTo()).toEqual(['public-calls', 'a']);
  });

  it('meets the agent whose answer comes before the word of who it is', async () => {
    await begin('visitor', undefined);
    legs.receive(message('webrtc_answer', 1, { fromUserId: 'a', callId: 'call-1', answer: { type: 'answer', sdp: 'x' } }));
    await settled();

    expect(legs.shown?.userId).toBe('a');
    expect(connection(0).remoteDescription).toEqual({ type: 'answer', sdp: 'x' });
  });

  it('offers anew, once, when the server has no offer for the agent', async () => {
    await begin('visitor', undefined);
    await settled();
    legs.follow(visitorWith({ needsOffer: true }), false);
    legs.follow(visitorWith({ needsOffer: true, lost: ['media'] }), false);
    await settled();

    expect(offeredTo()).toEqual(['public-calls', 'a']);
    expect(connections).toHaveLength(2);
  });

  it('moves to the agent who has the call now: another connection, and the old one ends', async () => {
    await begin('visitor', visitorWith({}));
    await settled();
    legs.follow(visitorWith({ agent: { userId: 'b' } }), false);
    await settled();

    expect(offeredTo()).toEqual(['a', 'b']);
    expect(connection(0).signalingState).toBe('closed');
    expect(legs.all.map(({ userId }) => userId)).toEqual(['b']);
  });

  it('keeps the connection with an agent who had joined and has the call now', async () => {
    const joined: LegView = { userId: 'b', kind: 'conference', offers: true };
    await begin('visitor', visitorWith({ legs: [{ userId: 'a', kind: 'main', offers: true }, joined] }));
    connection(1).packets = 1;
    await vi.advanceTimersByTimeAsync(1_000);
    legs.follow(visitorWith({ agent: { userId: 'b' }, legs: [{ ...joined, kind: 'main' }], needsOffer: true }), false);
    await settled();

    expect(connections.map(({ signalingState }) => signalingState)).toEqual(['closed', 'have-local-offer']);
    expect(said('media_state')).toMatchObject([{ state: 'up' }]);
  });

  it('waits for nobody in particular when the call goes back to the queue', async () => {
    await begin('visitor', visitorWith({}));
    legs.follow(visitorWith({ state: 'queued' }), false);
    legs.reportMedia();
    legs.follow(visitorWith({ agent: { userId: 'b' } }), false);

    expect(connections).toHaveLength(1);
    expect(legs.shown?.userId).toBe('b');
    expect(said('media_state')).toEqual([]);
  });

  it('hears music on hold, and neither hears nor is heard', async () => {
    await begin('visitor', visitorWith({}));
    const agentsVoice = connection(0).hear();
    legs.follow(visitorWith({ state: 'held' }), false);

    expect(FakeAudioElement.playing).toMatchObject([{ src: 'https://host/music', loop: true }]);
    expect(connection(0).sent('audio')?.enabled).toBe(false);
    expect(agentsVoice.enabled).toBe(false);

    legs.follow(visitorWith({}), false);

    expect(FakeAudioElement.playing).toEqual([]);
    expect(connection(0).sent('audio')?.enabled).toBe(true);
    expect(agentsVoice.enabled).toBe(true);
  });

  it('hears music while the call is handed to another agent', async () => {
    await begin('visitor', visitorWith({}));
    legs.follow(contact({ state: 'transferring' }), false);

    expect(FakeAudioElement.playing).toHaveLength(1);
    expect(legs.shown?.userId).toBeUndefined();
  });

  it('is on hold as well after the page was reloaded', async () => {
    await begin('visitor', visitorWith({ state: 'held' }), true);
    const agentsVoice = connection(0).hear();

    expect(FakeAudioElement.playing).toHaveLength(1);
    expect(connection(0).sent('audio')?.enabled).toBe(false);
    expect(agentsVoice.enabled).toBe(false);
  });

  it('hears everybody who has joined: one on the page, the others beside it', async () => {
    const view = visitorWith({
      legs: [
        { userId: 'b', kind: 'conference', offers: false },
        { userId: 'a', kind: 'main', offers: true },
      ],
    });
    await begin('visitor', view);
    for (const one of connections) one.hear();

    expect(legs.shown?.userId).toBe('a');
    expect(FakeAudioElement.playing.map(({ srcObject }) => srcObject)).toEqual([legs.all[1]?.remoteStream]);
  });
});

describe('an agent', () => {
  it('waits for the offer of the visitor, and offers where the server says so', async () => {
    await begin('agent', agentWith(main, consult));
    await settled();

    expect(offeredTo()).toEqual(['b']);
  });

  it('offers to everybody after the page was reloaded: they wait for nobody', async () => {
    await begin('agent', agentWith(main, { ...consult, offers: false }), true);
    await settled();

    expect(offeredTo()).toEqual(['v', 'b']);
  });

  it('finds what came for a connection before the contact listed it', async () => {
    await begin('agent', agentWith(main));
    legs.receive(candidateFrom('b'));
    legs.receive(offerFrom('b', 'g'));
    legs.follow(agentWith(main, { ...consult, offers: false }), false);
    await settled();

    expect(connection(1).remoteDescription?.type).toBe('offer');
    expect(said('webrtc_answer').map(({ targetUserId }) => targetUserId)).toEqual(['b']);
    expect(connection(1).candidates).toEqual(['c']);
  });

  it('gives each person what that person says, and nobody else', async () => {
    await begin('agent', agentWith(main, { ...consult, offers: false }));
    legs.receive(offerFrom('b', 'g'));
    await settled();

    expect(connection(0).remoteDescription).toBeNull();
    expect(connection(1).remoteDescription).not.toBeNull();
  });

  it('talks to the colleague while the visitor hears nothing', async () => {
    await begin('agent', agentWith(main));
    const visitorsVoice = connection(0).hear();
    legs.follow({ ...agentWith(main, consult), state: 'consulting' }, false);

    expect(connection(0).sent('audio')?.enabled).toBe(false);
    expect(visitorsVoice.enabled).toBe(false);
    expect(connection(1).sent('audio')).toMatchObject({ source: microphone, enabled: true });
  });

  it('ends the connection with a colleague who is not in the contact any more', async () => {
    await begin('agent', agentWith(main, consult));
    legs.follow(agentWith(main), false);

    expect(connections.map(({ signalingState }) => signalingState)).toEqual(['stable', 'closed']);
  });

  it('mends the connection that has failed, and leaves the others alone', async () => {
    await begin('agent', agentWith(main, consult));
    await settled();
    const [mainBefore, consultBefore] = [connection(0).fragment, connection(1).fragment];
    connection(1).become('failed');
    await settled();

    expect(connection(0).fragment).toBe(mainBefore);
    expect(connection(1).fragment).not.toBe(consultBefore);
    expect(offeredTo()).toEqual(['b', 'b']);
  });

  it('tells the server of a connection with the visitor that has become the one of the call', async () => {
    const joined: LegView = { userId: 'v', kind: 'conference', offers: true };
    await begin('agent', { ...agentWith(joined, { userId: 'a', kind: 'conference', offers: false }), you: 'conference' });
    connection(0).packets = 1;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(said('media_state')).toEqual([]);

    legs.follow(agentWith(main), false);

    expect(said('media_state')).toMatchObject([{ state: 'up' }]);
    expect(connections.map(({ signalingState }) => signalingState)).toEqual(['have-local-offer', 'closed']);
  });

  it('tells the server of the media with the visitor, and of no other', async () => {
    await begin('agent', agentWith(main, consult));
    connection(1).packets = 1;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(said('media_state')).toEqual([]);

    connection(0).packets = 1;
    await vi.advanceTimersByTimeAsync(1_000);

    expect(said('media_state')).toMatchObject([{ state: 'up' }]);
    expect(legs.all.map(({ up }) => up)).toEqual([true, true]);
  });
});

describe('supervision', () => {
  const supervision = (mode: 'monitor' | 'barge'): LegView => ({ userId: 's', kind: 'supervision', offers: true, mode, mix: true });

  it('gets the visitor and the agent mixed, as soon as the visitor is there', async () => {
    await begin('agent', agentWith(main, supervision('monitor')));
    const supervisorsSilence = connection(1).hear();
    expect(connection(1).sent('audio')?.source).toBe(microphone);
    const visitorsVoice = connection(0).hear();

    const [mix] = audio.mixes;
    expect(connection(1).sent('audio')).toBe(mix?.track);
    expect(mix?.sources.has(visitorsVoice)).toBe(true);
    expect(connection(0).sent('audio')?.source).toBe(microphone);
    expect(supervisorsSilence.enabled).toBe(false);
  });

  it('is passed on to the visitor when it barges in, and no longer after that', async () => {
    await begin('agent', agentWith(main, supervision('monitor')));
    connection(0).hear();
    const supervisorsVoice = connection(1).hear();
    legs.follow(agentWith(main, supervision('barge')), false);

    const mix = audio.mixes.find(({ sources }) => sources.has(supervisorsVoice));
    expect(connection(0).sent('audio')).toBe(mix?.track);
    expect(supervisorsVoice.enabled).toBe(true);
    expect(connections).toHaveLength(2);

    legs.follow(agentWith(main, supervision('monitor')), false);

    expect(connection(0).sent('audio')?.source).toBe(microphone);
  });

  it('begins to be mixed when the mixer begins to run', async () => {
    audio.state = 'suspended';
    await begin('agent', agentWith(main, supervision('monitor')));
    connection(0).hear();
    expect(connection(1).sent('audio')?.source).toBe(microphone);

    audio.state = 'running';
    audio.dispatchEvent(new Event('statechange'));

    expect(connection(1).sent('audio')).toBe(audio.mixes[0]?.track);
  });

  it('is no lost connection because the supervisor says nothing', async () => {
    await begin('agent', agentWith(main, supervision('monitor')));
    await settled();
    connection(1).become('connected');
    connection(0).packets = 1;
    await vi.advanceTimersByTimeAsync(4_000);
    connection(0).packets = 2;
    await vi.advanceTimersByTimeAsync(4_000);

    expect(legs.all.map(({ up }) => up)).toEqual([true, true]);
    expect(offeredTo()).toEqual(['s']);
  });
});

describe('the end', () => {
  it('leaves nothing open: no connection, no copy of the microphone, no sound', async () => {
    await begin('agent', agentWith(main, consult));
    for (const one of connections) one.hear();
    const sent = connections.map((one) => one.sent('audio'));
    legs.close();
    await vi.advanceTimersByTimeAsync(600_000);

    expect(connections.map(({ signalingState }) => signalingState)).toEqual(['closed', 'closed']);
    expect(sent.map((track) => track?.readyState)).toEqual(['ended', 'ended']);
    expect(FakeAudioElement.playing).toEqual([]);
    expect(said('get_ice_servers')).toHaveLength(1);
  });

  it('is the end, though the tracks of the other side tell of theirs after it', async () => {
    await begin('visitor', visitorWith({ state: 'held' }));
    const agentsVoice = connection(0).hear();
    legs.close();
    agentsVoice.dispatchEvent(new Event('ended'));

    expect(FakeAudioElement.playing).toEqual([]);
  });

  it('comes before the beginning, when the call is over while the ICE servers are asked for', async () => {
    const starting = begin('agent', agentWith(main));
    legs.close();
    await starting;

    expect(connections).toEqual([]);
  });
});
