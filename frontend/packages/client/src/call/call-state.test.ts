import type { ContactView } from '@calldocker/protocol';
import { describe, expect, it } from 'vitest';
import { initialLiveState } from '../signalling/reduce.ts';
import { contact } from '../testing.ts';
import { callStateOf, concerns, contactFor, type MediaPath, wantsMedia } from './call-state.ts';
import type { CallState } from './phases.ts';

const at = (seconds: number): string => new Date(1_000_000_000_000 + 1_000 * seconds).toISOString();
const ms = (seconds: number): number => 1_000_000_000_000 + 1_000 * seconds;
const up: MediaPath = { here: true, up: true, wasUp: true };
const down: MediaPath = { here: true, up: false, wasUp: true };

function state(
  view: Partial<ContactView> | undefined,
  path = up,
  more: { role?: 'agent'; endedAt?: number; hungUp?: boolean; offset?: number; form?: boolean } = {},
): CallState {
  const doing = {
    kind: 'call',
    callId: 'call-1',
    channel: 'voice',
    since: ms(0),
    contact: view && contact({ createdAt: at(1), ...view }),
    endedAt: more.endedAt,
    hungUp: more.hungUp ?? false,
    form: more.form ?? false,
  } as const;
  return callStateOf(doing, more.role ?? 'visitor', path, more.offset ?? 0);
}

const connected = { state: 'connected', acceptedAt: at(5), connectedAt: at(6) } as const;

describe('the state of a call', () => {
  it.each([
    [undefined, 'waiting'],
    [{ state: 'queued' }, 'waiting'],
    [{ state: 'offering' }, 'ringing'],
    [{ state: 'transferring' }, 'ringing'],
    [{ state: 'connecting', acceptedAt: at(5) }, 'connecting'],
    [connected, 'connected'],
    [{ ...connected, state: 'closed', endedAt: at(66) }, 'ended'],
  ] as const)('follows the contact: %o is %s', (view, phase) => {
    expect(state(view).phase).toBe(phase);
  });

  it('is connected while audio comes in, though the server waits for the other page', () => {
    expect(state({ ...connected, lost: ['agent'] }).phase).toBe('connected');
  });

  it('is reconnecting without audio, and says who or what is missing', () => {
    expect(state({ ...connected, lost: ['agent'] }, down)).toMatchObject({ phase: 'reconnecting', lost: ['agent'] });
    expect(state(connected, down)).toMatchObject({ phase: 'reconnecting', lost: ['media'] });
  });

  it('is elsewhere when another page carries it, but waits here as well as there', () => {
    const elsewhere: MediaPath = { here: false, up: false, wasUp: false };

    expect(state(connected, elsewhere).phase).toBe('elsewhere');
    expect(state({ state: 'queued' }, elsewhere).phase).toBe('waiting');
  });

  it('knows who hung up here before the server has said so', () => {
    expect(state(connected, up, { role: 'agent', endedAt: ms(66), hungUp: true })).toMatchObject({ phase: 'ended', endedBy: 'agent' });
    expect(state(connected, up, { role: 'agent', endedAt: ms(66) })).toMatchObject({ phase: 'ended', endedBy: undefined });
  });

  it("gives times on this machine's clock, whatever the server's says", () => {
    expect(state(connected, up, { offset: 60_000 })).toMatchObject({ connectedAt: ms(6 - 60) });
  });

  it('is ended as soon as this page hangs up, before the server has answered', () => {
    expect(state(connected, up, { endedAt: ms(36) })).toMatchObject({ phase: 'ended', talkedMs: 30_000, endReason: undefined });
  });

  it('has not talked when it was never connected', () => {
    expect(state({ state: 'closed', endedAt: at(9), endReason: 'abandoned_queue' })).toMatchObject({
      talkedMs: 0,
      endReason: 'abandoned_queue',
    });
  });
});

it('a talk that ended before it began has lasted no time', () => {
  expect(state(connected, up, { endedAt: ms(2) })).toMatchObject({ phase: 'ended', talkedMs: 0 });
});

it('a contact that is closed ended when the server says so, or else when this page stopped, or else at once', () => {
  const closed = { ...connected, state: 'closed' } as const;

  expect(state({ ...closed, endedAt: at(66) }, up, { endedAt: ms(50) })).toMatchObject({ talkedMs: 60_000 });
  expect(state(closed, up, { endedAt: ms(50) })).toMatchObject({ talkedMs: 44_000 });
  expect(state(closed)).toMatchObject({ phase: 'ended', talkedMs: 0 });
});

