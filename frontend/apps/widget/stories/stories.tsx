import type { CallSnapshot, CallState, MediaProblem, QueueStatus, Recording } from '@calldocker/client';
import { chooseLanguage } from '@calldocker/i18n';
import { contact, MockEngine } from '@calldocker/mock-engine';
import { render } from 'preact';
import { WidgetFont } from '../src/font.ts';
import type { LinkState } from '../src/link.ts';
import { styles } from '../src/styles.ts';
import type { Phase } from '../src/view.ts';
import { Widget } from '../src/Widget.tsx';

const now = Date.now();
const base = { callId: 'call-1', channel: 'voice' } as const;

function pictures(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 240;
  const pen = canvas.getContext('2d');
  setInterval(() => {
    if (!pen) return;
    pen.fillStyle = '#2f6f8f';
    pen.fillRect(0, 0, 320, 240);
    pen.fillStyle = '#f0c9a0';
    pen.beginPath();
    pen.arc(160, 110, 50, 0, 7);
    pen.fill();
  }, 100);
  return canvas.captureStream(10);
}

const talk = (view: ReturnType<typeof contact>): CallState => ({
  ...base,
  phase: 'connected',
  contact: view,
  connectedAt: now - 754_000,
  stage: 'talking',
});

const talking: Partial<CallSnapshot> = {
  call: talk(contact()),
  quality: { word: 'good', mos: 4, rttMs: 40, jitterMs: 3, lossPercent: 0, worstMos: 4 },
};

const blocked = (channel: 'voice' | 'video', problem: MediaProblem) => new MockEngine({ call: { phase: 'blocked', channel, problem } });

function queue(status: Partial<QueueStatus>): MockEngine {
  const engine = new MockEngine();
  engine.queue = { queueId: 'support', name: 'Support', open: true, staffed: true, callback: true, voicemail: true, ...status };
  return engine;
}

function ended(endReason: Phase<'ended'>['endReason'], endedBy: 'agent' | 'system', talkedMs: number): MockEngine {
  const engine = queue({ open: endReason !== 'rejected_closed' });
  engine.show({ call: { ...base, phase: 'ended', contact: contact(), endReason, endedBy, talkedMs } });
  return engine;
}

const waiting = (place: NonNullable<Phase<'waiting'>['place']>) =>
  new MockEngine({ call: { ...base, phase: 'waiting', contact: contact({ state: 'queued' }), since: now - 62_000, place } });

const calledBack = (stage: 'waiting' | 'dialing', callback: NonNullable<Phase<'callback'>['callback']>) =>
  new MockEngine({ call: { ...base, phase: 'callback', stage, contact: contact({ state: 'callback_waiting' }), callback } });

const message = (recording: Recording) => new MockEngine({ call: { ...base, phase: 'voicemail', recording } });

