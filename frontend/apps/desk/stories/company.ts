import type { Directory } from '@calldocker/client';
import type { AgentLabel, ContactState, LiveAgent, LiveContact, LiveQueue, LiveView } from '@calldocker/protocol';

const now = Date.now();
/** A time of the server, so many milliseconds ago. */
export const iso = (ago: number): string => new Date(now - ago).toISOString();

export const directory: Directory = {
  queues: [
    { queueId: 'support', name: 'Support', open: true, waiting: 4, free: 2 },
    { queueId: 'billing', name: 'Billing and refunds', open: true, waiting: 0, free: 1 },
    { queueId: 'arabic', name: 'الدعم العربي', open: true, waiting: 1, free: 0 },
    { queueId: 'returns', name: 'Returns', open: false, waiting: 0, free: 0 },
  ],
  agents: [
    { userId: 'agent-1', name: 'Amina Diallo', label: 'on_call', free: false },
    { userId: 'ben', name: 'Ben Fischer', label: 'available', free: true },
    { userId: 'cleo', name: 'Cleo Marchetti', label: 'on_call', free: false },
    { userId: 'dana', name: 'Dana Haddad', label: 'not_ready', free: false },
    { userId: 'emil', name: 'Emil Sørensen-Østergaard', label: 'available', free: true },
  ],
  reasons: [
    { reason: 'BREAK', name: '', paid: true, maxMinutes: 15 },
    { reason: 'MEAL', name: '', maxMinutes: 45 },
    { reason: 'TRAINING', name: '', paid: true, productive: true },
    { reason: 'MEETING', name: '', paid: true, productive: true },
    { reason: 'SHOWROOM', name: 'In the showroom', paid: true, maxMinutes: 30 },
    { reason: 'TECH_ISSUE', name: '', paid: true },
  ],
  dispositions: ['Solved', 'Passed on', 'Call again', 'Refund agreed', 'Not our customer'],
};

function queue(name: string, changes: Partial<LiveQueue>): LiveQueue {
  return {
    queueId: name.toLowerCase(),
    name,
    open: true,
    waiting: 0,
    offering: 0,
    talking: 0,
    callbacks: 0,
    staffed: 4,
    free: 2,
    offered: 100,
    answered: 78,
    abandoned: 17,
    flowedOut: 5,
    answeredInTarget: 60,
    shortAbandoned: 5,
    targetSeconds: 20,
    serviceLevelPercent: 67,
    ...changes,
  };
}

const { serviceLevelPercent: _, ...nightLine } = queue('Night line', { open: false, staffed: 0, free: 0, answered: 0, abandoned: 0 });

const queues: readonly LiveQueue[] = [
  queue('Support', { waiting: 7, longestWaitingSince: iso(134_000), free: 0, staffed: 6, talking: 6 }),
  queue('Billing and refunds', { answered: 41, abandoned: 2, serviceLevelPercent: 93, targetSeconds: 30 }),
  queue('Returns', { waiting: 2, longestWaitingSince: iso(8_000), free: 1, staffed: 3, serviceLevelPercent: 81 }),
  queue('الدعم العربي', { waiting: 1, longestWaitingSince: iso(41_000), free: 0, staffed: 0, serviceLevelPercent: 40 }),
  nightLine,
];

const names = [
  'Amina Diallo',
  'Ben Fischer',
  'Cleo Marchetti',
  'Dana Haddad',
  'Emil Sørensen-Østergaard',
  'Farah Nasser',
  'Gita Rao',
  'Hugo Lind',
];
const visitors = ['Mia Berger', 'Jonas Weber', 'ليلى منصور', 'Oskar Nowak', 'Rosa Álvarez de la Fuente', 'Tom Baker'];
const labels: readonly AgentLabel[] = ['on_call', 'available', 'on_hold', 'not_ready', 'wrapup', 'on_call', 'system', 'available'];
const states: readonly ContactState[] = ['connected', 'queued', 'held', 'offering', 'wrapup', 'consulting', 'queued', 'callback_waiting'];

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

function agent(index: number): LiveAgent {
  const label = pick(labels, index);
  const away = label === 'not_ready' || label === 'system';
  return {
    userId: `agent-${index}`,
    name: pick(names, index),
    label,
    intent: away ? 'not_ready' : 'available',
    ...(label === 'not_ready' ? { reason: 'BREAK', overdue: index % 16 === 3 } : {}),
    ...(label === 'system' ? { reason: 'SYS_RONA' } : {}),
    ...(index === 0 ? { next: { intent: 'not_ready', reason: 'MEAL' } } : {}),
    since: iso(40_000 + index * 37_000),
    sessions: 1,
    mediaReady: index !== 7,
    ...(label === 'on_call' || label === 'on_hold' || label === 'wrapup' ? { callId: `call-${index}` } : {}),
    queues: ['support'],
    handled: (index * 7) % 23,
  };
}

function liveContact(index: number): LiveContact {
  const state = pick(states, index);
  const waits = state === 'queued' || state === 'offering' || state === 'callback_waiting';
  return {
    callId: `call-${index}`,
    state,
    channel: 'voice',
    queue: { queueId: 'support', name: 'Support' },
    visitor: { userId: `v-${index}`, name: pick(visitors, index), topic: 'My order has not arrived' },
    ...(waits ? {} : { agent: { userId: `agent-${index}`, name: pick(names, index) } }),
    since: iso(5_000 + index * 13_000),
    waitingSince: iso(6_000 + index * 17_000),
    lost: index === 5 ? ['visitor'] : [],
    ...(index === 0 ? { supervisors: [{ userId: 'sue', name: 'Sue Park', kind: 'supervision', mode: 'monitor', connected: true }] } : {}),
  };
}

export function company(count: number): LiveView {
  return {
    at: iso(0),
    queues,
    agents: Array.from({ length: count }, (_, index) => agent(index)),
    contacts: Array.from({ length: count }, (_, index) => liveContact(index)),
    mayAct: true,
  };
}

export const emptyCompany: LiveView = { at: iso(0), queues: [], agents: [], contacts: [], mayAct: true };
