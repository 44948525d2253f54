import type { CallSnapshot } from '@calldocker/client';
import { contact, MockEngine, offer } from '@calldocker/mock-engine';
import type { AgentLabel, AgentView, ChatMessage, ContactView, Participant } from '@calldocker/protocol';
import { company, directory, emptyCompany, iso } from './company.ts';

const now = Date.now();
const base = { callId: 'call-1', channel: 'voice' } as const;
const queues = [
  { queueId: 'support', name: 'Support' },
  { queueId: 'billing', name: 'Billing and refunds' },
  { queueId: 'returns', name: 'Returns' },
];

function agent(label: AgentLabel, changes: Partial<AgentView> = {}): AgentView {
  const intent = label === 'offline' || label === 'not_ready' ? label : 'available';
  return {
    userId: 'agent-1',
    name: 'Amina Diallo',
    intent,
    label,
    since: iso(154_000),
    mediaReady: intent === 'available',
    signedInAt: iso(9_754_000),
    handled: 12,
    talkedMs: 3_712_000,
    queues,
    ...changes,
  };
}

const ringing: Partial<ContactView> = {
  waitingSince: iso(62_000),
  createdAt: iso(62_000),
  queue: { queueId: 'support', name: 'Support' },
  visitor: { userId: 'v', name: 'Mia Berger', topic: 'My order has not arrived', page: 'https://shop.example/orders/4711?x=1' },
};
const why = { rule: '12', decidedBy: 'longest_idle', candidates: 3, waitedMs: 42_000 } as const;
const rings = { since: iso(5_000), expiresAt: iso(-15_000) };
const lasts = { since: now - 5_000, expiresAt: now + 15_000 };

const view = contact({
  ...ringing,
  you: 'agent',
  createdAt: iso(816_000),
  waitingSince: iso(816_000),
  acceptedAt: iso(754_000),
  connectedAt: iso(752_000),
  disposition: 'Call again',
});
const ben: Participant = { userId: 'ben', name: 'Ben Fischer', kind: 'consult', connected: true };
const sue: Participant = { userId: 'sue', name: 'Sue Park', kind: 'supervision', mode: 'monitor', connected: true };

const line = (number: number, own: boolean, text: string): ChatMessage => ({
  number,
  from: own ? { userId: 'agent-1', name: 'Amina Diallo' } : { userId: 'v', name: 'Mia Berger' },
  party: own ? 'agent' : 'visitor',
  text,
  at: iso(300_000 - number * 30_000),
});
const chat = [
  line(1, true, 'This is the form that we talked about: https://shop.example/returns'),
  line(2, false, 'Thank you! My order number is 4711-0815.'),
  line(3, false, 'Do I need the box, too?'),
];

const desk: Partial<CallSnapshot> = { directory, mediaReady: true };
const talking: Partial<CallSnapshot> = {
  ...desk,
  agent: agent('on_call'),
  call: { ...base, phase: 'connected', stage: 'talking', contact: view, connectedAt: now - 752_000 },
  quality: { word: 'good', mos: 4, rttMs: 40, jitterMs: 3, lossPercent: 0, worstMos: 4 },
  notes: { callId: 'call-1', text: 'Parcel 4711 lost on the way. Refund promised for Friday.', saved: true },
  chat,
};
const inCall = (stage: 'held' | 'consulting' | 'conference', changes: Partial<ContactView>, label: AgentLabel = 'on_call'): MockEngine =>
  new MockEngine({
    ...talking,
    agent: agent(label),
    call: { ...base, phase: 'connected', stage, contact: { ...view, ...changes }, connectedAt: now - 752_000 },
  });
const asked = (kind: 'transfer' | 'consult' | 'callback' | 'contact', changes: Partial<ContactView> = {}): MockEngine =>
  new MockEngine({
    ...desk,
    agent: agent('reserved', { since: iso(5_000) }),
    offers: [offer({ ...ringing, offer: { kind, ...rings, why }, ...changes }, lasts)],
  });
const wrapUp = { ...base, phase: 'wrapup', contact: { ...view, state: 'wrapup' as const }, endedBy: 'visitor' } as const;
const listening = (mode: 'monitor' | 'whisper'): MockEngine =>
  new MockEngine({
    ...talking,
    agent: { ...agent('offline'), userId: 'sue', name: 'Sue Park' },
    liveView: company(8),
    call: {
      ...base,
      callId: 'call-0',
      phase: 'connected',
      stage: 'talking',
      contact: { ...view, you: 'supervisor', participants: [{ ...sue, mode }] },
      connectedAt: now - 752_000,
    },
  });

