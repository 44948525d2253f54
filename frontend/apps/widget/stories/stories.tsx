import type { CallSnapshot } from '@calldocker/client';
import { chooseLanguage } from '@calldocker/i18n';
import { contact, MockEngine } from '@calldocker/mock-engine';
import tokens from '@calldocker/ui/tokens.css?inline';
import { render } from 'preact';
import { WidgetFont } from '../src/font.ts';
import { Widget } from '../src/Widget.tsx';
import styles from '../src/widget.css?inline';

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

const talking: Partial<CallSnapshot> = {
  call: { ...base, phase: 'connected', contact: contact(), connectedAt: now - 754_000 },
  quality: { word: 'good', mos: 4, rttMs: 40, jitterMs: 3, lossPercent: 0, worstMos: 4 },
};

const stories: Record<string, () => MockEngine> = {
  start: () => new MockEngine(),
  permission: () => new MockEngine({ call: { phase: 'preparing', channel: 'video' } }),
  check: () => new MockEngine({ call: { phase: 'line_check', channel: 'voice' } }),
  waiting: () => new MockEngine({ call: { ...base, phase: 'waiting', contact: contact({ state: 'queued' }), since: now - 62_000 } }),
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
    engine.showMedia({ camera: 'on', remoteVideo: true, remoteStream: pictures(), localVideo: pictures() });
    return engine;
  },
  reconnecting: () =>
    new MockEngine({ call: { ...base, phase: 'reconnecting', contact: contact(), connectedAt: now - 754_000, lost: ['media'] } }),
  cut: () => new MockEngine({ ...talking, connection: { status: 'waiting', attempt: 2, retryAt: now + 3000 } }),
  elsewhere: () => new MockEngine({ call: { ...base, phase: 'elsewhere', contact: contact(), connectedAt: now } }),
  ended: () =>
    new MockEngine({
      call: { ...base, phase: 'ended', contact: contact(), endReason: 'completed_agent', endedBy: 'agent', talkedMs: 754_000 },
    }),
  denied: () => new MockEngine({ call: { phase: 'blocked', channel: 'voice', problem: 'permission_denied' } }),
  camera: () => new MockEngine({ call: { phase: 'blocked', channel: 'video', problem: 'no_device' } }),
  refused: () =>
    new MockEngine({
      call: { ...base, phase: 'waiting', contact: undefined, since: now },
      connection: { status: 'stopped', reason: 'refused', detail: 'Invalid token' },
    }),
  unreachable: () =>
    new MockEngine({
      call: { ...base, phase: 'waiting', contact: undefined, since: now },
      connection: { status: 'waiting', attempt: 1, retryAt: now },
    }),
};

const query = new URLSearchParams(location.search);
const engine = (stories[query.get('story') ?? 'start'] ?? stories.start)?.() ?? new MockEngine();
sessionStorage.setItem('calldocker.widget', JSON.stringify({ open: query.get('closed') === null, live: false }));
setInterval(() => engine.sound({ local: 0.15 + 0.5 * Math.random() * Number(query.get('loud') ?? 1), remote: 0.4 }), 50);

const host = document.body.appendChild(document.createElement('calldocker-widget'));
const root = host.attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(tokens + styles);
root.adoptedStyleSheets = [sheet];
const font = new WidgetFont(location.origin);
await font.load();
render(
  <Widget
    engine={engine}
    signalling={{ connect: () => undefined }}
    firstLanguage={chooseLanguage([query.get('language')])}
    onCommand={() => () => undefined}
    onAppear={() => font.use()}
  />,
  root,
);
