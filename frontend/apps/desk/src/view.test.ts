import type { CallState } from '@calldocker/client';
import { contact, idle, offer } from '@calldocker/mock-engine';
import { describe, expect, test } from 'vitest';
import { colleague, countdown, isSpoken, liveCall, lostText, partIn, readableAddress, readiness, statusText, whenText } from './view.ts';

const talk = { phase: 'connected', callId: 'call-1', channel: 'voice', contact: contact({ you: 'agent' }), connectedAt: 0 } as const;
const status = (call: CallState, changes: Partial<typeof idle> = {}) => statusText({ ...idle, ...changes, call });

describe('the word for the call', () => {
  test.each([
    ['talking', 'status.connected'],
    ['held', 'status.held'],
    ['consulting', 'status.consulting'],
    ['conference', 'status.conference'],
  ] as const)('follows what is being said: %s', (stage, expected) => {
    expect(status({ ...talk, stage })).toBe(expected);
  });

  test('is not "connected" for who only listens, nor for a message that is played', () => {
    expect(status({ ...talk, stage: 'talking', contact: contact({ you: 'supervisor' }) })).toBe('status.supervising');
    expect(status({ ...talk, stage: 'talking', channel: 'voicemail' })).toBe('status.voicemail');
  });

  test('is "reconnecting" while the server is away, although the talk goes on', () => {
    expect(status({ ...talk, stage: 'talking' }, { connection: { status: 'waiting', attempt: 1, retryAt: 0 } })).toBe(
      'status.reconnecting',
    );
  });

  test('is what rings, where there is no call, and that there is none', () => {
    expect(status({ phase: 'idle' }, { offers: [offer()] })).toBe('status.ringing');
    expect(status({ phase: 'idle' })).toBe('status.none');
  });

  test('is what rings, once the call before it is over', () => {
    const ended = { phase: 'ended', callId: 'call-1', channel: 'voice', contact: undefined, talkedMs: 1 } as const;

    expect(status({ ...ended, endReason: undefined, endedBy: undefined }, { offers: [offer()] })).toBe('status.ringing');
  });
});

test('a desk says what is being mended: a person, the sound, or the way to the server', () => {
  const mended = (...lost: ('visitor' | 'media' | 'agent')[]) =>
    lostText({ ...idle, call: { ...talk, phase: 'reconnecting', stage: 'talking', lost } });
  const away = { status: 'waiting', attempt: 1, retryAt: 0 } as const;

  expect(mended('visitor', 'media')).toBe('call.lost.visitor');
  expect(mended('media')).toBe('call.lost.media');
  expect(mended('agent')).toBe('call.lost.agent');
  expect(lostText({ ...idle, connection: away, call: { ...talk, stage: 'talking' } })).toBe('call.lost.server');
  expect(lostText({ ...idle, call: { ...talk, stage: 'talking' } })).toBeUndefined();
  expect(lostText({ ...idle, connection: away })).toBeUndefined();
});

test('a screen reader says each state of a call, but not that there is none, nor the bare word of a ring', () => {
  const spoken = ['connected', 'held', 'reconnecting', 'ended', 'wrapup'] as const;

  expect(spoken.map((state) => isSpoken(`status.${state}`))).toEqual(spoken.map(() => true));
  expect(isSpoken('status.none')).toBe(false);
  expect(isSpoken('status.ringing')).toBe(false);
});

test('a callback lives while it is dialled, not while it waits', () => {
  const callback = {
    phase: 'callback',
    connectedAt: undefined,
    callId: 'call-1',
    channel: 'voice',
    contact: contact(),
    callback: undefined,
  } as const;

  expect(liveCall({ ...callback, stage: 'dialing' })?.phase).toBe('callback');
  expect(liveCall({ ...callback, stage: 'waiting' })).toBeUndefined();
});

describe('an available agent', () => {
  const agent = { userId: 'amina', intent: 'available', label: 'available', since: '', mediaReady: true } as const;
  const connection = { status: 'connected' } as const;

  test('is rung here with a microphone, and says so for another tab that has it', () => {
    expect(readiness({ agent, connection, mediaReady: true })).toBe('ready');
    expect(readiness({ agent, connection, mediaReady: false })).toBe('other_tab');
    expect(readiness({ agent: { ...agent, mediaReady: false }, connection, mediaReady: false })).toBe('needs_click');
  });

  test('is not told that the next call rings here while the server is away', () => {
    expect(readiness({ agent, connection: { status: 'waiting', attempt: 1, retryAt: 0 }, mediaReady: true })).toBe('cut_off');
  });
});

test("a colleague who advises has joined somebody else's call", () => {
  expect(partIn(contact({ you: 'consulted' }))).toBe('adviser');
  expect(partIn(contact({ you: 'supervisor' }))).toBe('supervisor');
  expect(partIn(undefined)).toBe('owner');
});

test('a supervisor is no colleague who was asked', () => {
  const sue = { userId: 'sue', kind: 'supervision', mode: 'monitor', connected: true } as const;
  const ben = { userId: 'ben', kind: 'consult', connected: false } as const;

  expect(colleague({ participants: [sue, ben] })).toBe(ben);
  expect(colleague({ participants: [sue] })).toBeUndefined();
});

describe('a countdown', () => {
  test('has the share and the begun seconds that are left', () => {
    expect(countdown({ since: 0, until: 20_000 }, 4_500)).toEqual({ share: 0.775, seconds: 16 });
    expect(countdown({ since: 0, until: 2_000_000 }, 0).seconds).toBe(2_000);
  });

  test('stays at nothing when it is over, and whole before it begins', () => {
    expect(countdown({ since: 0, until: 20_000 }, 30_000)).toEqual({ share: 0, seconds: 0 });
    expect(countdown({ since: 10_000, until: 20_000 }, 5_000).share).toBe(1);
    expect(countdown({ since: 20_000, until: 20_000 }, 5_000).share).toBe(0);
  });
});

test('an address is read without what only machines need', () => {
  expect(readableAddress('https://shop.example/orders/4711/?x=1#top')).toBe('shop.example/orders/4711');
  expect(readableAddress('not an address')).toBe('not an address');
});

test('another state takes effect at once while a call only rings, and after the work at hand once it is answered', () => {
  expect(whenText('available')).toBe('state.label');
  expect(whenText('reserved')).toBe('state.whileRinging');
  expect((['on_call', 'on_hold', 'wrapup'] as const).map(whenText)).toEqual(Array(3).fill('state.afterThis'));
});
