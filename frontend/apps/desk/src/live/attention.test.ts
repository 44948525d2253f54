import type { LiveAgent, LiveContact, LiveQueue } from '@calldocker/protocol';
import { describe, expect, test } from 'vitest';
import { byAgentAttention, byContactAttention, byQueueAttention, isLate, queueMood, signedInTotals } from './attention.ts';

const now = Date.parse('2026-05-04T10:00:00.000Z');
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

function queue(queueId: string, changes: Partial<LiveQueue> = {}): LiveQueue {
  return {
    queueId,
    name: queueId,
    open: true,
    waiting: 0,
    offering: 0,
    talking: 0,
    callbacks: 0,
    staffed: 3,
    free: 1,
    offered: 0,
    answered: 0,
    abandoned: 0,
    flowedOut: 0,
    targetSeconds: 20,
    ...changes,
  };
}

function agent(userId: string, changes: Partial<LiveAgent> = {}): LiveAgent {
  return {
    userId,
    label: 'available',
    intent: 'available',
    since: ago(60),
    sessions: 1,
    mediaReady: true,
    queues: [],
    handled: 0,
    ...changes,
  };
}

function live(callId: string, changes: Partial<LiveContact> = {}): LiveContact {
  return {
    callId,
    state: 'connected',
    queue: { queueId: 'support', name: 'Support' },
    visitor: { userId: `v-${callId}` },
    since: ago(60),
    waitingSince: ago(90),
    lost: [],
    ...changes,
  };
}

describe('queues', () => {
  test('are worst where somebody waits and nobody is there', () => {
    expect(queueMood(queue('a', { waiting: 1, staffed: 0, longestWaitingSince: ago(1) }), now)).toBe('nobody');
  });

  test('are late from the second after the target time', () => {
    expect(queueMood(queue('a', { waiting: 1, longestWaitingSince: ago(20) }), now)).toBe('waiting');
    expect(queueMood(queue('a', { waiting: 1, longestWaitingSince: ago(21) }), now)).toBe('late');
  });

  test('come in the order in which they need somebody', () => {
    const queues = [
      queue('quiet'),
      queue('closed', { open: false }),
      queue('waiting', { waiting: 9, longestWaitingSince: ago(5) }),
      queue('later', { waiting: 1, longestWaitingSince: ago(50) }),
      queue('late', { waiting: 1, longestWaitingSince: ago(40) }),
      queue('nobody', { waiting: 1, staffed: 0, longestWaitingSince: ago(2) }),
    ];

    expect(byQueueAttention(queues, now).map(({ name }) => name)).toEqual(['nobody', 'later', 'late', 'waiting', 'quiet', 'closed']);
  });

  test('that are quiet do not jump about', () => {
    expect(byQueueAttention([queue('b'), queue('a')], now).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(byQueueAttention([queue('a'), queue('b')], now).map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

describe('agents', () => {
  test('agents over their time come first, and agents who can take a call come after those who work', () => {
    const agents = [
      agent('free'),
      agent('talks', { label: 'on_call' }),
      agent('talks longer', { label: 'on_call', since: ago(600) }),
      agent('unheard', { mediaReady: false }),
      agent('missed', { label: 'system', intent: 'not_ready', reason: 'SYS_RONA' }),
      agent('overdue', { label: 'not_ready', intent: 'not_ready', reason: 'BREAK', overdue: true }),
      agent('gone', { label: 'offline', intent: 'offline' }),
    ];

    expect(byAgentAttention(agents).map(({ userId }) => userId)).toEqual([
      'overdue',
      'unheard',
      'missed',
      'talks longer',
      'talks',
      'free',
      'gone',
    ]);
  });
});

test('an agent over the time comes before one who cannot be heard, however long that is', () => {
  const unheard = agent('unheard', { mediaReady: false, since: ago(600) });
  const overdue = agent('overdue', { label: 'not_ready', intent: 'not_ready', reason: 'BREAK', overdue: true });

  expect(byAgentAttention([unheard, overdue]).map(({ userId }) => userId)).toEqual(['overdue', 'unheard']);
});

describe('contacts', () => {
  test('that wait too long come first, then what is broken, then who waits', () => {
    const contacts = [
      live('talk'),
      live('wrapup', { state: 'wrapup' }),
      live('held', { state: 'held' }),
      live('new', { state: 'queued', waitingSince: ago(3) }),
      live('broken', { lost: ['visitor'] }),
      live('late', { state: 'offering', waitingSince: ago(30) }),
    ];

    expect(byContactAttention(contacts, [queue('support')], now).map(({ callId }) => callId)).toEqual([
      'late',
      'broken',
      'new',
      'held',
      'talk',
      'wrapup',
    ]);
  });

  test('are late from the moment after the target time, while they wait', () => {
    const queues = new Map([['support', queue('support')]]);
    const late = (state: LiveContact['state'], after: number) => isLate(live('a', { state, waitingSince: ago(after) }), queues, now);

    expect(late('queued', 20)).toBe(false);
    expect(late('queued', 20.001)).toBe(true);
    expect(late('offering', 21)).toBe(true);
    expect(late('connected', 21)).toBe(false);
    expect(isLate(live('a', { state: 'queued', waitingSince: ago(21) }), new Map(), now)).toBe(false);
  });

  test('of a queue without a target time are never late', () => {
    const { targetSeconds: _, ...without } = queue('support');
    const contacts = [live('waits', { state: 'queued', waitingSince: ago(3000) }), live('broken', { lost: ['media'] })];

    expect(byContactAttention(contacts, [without], now).map(({ callId }) => callId)).toEqual(['broken', 'waits']);
  });
});

test('the wallboard counts everybody who is signed in once, also agents who are rung and agents that the system has put out of line', () => {
  const labels = ['available', 'reserved', 'on_call', 'on_hold', 'wrapup', 'not_ready', 'system', 'offline'] as const;

  expect(signedInTotals(labels.map((label) => ({ label })))).toEqual([
    { label: 'available', count: 1 },
    { label: 'reserved', count: 1 },
    { label: 'on_call', count: 1 },
    { label: 'on_hold', count: 1 },
    { label: 'wrapup', count: 1 },
    { label: 'not_ready', count: 2 },
  ]);
});