const stories: Record<string, () => MockEngine> = {
  start: () => new MockEngine(),
  permission: () => new MockEngine({ call: { phase: 'preparing', channel: 'video' } }),
  check: () => new MockEngine({ call: { phase: 'line_check', channel: 'voice' } }),
  nobody: () => queue({ staffed: false }),
  full: () => queue({ full: true }),
  closed: () => queue({ open: false, opensAt: new Date(now + 40 * 3_600_000).toISOString() }),
  closedNow: () => queue({ open: false, callback: false, voicemail: false }),
  waiting: () => waiting({ place: 4, minMinutes: 3, maxMinutes: 5, away: false }),
  next: () => waiting({ place: 1, away: false }),
  kept: () => waiting({ place: 2, minMinutes: 2, maxMinutes: 2, away: true }),
  callback: () => calledBack('waiting', { attempt: 0, attemptsMax: 3 }),
  callbackByPhone: () =>
    calledBack('waiting', { attempt: 1, attemptsMax: 3, phone: '+41 44 123 45 67', dueAt: new Date(now + 300_000).toISOString() }),
  calledBack: () => calledBack('dialing', { attempt: 0, attemptsMax: 3 }),
  phoneRings: () => calledBack('dialing', { attempt: 0, attemptsMax: 3, phone: '+41 44 123 45 67' }),
  recording: () => message({ stage: 'recording', since: now - 17_000, endsAt: now + 103_000 }),
  message: () => message({ stage: 'recorded', url: 'data:audio/wav;base64,', durationMs: 17_000 }),
  sending: () => message({ stage: 'sending', url: 'data:audio/wav;base64,', durationMs: 17_000 }),
  sent: () => message({ stage: 'sent' }),
  held: () => new MockEngine({ call: { ...base, phase: 'held', contact: contact({ state: 'held' }), connectedAt: now - 754_000 } }),
  otherMuted: () => new MockEngine({ ...talking, call: talk(contact({ muted: ['agent'] })) }),
  chat: () =>
    new MockEngine({
      ...talking,
      chat: [
        {
          number: 1,
          party: 'agent',
          from: { userId: 'agent-1', name: 'Amina Diallo' },
          text: 'Is it order 4711?',
          at: new Date(now).toISOString(),
        },
        { number: 2, party: 'visitor', from: { userId: 'visitor-1' }, text: 'Yes, exactly.', at: new Date(now).toISOString() },
        {
          number: 3,
          party: 'agent',
          from: { userId: 'agent-1', name: 'Amina Diallo' },
          text: 'It leaves tomorrow:\nhttps://shop.example/orders/4711',
          at: new Date(now).toISOString(),
        },
      ],
    }),
  ringing: () => new MockEngine({ call: { ...base, phase: 'ringing', contact: contact({ state: 'offering' }), since: now - 5000 } }),
  connecting: () => new MockEngine({ call: { ...base, phase: 'connecting', contact: contact(), since: now - 5000 } }),
  connected: () => new MockEngine(talking),
  muted: () => {
    const engine = new MockEngine(talking);
    engine.showMedia({ muted: true, screen: 'on' });
    return engine;
  },
  video: () => {
    const engine = new MockEngine(talking);
    engine.showMedia({ camera: 'on', remotePicture: pictures(), localVideo: pictures() });
    return engine;
  },
  reconnecting: () =>
    new MockEngine({
      call: { ...base, phase: 'reconnecting', contact: contact(), connectedAt: now - 754_000, stage: 'talking', lost: ['media'] },
    }),
  cut: () => new MockEngine({ ...talking, connection: { status: 'waiting', attempt: 2, retryAt: now + 3000 } }),
  elsewhere: () => new MockEngine({ call: { ...base, phase: 'elsewhere', contact: contact(), connectedAt: now } }),
  lostAgent: () =>
    new MockEngine({
      call: {
        ...base,
        phase: 'reconnecting',
        contact: contact({ state: 'held' }),
        connectedAt: now - 754_000,
        stage: 'held',
        lost: ['agent'],
      },
    }),
  ended: () => ended('completed_agent', 'agent', 754_000),
  mediaFailed: () => ended('media_failed', 'system', 0),
  callbackFailed: () => ended('callback_failed', 'system', 0),
  closedMeanwhile: () => ended('rejected_closed', 'system', 0),
  refusedFull: () => ended('rejected_full', 'system', 0),
  lost: () => ended('lost_visitor', 'system', 754_000),
  lostInQueue: () => ended('lost_visitor', 'system', 0),
  denied: () => blocked('voice', 'permission_denied'),
  deniedVideo: () => blocked('video', 'permission_denied'),
  microphone: () => blocked('voice', 'no_device'),
  camera: () => blocked('video', 'no_device'),
  busy: () => blocked('voice', 'device_busy'),
  unsupported: () => blocked('voice', 'unsupported'),
  other: () => blocked('voice', 'failed'),
  overloaded: () => {
    const engine = new MockEngine();
    setTimeout(() => engine.emit('problem', { what: 'start', code: 'overloaded' }), 400);
    return engine;
  },
  refused: () =>
    new MockEngine({
      call: { ...base, phase: 'waiting', contact: undefined, since: now, place: undefined },
      connection: { status: 'stopped', reason: 'refused', detail: 'Invalid token' },
    }),
  unreachable: () =>
    new MockEngine({
      call: { ...base, phase: 'waiting', contact: undefined, since: now, place: undefined },
      connection: { status: 'waiting', attempt: 1, retryAt: now },
    }),
};

const query = new URLSearchParams(location.search);
const engine = (stories[query.get('story') ?? 'start'] ?? stories.start)?.() ?? new MockEngine();
setInterval(() => engine.sound({ local: 0.15 + 0.5 * Math.random() * Number(query.get('loud') ?? 1), remote: 0.4 }), 50);

/** `?link=offered`: the page was opened by a link back to a call. */
const links: Record<string, LinkState> = {
  offered: { stage: 'offered', redeemed: { token: '', user: { id: 'v', role: 'user' }, company: 'shop' } },
  named: { stage: 'offered', redeemed: { token: '', user: { id: 'v', name: 'Mia Berger', role: 'user' }, company: 'shop' } },
  gone: { stage: 'gone' },
  elsewhere: { stage: 'elsewhere' },
  unreachable: { stage: 'unreachable' },
  overloaded: { stage: 'overloaded', retryAfterMs: 180_000 },
};
const link = links[query.get('link') ?? ''];
const nothing = (): void => undefined;

const host = document.body.appendChild(document.createElement('calldocker-widget'));
const root = host.attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
root.adoptedStyleSheets = [sheet];
const font = new WidgetFont(location.origin);
await font.load();
render(
  <Widget
    engine={engine}
    signalling={{ connect: () => undefined }}
    memory={{ open: query.get('closed') === null, live: false }}
    firstLanguage={chooseLanguage([query.get('language')])}
    link={link && { state: link, accept: nothing, dismiss: nothing, retry: nothing }}
    onCommand={() => () => undefined}
    onAppear={() => font.use()}
  />,
  root,
);
