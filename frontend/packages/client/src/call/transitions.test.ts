import { describe, expect, it } from 'vitest';
import { contact } from '../testing.ts';
import type { CallState } from './phases.ts';
import { transitionOf } from './transitions.ts';

const common = { callId: 'c', channel: 'voice', contact: contact(), connectedAt: 1 } as const;
const how = { endReason: 'completed_visitor', endedBy: 'visitor' } as const;
const connecting: CallState = { ...common, phase: 'connecting', since: 0 };
const connected: CallState = { ...common, phase: 'connected', stage: 'talking' };
const held: CallState = { ...common, phase: 'held' };
const reconnecting: CallState = { ...common, phase: 'reconnecting', stage: 'talking', lost: ['media'] };
const ended: CallState = { ...common, phase: 'ended', ...how, talkedMs: 1 };
const wrapup: CallState = { ...common, phase: 'wrapup', ...how, wrapUpUntil: undefined, extensionsLeft: 0, talkedMs: 1 };

describe('a page hears of a call', () => {
  it.each([
    [connecting, connected, false, ['connected', { callId: 'c' }]],
    [connected, reconnecting, true, ['reconnecting', { callId: 'c', lost: ['media'] }]],
    [reconnecting, connected, true, ['recovered', { callId: 'c' }]],
    [reconnecting, held, true, ['recovered', { callId: 'c' }]],
    [connected, ended, true, ['ended', { callId: 'c', ...how }]],
    [connected, wrapup, true, ['ended', { callId: 'c', ...how }]],
  ] as const)('%#: from $phase to what follows', (before, after, wasUp, told) => {
    expect(transitionOf(before, after, wasUp)).toEqual(told);
  });

  it.each([
    [connected, held],
    [held, connected],
    [connected, connected],
    [ended, wrapup],
    [wrapup, { phase: 'idle' }],
  ] as const)('%#: nothing', (before, after) => {
    expect(transitionOf(before, after, true)).toBeUndefined();
  });
});
