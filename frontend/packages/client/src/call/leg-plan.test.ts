import type { ContactView, LegView } from '@calldocker/protocol';
import { describe, expect, it } from 'vitest';
import { contact } from '../testing.ts';
import { legsOf, mediaOf, speaks } from './leg-plan.ts';

const main: LegView = { userId: 'v', kind: 'main', offers: false };
const consult: LegView = { userId: 'b', kind: 'consult', offers: true };
const conference: LegView = { userId: 'b', kind: 'conference', offers: true };
const supervision = (mode: 'monitor' | 'whisper' | 'barge', userId = 's'): LegView => ({
  userId,
  kind: 'supervision',
  offers: false,
  mode,
  mix: true,
});

/** The agent's view of a call with these connections. */
const agentWith = (legs: LegView[], state: ContactView['state'] = 'connected') => contact({ you: 'agent', state, legs });
/** Which people hear each other, by the user at the other end. */
function sounds(view: ContactView) {
  const legs = legsOf(view, view.you === 'visitor' ? 'visitor' : 'agent');
  return Object.fromEntries(legs.map((leg) => [leg.userId, mediaOf(view, legs, leg)]));
}
const both = { own: true, others: [], heard: true, picture: true };
const silent = { own: false, others: [], heard: false, picture: false };

describe('the connections of a contact', () => {
  it('are the one with the other party where the server lists none', () => {
    const connected = { state: 'connected', agent: { userId: 'a' } } as const;

    expect(legsOf(contact(connected), 'visitor')).toMatchObject([{ userId: 'a', kind: 'main', offers: true }]);
    expect(legsOf(contact({ ...connected, you: 'agent' }), 'agent')).toMatchObject([{ userId: 'v', kind: 'main', offers: false }]);
    expect(legsOf(contact({ ...connected, you: 'consulted' }), 'agent')).toEqual([]);
  });

  it('are the one into the queue while the visitor waits, whoever had the call before', () => {
    const back = contact({ state: 'queued', agent: { userId: 'a' }, legs: [{ userId: 'a', kind: 'main', offers: true }] });

    expect(legsOf(undefined, 'visitor')).toMatchObject([{ userId: undefined, kind: 'main' }]);
    expect(legsOf(back, 'visitor')).toMatchObject([{ userId: undefined, kind: 'main' }]);
  });

  it('are those that the server lists, the one with the other party first', () => {
    expect(legsOf(agentWith([consult, main]), 'agent')).toEqual([main, consult]);
  });
});

describe('the people who hear each other', () => {
  it('in a call: both', () => {
    expect(sounds(agentWith([main]))).toEqual({ v: both });
  });

  it('on hold: nobody, at either end', () => {
    expect(sounds(agentWith([main], 'held'))).toEqual({ v: silent });
    expect(sounds(contact({ state: 'held', legs: [{ userId: 'a', kind: 'main', offers: true }] }))).toEqual({ a: silent });
  });

  it('consulting: the agents each other, and the visitor nobody', () => {
    const consulted = contact({ you: 'consulted', state: 'consulting', legs: [{ userId: 'a', kind: 'consult', offers: false }] });

    expect(sounds(agentWith([main, consult], 'consulting'))).toEqual({ v: silent, b: both });
    expect(sounds(consulted)).toEqual({ a: both });
  });

  it('in a conference: all three each other, each over a connection of their own', () => {
    expect(sounds(agentWith([main, conference]))).toEqual({ v: both, b: both });
  });

  it('in a conference on hold: the agents each other', () => {
    const joined = contact({
      you: 'conference',
      state: 'held',
      legs: [
        { userId: 'v', kind: 'conference', offers: true },
        { userId: 'a', kind: 'conference', offers: false },
      ],
    });

    expect(sounds(agentWith([main, conference], 'held'))).toEqual({ v: silent, b: both });
    expect(sounds(joined)).toEqual({ v: silent, a: both });
  });

  it('monitored: the supervisor hears both, and is heard by nobody', () => {
    const supervisor = contact({ you: 'supervisor', state: 'connected', legs: [{ ...supervision('monitor', 'a'), mix: false }] });

    expect(sounds(agentWith([main, supervision('monitor')]))).toEqual({
      v: both,
      s: { own: true, others: ['v'], heard: false, picture: false },
    });
    expect(sounds(supervisor)).toEqual({ a: { own: false, others: [], heard: true, picture: false } });
  });

  it('whispered to: the agent hears the supervisor, and the visitor does not', () => {
    const supervisor = contact({ you: 'supervisor', state: 'connected', legs: [supervision('whisper', 'a')] });

    expect(sounds(agentWith([main, supervision('whisper')]))).toEqual({
      v: both,
      s: { own: true, others: ['v'], heard: true, picture: false },
    });
    expect(sounds(supervisor)).toEqual({ a: { ...both, picture: false } });
  });

  it('barged into: the visitor hears the supervisor through the agent', () => {
    expect(sounds(agentWith([main, supervision('barge')]))).toEqual({
      v: { own: true, others: ['s'], heard: true, picture: true },
      s: { own: true, others: ['v'], heard: true, picture: false },
    });
  });

  it('barged into on hold: the supervisor talks to the agent alone', () => {
    expect(sounds(agentWith([main, supervision('barge')], 'held'))).toEqual({ v: silent, s: { ...both, picture: false } });
  });

  it('monitored while consulting: the supervisor hears the consultation', () => {
    expect(sounds(agentWith([main, consult, supervision('monitor')], 'consulting'))).toMatchObject({
      v: silent,
      b: both,
      s: { others: ['b'] },
    });
  });

  it('with two supervisors: each hears the one who has joined, and nobody hears themselves', () => {
    const view = agentWith([main, supervision('barge', 's'), supervision('monitor', 't')]);

    expect(sounds(view)).toMatchObject({ s: { others: ['v'] }, t: { others: ['v', 's'] } });
  });

  it('asks only those for a microphone who have something to say', () => {
    const supervisor = (mode: 'monitor' | 'whisper') => contact({ you: 'supervisor', state: 'connected', legs: [supervision(mode, 'a')] });

    expect(speaks(supervisor('monitor'), 'agent')).toBe(false);
    expect(speaks(supervisor('whisper'), 'agent')).toBe(true);
    expect(speaks(agentWith([main], 'held'), 'agent')).toBe(true);
  });
});
