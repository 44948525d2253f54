/** The connections of an agent, with all who may be in a call. */
import type { LegView } from '@calldocker/protocol';
import { describe, expect, vi } from 'vitest';
import { agentWith, candidateFrom, consult, it, main, microphone, offerFrom, settled } from './legs-testing.ts';

describe('an agent', () => {
  it('waits for the offer of the visitor, and offers where the server says so', async ({ call }) => {
    await call.begin('agent', agentWith(main, consult));
    await settled();

    expect(call.offeredTo()).toEqual(['b']);
  });

  it('offers to everybody after the page was reloaded: they wait for nobody', async ({ call }) => {
    await call.begin('agent', agentWith(main, { ...consult, offers: false }), true);
    await settled();

    expect(call.offeredTo()).toEqual(['v', 'b']);
  });

  it('finds what came for a connection before the contact listed it', async ({ call }) => {
    await call.begin('agent', agentWith(main));
    call.legs.receive(candidateFrom('b'));
    call.legs.receive(offerFrom('b', 'g'));
    call.legs.follow(agentWith(main, { ...consult, offers: false }), false);
    await settled();

    expect(call.connection(1).remoteDescription?.type).toBe('offer');
    expect(call.said('webrtc_answer').map(({ targetUserId }) => targetUserId)).toEqual(['b']);
    expect(call.connection(1).candidates).toEqual(['c']);
  });

  it('gives each person what that person says, and nobody else', async ({ call }) => {
    await call.begin('agent', agentWith(main, { ...consult, offers: false }));
    call.legs.receive(offerFrom('b', 'g'));
    await settled();

    expect(call.connection(0).remoteDescription).toBeNull();
    expect(call.connection(1).remoteDescription).not.toBeNull();
  });

  it('talks to the colleague while the visitor hears nothing', async ({ call }) => {
    await call.begin('agent', agentWith(main));
    const visitorsVoice = call.connection(0).hear();
    call.legs.follow({ ...agentWith(main, consult), state: 'consulting' }, false);

    expect(call.connection(0).sent('audio')?.enabled).toBe(false);
    expect(visitorsVoice.enabled).toBe(false);
    expect(call.connection(1).sent('audio')).toMatchObject({ source: microphone, enabled: true });
  });

  it('ends the connection with a colleague who is not in the contact any more', async ({ call }) => {
    await call.begin('agent', agentWith(main, consult));
    call.legs.follow(agentWith(main), false);

    expect(call.connections.map(({ signalingState }) => signalingState)).toEqual(['stable', 'closed']);
  });

  it('mends the connection that has failed, and leaves the others alone', async ({ call }) => {
    await call.begin('agent', agentWith(main, consult));
    await settled();
    const [mainBefore, consultBefore] = [call.connection(0).fragment, call.connection(1).fragment];
    call.connection(1).become('failed');
    await settled();

    expect(call.connection(0).fragment).toBe(mainBefore);
    expect(call.connection(1).fragment).not.toBe(consultBefore);
    expect(call.offeredTo()).toEqual(['b', 'b']);
  });

  it('tells the server of a connection with the visitor that has become the one of the call', async ({ call }) => {
    const joined: LegView = { userId: 'v', kind: 'conference', offers: true };
    await call.begin('agent', { ...agentWith(joined, { userId: 'a', kind: 'conference', offers: false }), you: 'conference' });
    call.connection(0).packets = 1;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(call.said('media_state')).toEqual([]);

    call.legs.follow(agentWith(main), false);

    expect(call.said('media_state')).toMatchObject([{ state: 'up' }]);
    expect(call.connections.map(({ signalingState }) => signalingState)).toEqual(['have-local-offer', 'closed']);
  });

  it('tells the server of the media with the visitor, and of no other', async ({ call }) => {
    await call.begin('agent', agentWith(main, consult));
    call.connection(1).packets = 1;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(call.said('media_state')).toEqual([]);

    call.connection(0).packets = 1;
    await vi.advanceTimersByTimeAsync(1_000);

    expect(call.said('media_state')).toMatchObject([{ state: 'up' }]);
    expect(call.legs.all.map(({ up }) => up)).toEqual([true, true]);
  });
});

describe('supervision', () => {
  const supervision = (mode: 'monitor' | 'barge'): LegView => ({ userId: 's', kind: 'supervision', offers: true, mode, mix: true });

  it('gets the visitor and the agent mixed, as soon as the visitor is there', async ({ call }) => {
    await call.begin('agent', agentWith(main, supervision('monitor')));
    const supervisorsSilence = call.connection(1).hear();
    expect(call.connection(1).sent('audio')?.source).toBe(microphone);
    const visitorsVoice = call.connection(0).hear();

    const [mix] = call.audio.mixes;
    expect(call.connection(1).sent('audio')).toBe(mix?.track);
    expect(mix?.sources.has(visitorsVoice)).toBe(true);
    expect(call.connection(0).sent('audio')?.source).toBe(microphone);
    expect(supervisorsSilence.enabled).toBe(false);
  });

  it('is passed on to the visitor when it barges in, and no longer after that', async ({ call }) => {
    await call.begin('agent', agentWith(main, supervision('monitor')));
    call.connection(0).hear();
    const supervisorsVoice = call.connection(1).hear();
    call.legs.follow(agentWith(main, supervision('barge')), false);

    const mix = call.audio.mixes.find(({ sources }) => sources.has(supervisorsVoice));
    expect(call.connection(0).sent('audio')).toBe(mix?.track);
    expect(supervisorsVoice.enabled).toBe(true);
    expect(call.connections).toHaveLength(2);

    call.legs.follow(agentWith(main, supervision('monitor')), false);

    expect(call.connection(0).sent('audio')?.source).toBe(microphone);
  });

  it('begins to be mixed when the mixer begins to run', async ({ call }) => {
    call.audio.state = 'suspended';
    await call.begin('agent', agentWith(main, supervision('monitor')));
    call.connection(0).hear();
    expect(call.connection(1).sent('audio')?.source).toBe(microphone);

    call.audio.state = 'running';
    call.audio.dispatchEvent(new Event('statechange'));

    expect(call.connection(1).sent('audio')).toBe(call.audio.mixes[0]?.track);
  });

  it('is no lost connection because the supervisor says nothing', async ({ call }) => {
    await call.begin('agent', agentWith(main, supervision('monitor')));
    await settled();
    call.connection(1).become('connected');
    call.connection(0).packets = 1;
    await vi.advanceTimersByTimeAsync(4_000);
    call.connection(0).packets = 2;
    await vi.advanceTimersByTimeAsync(4_000);

    expect(call.legs.all.map(({ up }) => up)).toEqual([true, true]);
    expect(call.offeredTo()).toEqual(['s']);
  });
});
