import type { LegView } from '@calldocker/protocol';
import { describe, expect, vi } from 'vitest';
import { contact, message } from '../testing.ts';
import { agentWith, consult, it, main, settled, visitorWith } from './legs-testing.ts';

describe('a visitor', () => {
  it('offers into the queue, and to whoever takes the call from then on', async ({ call }) => {
    await call.begin('visitor', undefined);
    await settled();
    call.legs.follow(visitorWith({}), false);
    call.legs.shown?.offerAgain();
    await settled();

    expect(call.said('webrtc_offer')[0]).toMatchObject({ targetUserId: 'public-calls', callType: 'voice', topic: 'shoes' });
    expect(call.offeredTo()).toEqual(['public-calls', 'a']);
  });

  it('meets the agent whose answer comes before the word of who it is', async ({ call }) => {
    await call.begin('visitor', undefined);
    call.legs.receive(message('webrtc_answer', 1, { fromUserId: 'a', callId: 'call-1', answer: { type: 'answer', sdp: 'x' } }));
    await settled();

    expect(call.legs.shown?.userId).toBe('a');
    expect(call.connection(0).remoteDescription).toEqual({ type: 'answer', sdp: 'x' });
  });

  it('offers anew, once, when the server has no offer for the agent', async ({ call }) => {
    await call.begin('visitor', undefined);
    await settled();
    call.legs.follow(visitorWith({ needsOffer: true }), false);
    call.legs.follow(visitorWith({ needsOffer: true, lost: ['media'] }), false);
    await settled();

    expect(call.offeredTo()).toEqual(['public-calls', 'a']);
    expect(call.connections).toHaveLength(2);
  });

  it('moves to the agent who has the call now: another connection, and the old one ends', async ({ call }) => {
    await call.begin('visitor', visitorWith({}));
    await settled();
    call.legs.follow(visitorWith({ agent: { userId: 'b' } }), false);
    await settled();

    expect(call.offeredTo()).toEqual(['a', 'b']);
    expect(call.connection(0).signalingState).toBe('closed');
    expect(call.legs.all.map(({ userId }) => userId)).toEqual(['b']);
  });

  it('keeps the connection with an agent who had joined and has the call now', async ({ call }) => {
    const joined: LegView = { userId: 'b', kind: 'conference', offers: true };
    await call.begin('visitor', visitorWith({ legs: [{ userId: 'a', kind: 'main', offers: true }, joined] }));
    call.connection(1).packets = 1;
    await vi.advanceTimersByTimeAsync(1_000);
    call.legs.follow(visitorWith({ agent: { userId: 'b' }, legs: [{ ...joined, kind: 'main' }], needsOffer: true }), false);
    await settled();

    expect(call.connections.map(({ signalingState }) => signalingState)).toEqual(['closed', 'have-local-offer']);
    expect(call.said('media_state')).toMatchObject([{ state: 'up' }]);
  });

  it('waits for nobody in particular when the call goes back to the queue', async ({ call }) => {
    await call.begin('visitor', visitorWith({}));
    call.legs.follow(visitorWith({ state: 'queued' }), false);
    call.legs.reportMedia();
    call.legs.follow(visitorWith({ agent: { userId: 'b' } }), false);

    expect(call.connections).toHaveLength(1);
    expect(call.legs.shown?.userId).toBe('b');
    expect(call.said('media_state')).toEqual([]);
  });

  it('hears music on hold, and neither hears nor is heard', async ({ call }) => {
    await call.begin('visitor', visitorWith({}));
    const agentsVoice = call.connection(0).hear();
    call.legs.follow(visitorWith({ state: 'held' }), false);

    expect(call.playing).toMatchObject([{ src: 'https://host/music', loop: true }]);
    expect(call.connection(0).sent('audio')?.enabled).toBe(false);
    expect(agentsVoice.enabled).toBe(false);

    call.legs.follow(visitorWith({}), false);

    expect(call.playing).toEqual([]);
    expect(call.connection(0).sent('audio')?.enabled).toBe(true);
    expect(agentsVoice.enabled).toBe(true);
  });

  it('hears music while the call is handed to another agent', async ({ call }) => {
    await call.begin('visitor', visitorWith({}));
    call.legs.follow(contact({ state: 'transferring' }), false);

    expect(call.playing).toHaveLength(1);
    expect(call.legs.shown?.userId).toBeUndefined();
  });

  it('is on hold as well after the page was reloaded', async ({ call }) => {
    await call.begin('visitor', visitorWith({ state: 'held' }), true);
    const agentsVoice = call.connection(0).hear();

    expect(call.playing).toHaveLength(1);
    expect(call.connection(0).sent('audio')?.enabled).toBe(false);
    expect(agentsVoice.enabled).toBe(false);
  });

  it('hears everybody who has joined: one on the page, the others beside it', async ({ call }) => {
    const view = visitorWith({
      legs: [
        { userId: 'b', kind: 'conference', offers: false },
        { userId: 'a', kind: 'main', offers: true },
      ],
    });
    await call.begin('visitor', view);
    for (const one of call.connections) one.hear();

    expect(call.legs.shown?.userId).toBe('a');
    expect(call.playing.map(({ srcObject }) => srcObject)).toEqual([call.legs.all[1]?.remoteStream]);
  });
});

describe('the end', () => {
  it('leaves nothing open: no connection, no copy of the microphone, no sound', async ({ call }) => {
    await call.begin('agent', agentWith(main, consult));
    for (const one of call.connections) one.hear();
    const sent = call.connections.map((one) => one.sent('audio'));
    call.legs.close();
    await vi.advanceTimersByTimeAsync(600_000);

    expect(call.connections.map(({ signalingState }) => signalingState)).toEqual(['closed', 'closed']);
    expect(sent.map((track) => track?.readyState)).toEqual(['ended', 'ended']);
    expect(call.playing).toEqual([]);
    expect(call.said('get_ice_servers')).toHaveLength(1);
  });

  it('is the end, though the tracks of the other side tell of theirs after it', async ({ call }) => {
    await call.begin('visitor', visitorWith({ state: 'held' }));
    const agentsVoice = call.connection(0).hear();
    call.legs.close();
    agentsVoice.dispatchEvent(new Event('ended'));

    expect(call.playing).toEqual([]);
  });

  it('comes before the beginning, when the call is over while the ICE servers are asked for', async ({ call }) => {
    const starting = call.begin('agent', agentWith(main));
    call.legs.close();
    await starting;

    expect(call.connections).toEqual([]);
  });
});