/** Every state of the desk, by the name that the address asks for. */
export const stories: Readonly<Record<string, () => MockEngine>> = {
  new: () => new MockEngine({ agent: agent('offline', { queues: [], signedInAt: undefined as never }) }),
  offline: () => new MockEngine({ ...desk, mediaReady: false, agent: agent('offline') }),
  denied: () => new MockEngine({ ...desk, mediaReady: false, agent: agent('offline'), mediaProblem: 'permission_denied' }),
  pause: () => new MockEngine({ ...desk, mediaReady: false, agent: agent('not_ready', { reason: 'BREAK' }) }),
  rona: () =>
    new MockEngine({ ...desk, mediaReady: false, agent: agent('system', { intent: 'not_ready', reason: 'SYS_RONA', misses: 1 }) }),
  noSound: () => new MockEngine({ ...desk, mediaReady: false, agent: agent('system', { intent: 'not_ready', reason: 'SYS_MEDIA' }) }),
  wasLost: () => new MockEngine({ ...desk, agent: agent('system', { intent: 'not_ready', reason: 'SYS_LOST' }) }),
  declined: () =>
    new MockEngine({ ...desk, mediaReady: false, agent: agent('system', { intent: 'not_ready', reason: 'SYS_DECLINE_LIMIT' }) }),
  forced: () =>
    new MockEngine({
      ...desk,
      mediaReady: false,
      agent: agent('not_ready', {
        reason: 'MEETING',
        forcedBy: { userId: 'sue', name: 'Sue Park' },
        note: 'Please come to the team meeting in room 4.',
      }),
    }),
  available: () => new MockEngine({ ...desk, agent: agent('available') }),
  cutOff: () => new MockEngine({ ...desk, agent: agent('available'), connection: { status: 'waiting', attempt: 2, retryAt: now + 3000 } }),
  otherTab: () => new MockEngine({ ...desk, mediaReady: false, agent: agent('available') }),
  ringing: () => asked('contact'),
  ringingTransfer: () =>
    asked('transfer', {
      offer: {
        kind: 'transfer',
        ...rings,
        from: { userId: 'ben', name: 'Ben Fischer' },
        note: 'Wants a refund for a lost parcel. I have checked: it is lost.',
        why: { ...why, decidedBy: 'chosen' },
      },
    }),
  ringingConsult: () =>
    asked('consult', { offer: { kind: 'consult', ...rings, from: { userId: 'ben', name: 'Ben Fischer' }, note: 'May I refund 300 €?' } }),
  ringingCallback: () =>
    asked('callback', { callback: { attempt: 0, attemptsMax: 3, phone: '+49 151 2345 678', note: 'After five, please.' } }),
  ringingVoicemail: () => asked('contact', { channel: 'voicemail', recordingId: 'rec-1' }),
  connecting: () => new MockEngine({ ...talking, call: { ...base, phase: 'connecting', contact: view, since: now } }),
  connected: () => new MockEngine(talking),
  next: () => new MockEngine({ ...talking, agent: agent('on_call', { next: { intent: 'not_ready', reason: 'MEAL' } }) }),
  muted: () => {
    const engine = new MockEngine(talking);
    engine.showMedia({ muted: true, screen: 'on' });
    return engine;
  },
  held: () => inCall('held', { state: 'held', muted: ['visitor'] }, 'on_hold'),
  consultRinging: () => inCall('consulting', { state: 'consulting', participants: [{ ...ben, connected: false }] }),
  consulting: () => inCall('consulting', { state: 'consulting', participants: [ben, sue] }),
  conference: () => inCall('conference', { participants: [{ ...ben, kind: 'conference' }] }),
  advising: () => inCall('consulting', { state: 'consulting', you: 'consulted', agent: { userId: 'ben', name: 'Ben Fischer' } }),
  cut: () => new MockEngine({ ...talking, connection: { status: 'waiting', attempt: 2, retryAt: now + 3000 } }),
  elsewhere: () => new MockEngine({ ...talking, call: { ...base, phase: 'elsewhere', contact: view, connectedAt: now } }),
  callback: () =>
    new MockEngine({
      ...talking,
      chat: [],
      call: {
        ...base,
        phase: 'callback',
        stage: 'dialing',
        connectedAt: undefined,
        contact: { ...view, state: 'callback_dialing' },
        callback: { attempt: 1, attemptsMax: 3, phone: '+49 151 2345 678', note: 'After five, please.' },
      },
    }),
  voicemail: () =>
    new MockEngine({
      ...talking,
      chat: [],
      call: {
        ...base,
        channel: 'voicemail',
        phase: 'connected',
        stage: 'talking',
        contact: { ...view, channel: 'voicemail', recordingId: 'rec-1' },
        connectedAt: now - 12_000,
      },
    }),
  wrapUp: () =>
    new MockEngine({
      ...talking,
      agent: agent('wrapup', { since: iso(14_000), next: { intent: 'not_ready', reason: 'MEAL' } }),
      call: { ...wrapUp, wrapUpUntil: now + 46_000, extensionsLeft: 2, endReason: 'completed_visitor', talkedMs: 754_000 },
    }),
  ended: () =>
    new MockEngine({
      ...desk,
      agent: agent('available'),
      call: { ...base, phase: 'ended', contact: view, endReason: 'completed_visitor', endedBy: 'visitor', talkedMs: 754_000 },
    }),
  live: () => new MockEngine({ ...desk, agent: agent('offline'), liveView: company(8) }),
  liveFull: () => new MockEngine({ ...desk, agent: agent('offline'), liveView: company(1000) }),
  liveEmpty: () => new MockEngine({ ...desk, agent: agent('offline'), liveView: emptyCompany }),
  wallboard: () => new MockEngine({ ...desk, agent: agent('offline'), liveView: company(24) }),
  listen: () => listening('monitor'),
  listenWhisper: () => listening('whisper'),
};
