import { createCallEngine, SignallingClient } from '@calldocker/client';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { Desk } from './Desk.tsx';
import { SignIn } from './SignIn.tsx';
import { serverOf } from './server.ts';
import { type DeskSession, keepSession, readSession, takeTokenFromAddress, tokenSource } from './session.ts';

const offeredToken = takeTokenFromAddress();

/** Signed in, or not. A token in the address signs in whoever it names, whatever was kept. */
export function App() {
  const [session, setSession] = useState(() => (offeredToken === undefined ? readSession() : undefined));
  const [over, setOver] = useState(false);
  const signIn = useCallback((next: DeskSession) => {
    keepSession(next);
    setOver(false);
    setSession(next);
  }, []);
  const signOut = useCallback((because: 'wish' | 'refused') => {
    keepSession(undefined);
    setOver(because === 'refused');
    setSession(undefined);
  }, []);
  if (!session) return <SignIn offered={offeredToken} over={over} onSignIn={signIn} />;
  return <SignedIn key={session.userId} session={session} onSignOut={signOut} />;
}

interface SignedInProps {
  readonly session: DeskSession;
  readonly onSignOut: (because: 'wish' | 'refused') => void;
}

function connect(session: DeskSession) {
  const url = `${location.origin.replace(/^http/, 'ws')}/ws`;
  const getToken = tokenSource(session);
  const signalling = new SignallingClient({ url, getToken, storageKey: 'desk' });
  return { signalling, engine: createCallEngine({ signalling, role: 'agent' }), server: serverOf(signalling, getToken) };
}

function SignedIn({ session, onSignOut }: SignedInProps) {
  const [{ signalling, engine, server }] = useState(() => connect(session));
  const clockOffsetMs = useSyncExternalStore(signalling.live.subscribe, () => signalling.live.getSnapshot().clockOffsetMs);

  useEffect(() => {
    signalling.connect();
    return signalling.connection.subscribe(() => {
      if (signalling.connection.getSnapshot().status === 'stopped') onSignOut('refused');
    });
  }, [signalling, onSignOut]);

  const leave = useCallback(async () => {
    // The server hears it if it can be reached; signing out does not wait for one that cannot.
    await Promise.race([engine.goOffline(), new Promise((done) => setTimeout(done, 2000))]);
    engine.destroy();
    signalling.logout();
    onSignOut('wish');
  }, [engine, signalling, onSignOut]);

  return <Desk engine={engine} session={session} clockOffsetMs={clockOffsetMs} server={server} onSignOut={() => void leave()} />;
}