describe('the state of a visitor', () => {
  it('is in the form, before and after the server has heard of it', () => {
    expect(state(undefined, up, { form: true }).phase).toBe('prequeue');
    expect(state({ state: 'prequeue' }, up, { form: true }).phase).toBe('prequeue');
  });

  it('waits as soon as it calls out of the form, before the server has heard of that', () => {
    expect(state({ state: 'prequeue' }).phase).toBe('waiting');
  });

  it('waits at a place, with minutes only where there is an estimate', () => {
    const place = { place: 2, minMinutes: 3, maxMinutes: 5, away: false };

    expect(state({ state: 'queued', place })).toMatchObject({ phase: 'waiting', place });
    expect(state({ state: 'queued' })).toMatchObject({ phase: 'waiting', place: undefined });
  });

  it.each(['held', 'consulting'] as const)('is on hold while the contact is %s', (of) => {
    expect(state({ ...connected, state: of }).phase).toBe('held');
    expect(state({ ...connected, state: of }, down).phase).toBe('reconnecting');
  });

  it.each([
    ['callback_waiting', 'waiting'],
    ['callback_offering', 'waiting'],
    ['callback_dialing', 'dialing'],
  ] as const)('is called back: %s is %s', (of, stage) => {
    const callback = { attempt: 1, attemptsMax: 3 };

    expect(state({ state: of, callback }, { here: false, up: false, wasUp: false })).toMatchObject({ phase: 'callback', stage, callback });
  });

  it('talks with an agent who calls back by telephone, without media of its own', () => {
    const callback = { attempt: 1, attemptsMax: 3, phone: '+1 555' };
    const talking = { ...connected, callback };

    expect(state(talking, down)).toMatchObject({ phase: 'callback', stage: 'talking', connectedAt: ms(6) });
    expect(wantsMedia(contact(talking), 'agent', { attending: undefined, carrying: false })).toBe(false);
  });

  it('speaks a message instead, whatever state the contact is in', () => {
    const doing = { kind: 'call', callId: 'c', channel: 'voice', since: 0, contact: undefined, endedAt: undefined } as const;
    const recording = { stage: 'recording', since: 1, endsAt: 2 } as const;

    expect(callStateOf(doing, 'visitor', down, 0, recording)).toEqual({ phase: 'voicemail', callId: 'c', channel: 'voice', recording });
  });
});

describe('the state of an agent', () => {
  const agent = { ...connected, you: 'agent' } as const;
  const participant = { userId: 'b', kind: 'conference', connected: true } as const;

  it.each([
    [{}, 'talking'],
    [{ state: 'held' }, 'held'],
    [{ state: 'consulting' }, 'consulting'],
    [{ participants: [participant] }, 'conference'],
    [{ participants: [{ ...participant, connected: false }] }, 'talking'],
    [{ participants: [{ ...participant, kind: 'supervision' }] }, 'talking'],
  ] as const)('is connected, and says what is being said: %o is %s', (view, stage) => {
    expect(state({ ...agent, ...view }, up, { role: 'agent' })).toMatchObject({ phase: 'connected', stage });
  });

  it('wraps up after the call, on the clock of this machine', () => {
    const view = { ...agent, state: 'wrapup', wrapUpUntil: at(100), wrapUpExtensions: 2, endReason: 'completed_visitor' } as const;

    expect(state(view, down, { role: 'agent', endedAt: ms(66), offset: 1_000 })).toMatchObject({
      phase: 'wrapup',
      wrapUpUntil: ms(99),
      extensionsLeft: 2,
      endReason: 'completed_visitor',
      talkedMs: 61_000,
    });
  });

  it('does not know how long the talk was when this page has not seen its end', () => {
    expect(state({ ...agent, state: 'wrapup' }, down, { role: 'agent' })).toMatchObject({ phase: 'wrapup', talkedMs: undefined });
  });

  it('has no further time for the wrap-up where the server gives none', () => {
    expect(state({ ...agent, state: 'wrapup' }, down, { role: 'agent' })).toMatchObject({ extensionsLeft: 0, wrapUpUntil: undefined });
  });

  it('is connecting before the server has said anything of the contact', () => {
    expect(state(undefined, down, { role: 'agent' }).phase).toBe('connecting');
  });

  it('is connected as a guest with the first that is heard', () => {
    const guest = { ...connected, you: 'consulted' } as const;

    expect(state(guest, { here: true, up: true, wasUp: false }, { role: 'agent' }).phase).toBe('connected');
    expect(state(guest, { here: true, up: false, wasUp: false }, { role: 'agent' }).phase).toBe('connecting');
    expect(state(agent, { here: true, up: false, wasUp: false }, { role: 'agent' }).phase).toBe('reconnecting');
  });

  it('is connecting as a guest until something is heard for the first time', () => {
    const guest = { ...connected, you: 'supervisor' } as const;

    expect(state(guest, { here: true, up: false, wasUp: false }, { role: 'agent' }).phase).toBe('connecting');
    expect(state(guest, down, { role: 'agent' }).phase).toBe('reconnecting');
  });
});

