import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@calldocker/ui/tokens.css';
import '@calldocker/ui/parts.css';
import '../src/desk.css';
import { chooseLanguage, directionOf } from '@calldocker/i18n';
import { MockEngine } from '@calldocker/mock-engine';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import type { DeskServer } from '../src/context.ts';
import { Desk } from '../src/Desk.tsx';
import { startI18n } from '../src/i18n.ts';
import { SignIn } from '../src/SignIn.tsx';
import { SignInDialog } from '../src/SignInDialog.tsx';
import type { LinkState } from '../src/sign-in-link.ts';
import { theme } from '../src/theme.ts';
import { stories } from './states.ts';

const query = new URLSearchParams(location.search);
const language = chooseLanguage([query.get('language')]);
const story = query.get('story') ?? 'offline';
const engine = stories[story]?.() ?? new MockEngine();
if (query.get('problem')) setTimeout(() => engine.emit('problem', { what: 'camera', code: 'no_device' }), 200);
setInterval(() => engine.sound({ local: 0.2 + 0.4 * Math.random(), remote: 0.4 }), 50);
await startI18n(language);

/** Nobody checks its signature here. */
const token = (role: string) => `x.${btoa(JSON.stringify({ role }))}.x`;
const supervisor = query.has('supervisor') || /^(live|wallboard|listen)/.test(story);
const person = supervisor
  ? { token: token('supervisor'), userId: 'sue', name: 'Sue Park' }
  : { token: token('agent'), userId: 'agent-1', name: 'Amina Diallo' };

/** Two seconds of silence, as a WAV file. */
function silence(): Blob {
  const bytes = new DataView(new ArrayBuffer(44 + 16_000));
  [...'RIFF'].forEach((letter, index) => {
    bytes.setUint8(index, letter.charCodeAt(0));
  });
  bytes.setUint32(4, 36 + 16_000, true);
  [...'WAVEfmt '].forEach((letter, index) => {
    bytes.setUint8(8 + index, letter.charCodeAt(0));
  });
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, 8000, true);
  bytes.setUint32(28, 8000, true);
  bytes.setUint16(32, 1, true);
  bytes.setUint16(34, 8, true);
  [...'data'].forEach((letter, index) => {
    bytes.setUint8(36 + index, letter.charCodeAt(0));
  });
  bytes.setUint32(40, 16_000, true);
  for (let at = 44; at < bytes.byteLength; at += 1) bytes.setUint8(at, 128);
  return new Blob([bytes], { type: 'audio/wav' });
}

const server: DeskServer = {
  loadVoicemail: (recordingId) => (recordingId === 'gone' ? Promise.reject(new Error('gone')) : Promise.resolve(silence())),
  endUnanswered: () => Promise.resolve(false),
};

/** `?link=offered`: a link was opened that signs somebody in. */
const newcomer = {
  session: { ...person, userId: 'ben', name: 'Ben Fischer', demo: false },
  role: 'supervisor',
  company: 'shop',
};
const links: Record<string, LinkState> = {
  offered: { stage: 'offered', newcomer },
  gone: { stage: 'gone' },
  overloaded: { stage: 'overloaded', retryAfterMs: 180_000 },
};
const link = { state: links[query.get('link') ?? ''], retry: () => undefined, dismiss: () => undefined };
const present = story === 'signIn' ? undefined : { ...person, demo: true };

const root = document.getElementById('desk');
if (!root) throw new Error('no #desk');
createRoot(root).render(
  <DirectionProvider initialDirection={directionOf(language)} detectDirection={false}>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      {story === 'signIn' ? (
        <SignIn over={false} onSignIn={() => undefined} />
      ) : (
        <Desk engine={engine} session={{ ...person, demo: true }} clockOffsetMs={0} server={server} onSignOut={() => undefined} />
      )}
      <SignInDialog link={link} present={present} onAccept={async () => undefined} />
    </MantineProvider>
  </DirectionProvider>,
);
