import type { CallState } from '@calldocker/client';
import { contact } from '@calldocker/mock-engine';
import { describe, expect, test } from 'vitest';
import { type Shown, screenOf } from './screen.ts';

const base = { callId: 'call-1', channel: 'voice' } as const;
const talking: CallState = { ...base, phase: 'connected', contact: contact(), connectedAt: 0, stage: 'talking' };
const waiting = (away: boolean): CallState => ({ ...base, phase: 'waiting', contact: contact(), since: 0, place: { place: 1, away } });
const callback = (stage: 'waiting' | 'dialing' | 'talking'): CallState => ({
  ...base,
  phase: 'callback',
  connectedAt: undefined,
  stage,
  contact: contact(),
  callback: undefined,
});
const sound = { url: 'blob:1', durationMs: 1 };

function shown(call: CallState, changes: Partial<Shown> = {}) {
  return screenOf({ snapshot: { call }, restoring: false, failure: undefined, side: undefined, service: 'open', ...changes });
}

describe('the screen', () => {
  test.each<[string, CallState]>([
    ['start', { phase: 'idle' }],
    ['permission', { phase: 'preparing', channel: 'voice' }],
    ['lineCheck', { phase: 'line_check', channel: 'voice' }],
    ['waiting', waiting(false)],
    ['kept', waiting(true)],
    ['waiting', { ...base, phase: 'ringing', contact: contact(), since: 0 }],
    ['call', talking],
    ['call', { ...base, phase: 'held', contact: contact(), connectedAt: 0 }],
    ['callback', callback('waiting')],
    ['calledBack', callback('dialing')],
    ['calledBack', callback('talking')],
    ['recording', { ...base, phase: 'voicemail', recording: { stage: 'recording', since: 0, endsAt: 1 } }],
    ['message', { ...base, phase: 'voicemail', recording: { stage: 'recorded', ...sound } }],
    ['message', { ...base, phase: 'voicemail', recording: { stage: 'sending', ...sound } }],
    ['messageSent', { ...base, phase: 'voicemail', recording: { stage: 'sent' } }],
  ])('is %s', (name, call) => {
    expect(shown(call)).toBe(name);
  });

  test('is the closed door only for who has not called', () => {
    expect(shown({ phase: 'idle' }, { service: 'closed' })).toBe('closed');
    expect(shown(waiting(false), { service: 'closed' })).toBe('waiting');
    expect(shown({ phase: 'idle' }, { service: 'nobody' })).toBe('start');
  });

  test('goes on with the callback that is being asked for while it rings, and not when somebody has answered', () => {
    const ringing: CallState = { ...base, phase: 'ringing', contact: contact(), since: 0 };

    expect(shown(waiting(false), { side: 'callback' })).toBe('askCallback');
    expect(shown(ringing, { side: 'callback' })).toBe('askCallback');
    expect(shown(talking, { side: 'callback' })).toBe('call');
  });

  test('keeps the chat open on hold, and the keypad not', () => {
    const held: CallState = { ...base, phase: 'held', contact: contact(), connectedAt: 0 };

    expect(shown(held, { side: 'chat' })).toBe('chat');
    expect(shown(held, { side: 'keypad' })).toBe('call');
  });

  test('tells what is wrong before anything else, but for a call that is being brought back', () => {
    expect(shown(waiting(false), { failure: 'server' })).toBe('failure');
    expect(shown({ phase: 'idle' }, { failure: 'server', restoring: true })).toBe('restoring');
  });
});
