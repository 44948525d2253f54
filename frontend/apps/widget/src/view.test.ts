import type { CallState } from '@calldocker/client';
import { contact, idle } from '@calldocker/mock-engine';
import { describe, expect, test } from 'vitest';
import {
  againOf,
  endedText,
  failureOf,
  initialsOf,
  isLive,
  isOtherMuted,
  isUnknown,
  isUnserved,
  launcherText,
  momentOf,
  type Phase,
  qualityText,
  reconnectingText,
  statusText,
  toneOf,
} from './view.ts';

const base = { callId: 'call-1', channel: 'voice' } as const;
const ended = (changes: Partial<Phase<'ended'>>): Phase<'ended'> => ({
  ...base,
  phase: 'ended',
  contact: contact({ state: 'closed' }),
  endReason: undefined,
  endedBy: undefined,
  talkedMs: 0,
  ...changes,
});
const held: CallState = { ...base, phase: 'held', contact: contact({ state: 'held' }), connectedAt: 0 };
const kept: CallState = { ...base, phase: 'waiting', contact: contact({ state: 'queued' }), since: 0, place: { place: 2, away: true } };
const sent: CallState = { ...base, phase: 'voicemail', recording: { stage: 'sent' } };
const spoken: CallState = { ...base, phase: 'voicemail', recording: { stage: 'recorded', url: 'blob:1', durationMs: 1 } };
const calledBack: CallState = {
  ...base,
  phase: 'callback',
  connectedAt: undefined,
  stage: 'dialing',
  contact: contact(),
  callback: undefined,
};

describe('the failure that a visitor sees', () => {
  const stopped = { status: 'stopped', reason: 'refused', detail: '' } as const;
  const lost = { status: 'waiting', attempt: 1, retryAt: 0 } as const;
  const full = { ...lost, overloaded: true } as const;
  const asked: CallState = { ...base, phase: 'waiting', contact: undefined, since: 0, place: undefined };
  const talking: CallState = { ...base, phase: 'connected', contact: contact(), connectedAt: 0, stage: 'talking' };
  const checked: CallState = { ...base, phase: 'line_check' };

  test.each([
    ['a site that may not call, before anything is typed', idle.call, stopped, 'refused'],
    ['a visitor who waits and is refused', asked, stopped, 'refused'],
    ['two people who talk go on talking', talking, stopped, undefined],
    ['a microphone that is being tried needs no server', checked, stopped, undefined],
    ['a server without room, before the call', idle.call, full, 'crowded'],
    ['a server without room, while the visitor waits', asked, full, 'crowded'],
    ['a server without room matters to nobody who talks', talking, full, undefined],
    ['a server that does not answer the call', asked, lost, 'server'],
    ['a place in the queue outlives a lost connection', kept, lost, undefined],
    ['nobody has called yet', idle.call, lost, undefined],
    ['all is well', asked, idle.connection, undefined],
  ] as const)('%s', (_, call, connection, failure) => {
    expect(failureOf({ ...idle, call, connection }, { secure: true, framed: false, mayTalk: true })).toBe(failure);
  });
});

test('a device that the page forbids, or the page around it, is told apart from one that the visitor does', () => {
  const failure = (channel: 'voice' | 'video', problem: 'forbidden_here' | 'permission_denied' | 'no_device' | 'unsupported', here = {}) =>
    failureOf({ ...idle, call: { phase: 'blocked', channel, problem } }, { secure: true, framed: false, mayTalk: true, ...here });

  expect(failure('video', 'forbidden_here')).toBe('forbiddenVideo');
  expect(failure('video', 'forbidden_here', { mayTalk: false })).toBe('forbidden');
  expect(failure('video', 'forbidden_here', { framed: true })).toBe('framed');
  expect(failure('voice', 'forbidden_here')).toBe('forbidden');
  expect(failure('voice', 'forbidden_here', { framed: true })).toBe('framed');
  expect([failure('voice', 'permission_denied'), failure('video', 'permission_denied')]).toEqual(['denied', 'deniedVideo']);
  expect([failure('voice', 'no_device'), failure('video', 'no_device')]).toEqual(['noMicrophone', 'noCamera']);
  expect([failure('voice', 'unsupported'), failure('voice', 'unsupported', { secure: false })]).toEqual(['unsupported', 'insecure']);
});

describe('how a contact ended', () => {
  const asked = contact({ state: 'closed', callback: { attempt: 0, attemptsMax: 3 } });

  test.each<[string, Partial<Phase<'ended'>>]>([
    ['ended.byYou', { endedBy: 'visitor', talkedMs: 1000 }],
    ['ended.cancelled', { endReason: 'abandoned_queue', endedBy: 'visitor' }],
    ['ended.callbackCancelled', { endReason: 'abandoned_queue', endedBy: 'visitor', contact: asked }],
    ['ended.byYou', { endReason: 'completed_visitor', endedBy: 'visitor', contact: asked, talkedMs: 1000 }],
    ['ended.closed', { endReason: 'rejected_closed', endedBy: 'system' }],
    ['ended.full', { endReason: 'rejected_full', endedBy: 'system' }],
    ['ended.full', { endReason: 'flowout_overflow', endedBy: 'system' }],
    ['ended.callbackFailed', { endReason: 'callback_failed', endedBy: 'system', contact: asked }],
    ['ended.byTeam', { endReason: 'completed_agent', endedBy: 'agent', talkedMs: 1000 }],
  ])('is %s', (text, call) => {
    expect(endedText(ended(call))).toBe(text);
  });

  test('asks for another way only where nobody was spoken to, against the will of the visitor', () => {
    expect(isUnserved(ended({ endedBy: 'system' }))).toBe(true);
    expect(isUnserved(ended({ endedBy: 'visitor' }))).toBe(false);
    expect(isUnserved(ended({ endedBy: 'agent', talkedMs: 1000 }))).toBe(false);
  });
});