describe('the contact that a page is about', () => {
  const live = (...contacts: ContactView[]) => ({
    ...initialLiveState,
    contacts: Object.fromEntries(contacts.map((one) => [one.callId, one])),
  });
  const wrapup = contact({ callId: 'old', you: 'agent', state: 'wrapup' });
  const watched = contact({ callId: 'watched', you: 'supervisor', state: 'connected' });
  const own = contact({ callId: 'own', you: 'agent', state: 'connected' });

  it('stays the same while it lives', () => {
    expect(contactFor(live(own, watched), 'agent', 'watched')).toBe(watched);
  });

  it('is a call rather than the wrap-up of the last one, and an own one rather than a watched one', () => {
    expect(contactFor(live(wrapup, own), 'agent', 'old')).toBe(own);
    expect(contactFor(live(wrapup, watched, own), 'agent', undefined)).toBe(own);
    expect(contactFor(live(wrapup, watched), 'agent', 'old')).toBe(watched);
    expect(contactFor(live(wrapup), 'agent', 'old')).toBe(wrapup);
  });

  it.each([
    ['agent', 'connected', true],
    ['agent', 'wrapup', true],
    ['agent', 'queued', false],
    ['consulted', 'consulting', true],
    ['conference', 'connected', true],
    ['conference', 'wrapup', false],
    ['supervisor', 'held', true],
    ['offered', 'offering', false],
  ] as const)('is this business of %s while %s: %s', (you, of, whether) => {
    expect(concerns(contact({ you, state: of }), 'agent')).toBe(whether);
  });

  it('is not a message that was left: the visitor is done with it', () => {
    expect(concerns(contact({ channel: 'voicemail' }), 'visitor')).toBe(false);
  });
});

describe('sound flows', () => {
  const away = contact({ place: { place: 1, away: true } });
  const fresh = { attending: undefined, carrying: false };

  it('in a call, and for a visitor who waits', () => {
    expect(wantsMedia(contact({ state: 'held' }), 'agent', fresh)).toBe(true);
    expect(wantsMedia(contact(), 'visitor', fresh)).toBe(true);
    expect(wantsMedia(contact({ state: 'offering' }), 'visitor', fresh)).toBe(true);
    expect(wantsMedia(contact({ state: 'transferring' }), 'visitor', fresh)).toBe(true);
    expect(wantsMedia(contact({ state: 'wrapup', you: 'agent' }), 'agent', fresh)).toBe(false);
  });

  it('for a place that is kept only after the visitor has come back to it', () => {
    expect(wantsMedia(away, 'visitor', fresh)).toBe(false);
    expect(wantsMedia(away, 'visitor', { attending: true, carrying: false })).toBe(true);
    expect(wantsMedia(contact(), 'visitor', { attending: false, carrying: true })).toBe(false);
  });

  it('in a callback once the visitor has answered it, and never into a telephone', () => {
    const dialing = contact({ state: 'callback_dialing' });

    expect(wantsMedia(dialing, 'visitor', fresh)).toBe(false);
    expect(wantsMedia(dialing, 'visitor', { attending: true, carrying: false })).toBe(true);
    expect(wantsMedia(dialing, 'agent', fresh)).toBe(true);
    expect(wantsMedia({ ...dialing, callback: { attempt: 1, attemptsMax: 3, phone: '+1 555' } }, 'agent', fresh)).toBe(false);
  });

  it('not where a message is listened to', () => {
    expect(wantsMedia(contact({ channel: 'voicemail', state: 'connected' }), 'agent', fresh)).toBe(false);
  });
});
