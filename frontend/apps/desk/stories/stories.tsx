import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@calldocker/ui/tokens.css';
import '@calldocker/ui/parts.css';
import '../src/desk.css';
import type { CallSnapshot, MediaProblem } from '@calldocker/client';
import { chooseLanguage, directionOf } from '@calldocker/i18n';
import { contact, MockEngine } from '@calldocker/mock-engine';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { Desk } from '../src/Desk.tsx';
import { startI18n } from '../src/i18n.ts';
import { SignIn } from '../src/SignIn.tsx';
import { theme } from '../src/theme.ts';

const now = Date.now();
const iso = (ago: number) => new Date(now - ago).toISOString();
const base = { callId: 'call-1', channel: 'voice' } as const;

function agent(label: NonNullable<CallSnapshot['agent']>['label'], changes: object = {}): NonNullable<CallSnapshot['agent']> {
  const intent = label === 'offline' || label === 'not_ready' ? label : 'available';
  return { userId: 'agent-1', name: 'Amina Diallo', intent, label, since: iso(754_000), mediaReady: intent === 'available', ...changes };
}

const view = contact({
  you: 'agent',
  createdAt: iso(816_000),
  acceptedAt: iso(754_000),
  visitor: { userId: 'v', name: 'Mia Berger', topic: 'My order has not arrived', page: 'https://shop.example/orders/4711?x=1' },
});
const talking: Partial<CallSnapshot> = {
  agent: agent('on_call'),
  mediaReady: true,
  call: { ...base, phase: 'connected', contact: view, connectedAt: now - 754_000 },
  quality: { word: 'good', mos: 4, rttMs: 40, jitterMs: 3, lossPercent: 0, worstMos: 4 },
};

const blocked = (mediaProblem: MediaProblem) => new MockEngine({ agent: agent('offline'), mediaProblem });

const stories: Record<string, () => MockEngine> = {
  offline: () => new MockEngine({ agent: agent('offline') }),
  denied: () => blocked('permission_denied'),
  microphone: () => blocked('no_device'),
  busy: () => blocked('device_busy'),
  unsupported: () => blocked('unsupported'),
  failed: () => blocked('failed'),
  unreachable: () => new MockEngine({ connection: { status: 'waiting', attempt: 1, retryAt: now } }),
  neverOnline: () => new MockEngine({ agent: agent('offline', { since: '1970-01-01T00:00:00.000Z' }) }),
  pause: () => new MockEngine({ agent: agent('not_ready', { reason: 'BREAK' }) }),
  available: () => new MockEngine({ agent: agent('available'), mediaReady: true }),
  otherTab: () => new MockEngine({ agent: agent('available') }),
  ringing: () =>
    new MockEngine({
      agent: agent('reserved'),
      mediaReady: true,
      offers: [{ contact: { ...view, you: 'offered', state: 'offering', createdAt: iso(62_000) }, since: now, accepting: false }],
    }),
  connected: () => new MockEngine(talking),
  muted: () => {
    const engine = new MockEngine(talking);
    engine.showMedia({ muted: true, screen: 'on' });
    return engine;
  },
  cut: () => new MockEngine({ ...talking, connection: { status: 'waiting', attempt: 2, retryAt: now + 3000 } }),
  elsewhere: () => new MockEngine({ ...talking, call: { ...base, phase: 'elsewhere', contact: view, connectedAt: now } }),
  ended: () =>
    new MockEngine({
      agent: agent('available'),
      mediaReady: true,
      call: { ...base, phase: 'ended', contact: view, endReason: 'completed_visitor', endedBy: 'visitor', talkedMs: 754_000 },
    }),
};

const query = new URLSearchParams(location.search);
const language = chooseLanguage([query.get('language')]);
const story = query.get('story') ?? 'offline';
const engine = (stories[story] ?? stories.offline)?.() ?? new MockEngine();
if (query.get('problem')) setTimeout(() => engine.emit('problem', { what: 'camera', code: 'no_device' }), 200);
setInterval(() => engine.sound({ local: 0.2 + 0.4 * Math.random(), remote: 0.4 }), 50);
await startI18n(language);
const root = document.getElementById('desk');
if (!root) throw new Error('no #desk');
createRoot(root).render(
  <DirectionProvider initialDirection={directionOf(language)} detectDirection={false}>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      {story === 'signIn' ? (
        <SignIn offered={query.get('token') ?? undefined} over={query.get('over') !== null} onSignIn={() => undefined} />
      ) : (
        <Desk
          engine={engine}
          session={{ token: '', expiresAt: undefined, userId: 'agent-1', name: 'Amina Diallo', demo: true }}
          onSignOut={() => undefined}
        />
      )}
    </MantineProvider>
  </DirectionProvider>,
);