describe('the status', () => {
  test.each<[string, string, CallState]>([
    ['status.held', 'wait', held],
    ['status.kept', 'wait', kept],
    ['status.calledBack', 'go', calledBack],
    ['status.recorded', 'wait', spoken],
    ['status.sent', 'go', sent],
  ])('is %s, and its dot %s', (text, tone, call) => {
    const snapshot = { ...idle, call };

    expect(statusText(snapshot, undefined)).toBe(text);
    expect(toneOf(snapshot, undefined)).toBe(tone);
  });

  test('leaves a failure to its own screen, which says it once', () => {
    const blocked: CallState = { phase: 'blocked', channel: 'voice', problem: 'permission_denied' };

    expect(statusText({ ...idle, call: blocked }, 'denied')).toBeUndefined();
    expect(statusText({ ...idle, call: kept }, 'server')).toBeUndefined();
  });

  test('on hold tells of a lost connection all the same', () => {
    const connection = { status: 'waiting', attempt: 1, retryAt: 0 } as const;

    expect(statusText({ ...idle, connection, call: held }, undefined)).toBe('status.reconnecting');
  });
});

test('a place, a callback, a hold and a message that was not sent outlive a closed window', () => {
  for (const call of [kept, calledBack, held, spoken]) expect(isLive(call)).toBe(true);
  for (const call of [sent, ended({}), { phase: 'idle' } as const]) expect(isLive(call)).toBe(false);
});

test('the launcher says what it opens', () => {
  expect([held, calledBack, spoken].map((call) => launcherText(call, true))).toEqual([
    'launcher.open',
    'launcher.callback',
    'launcher.message',
  ]);
  expect(launcherText(ended({}), false)).toBe('launcher.call');
});

test('a visitor whose call is interrupted reads what is being mended', () => {
  const away = { status: 'waiting', attempt: 1, retryAt: 0 } as const;
  const talking = { ...base, contact: contact(), connectedAt: 0, stage: 'talking' } as const;
  const mended = (lost: ('agent' | 'media' | 'visitor')[], connection: typeof idle.connection = idle.connection) =>
    reconnectingText({ ...idle, connection, call: { ...talking, phase: 'reconnecting', lost } });

  expect(mended(['agent', 'media'], away)).toBe('reconnecting.agent');
  expect(mended(['media'], away)).toBe('reconnecting.media');
  expect(mended(['visitor'], away)).toBe('reconnecting.signalling');
  expect(mended(['visitor'])).toBe('reconnecting.resume');
  expect(reconnectingText({ ...idle, connection: away, call: { ...talking, phase: 'connected' } })).toBe('reconnecting.signalling');
});

test('a page knows nothing of its call before the server has spoken', () => {
  const lost = { status: 'waiting', attempt: 1, retryAt: 0 } as const;
  const stopped = { status: 'stopped', reason: 'refused', detail: '' } as const;

  expect(isUnknown({ ...idle, stale: false })).toBe(false);
  expect(isUnknown({ ...idle, stale: true })).toBe(true);
  expect(isUnknown({ ...idle, stale: false, connection: lost })).toBe(true);
  expect(isUnknown({ ...idle, stale: true, connection: stopped })).toBe(false);
  expect(isUnknown({ ...idle, stale: true, call: held })).toBe(false);
});

test('a visitor without a name on the picture sees the first and the last initial', () => {
  expect(['Amina Diallo', ' amina  b. diallo ', 'Amina', ''].map(initialsOf)).toEqual(['AD', 'AD', 'A', '']);
});

test('the quality of the sound has three words for a visitor', () => {
  const quality = (word: 'excellent' | 'good' | 'fair' | 'poor' | 'bad') =>
    qualityText({ ...idle, quality: { word, mos: 4, rttMs: 1, jitterMs: 1, lossPercent: 0, worstMos: 4 } });

  expect((['excellent', 'good', 'fair', 'poor', 'bad'] as const).map(quality)).toEqual([
    'quality.good',
    'quality.good',
    'quality.fair',
    'quality.poor',
    'quality.poor',
  ]);
  expect(qualityText(idle)).toBeUndefined();
});

test('a visitor reads when a server without room is asked again, and nothing of one that is only away', () => {
  const away = { status: 'waiting', attempt: 1, retryAt: 130_000 } as const;

  expect(againOf({ ...idle, connection: { ...away, overloaded: true } }, 10_000)).toEqual({ text: 'retry.minutes', values: { count: 2 } });
  expect(againOf({ ...idle, connection: away }, 10_000)).toBeUndefined();
});

test('how the queue is matters before, while and after waiting, and not in a call', () => {
  expect([{ phase: 'idle' } as const, kept, ended({}), held].map(momentOf)).toEqual(['before', 'waiting', 'after', undefined]);
});

test('that the other side is muted is told apart from being muted', () => {
  const talk = (muted: ('visitor' | 'agent')[]) =>
    isOtherMuted({ ...base, phase: 'connected', contact: contact({ muted }), connectedAt: 0, stage: 'talking' });

  expect(talk(['agent'])).toBe(true);
  expect(talk(['visitor'])).toBe(false);
});
