import type { ContactView } from '@calldocker/protocol';
import { describe, expect, it } from 'vitest';
import { contact } from '../testing.ts';
import { callStateOf, type MediaPath } from './call-state.ts';
import type { CallState } from './types.ts';

const at = (seconds: number): string => new Date(1_000_000_000_000 + 1_000 * seconds).toISOString();
const ms = (seconds: number): number => 1_000_000_000_000 + 1_000 * seconds;
const up: MediaPath = { here: true, up: true };
const down: MediaPath = { here: true, up: false };

function state(
  view: Partial<ContactView> | undefined,
  path = up,
  more: { role?: 'agent'; endedAt?: number; hungUp?: boolean; offset?: number } = {},
): CallState {
  const doing = {
    kind: 'call',
    callId: 'call-1',
    channel: 'voice',
    since: ms(0),
    contact: view && contact({ createdAt: at(1), ...view }),
    endedAt: more.endedAt,
    hungUp: more.hungUp ?? false,
  } as const;
  return callStateOf(doing, more.role ?? 'visitor', path, more.offset ?? 0);
}

const connected = { state: 'connected', acceptedAt: at(5), connectedAt: at(6) } as const;

describe('the state of a call', () => {
  it.each([
    [undefined, 'waiting'],
    [{ state: 'queued' }, 'waiting'],
    [{ state: 'offering' }, 'ringing'],
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
    const elsewhere: MediaPath = { here: false, up: false };

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
