import { createCallEngine, ownServer, SignallingClient } from '@calldocker/client';
import { type RefObject, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Desk } from './Desk.tsx';
import { SignIn } from './SignIn.tsx';
import { SignInDialog } from './SignInDialog.tsx';
import { serverOf } from './server.ts';
import { type DeskSession, keepSession, readSession, tokenSource } from './session.ts';
import { useSignInLink } from './sign-in-link.ts';

/** Leaving does not wait longer for a server that cannot be reached, ms. */
const farewellMs = 2_000;

/** Signed in, or not; and a link that would sign somebody in asks first. */
export function App() {
  const [session, setSession] = useState(readSession);
  /** Counts the sign-ins: each has a connection of its own. */
  const [number, setNumber] = useState(0);
  const [over, setOver] = useState(false);
  const leave = useRef<(() => Promise<void>) | undefined>(undefined);
  const link = useSignInLink();
  const signIn = useCallback((next: DeskSession) => {
    keepSession(next);
    setOver(false);
    setSession(next);
    setNumber((before) => before + 1);
  }, []);
  const signOut = useCallback((because: 'wish' | 'refused') => {
    keepSession(undefined);
    setOver(because === 'refused');
    setSession(undefined);
  }, []);
  const accept = async (next: DeskSession) => {
    await leave.current?.();
    signIn(next);
  };
  return (
    <>
      {session ? (
        <SignedIn key={number} session={session} leaveRef={leave} onSignOut={signOut} />
      ) : (
        <SignIn over={over} onSignIn={signIn} />
      )}
      <SignInDialog link={link} present={session} onAccept={accept} />
    </>
  );
}

interface SignedInProps {
  readonly session: DeskSession;
  /** How to leave, while somebody is signed in. */
  readonly leaveRef: RefObject<(() => Promise<void>) | undefined>;
  readonly onSignOut: (because: 'wish' | 'refused') => void;
}

function connect(session: DeskSession) {
  const url = `${ownServer().replace(/^http/, 'ws')}/ws`;
  const getToken = tokenSource(session);
  const signalling = new SignallingClient({ url, getToken, storageKey: 'desk' });
  return { signalling, engine: createCallEngine({ signalling, role: 'agent' }), server: serverOf(signalling, () => getToken()) };
}

function SignedIn({ session, leaveRef, onSignOut }: SignedInProps) {
  const [{ signalling, engine, server }] = useState(() => connect(session));
  const clockOffsetMs = useSyncExternalStore(signalling.live.subscribe, () => signalling.live.getSnapshot().clockOffsetMs);

  useEffect(() => {
    signalling.connect();
    return signalling.connection.subscribe(() => {
      if (signalling.connection.getSnapshot().status !== 'stopped') return;
      // The next person to sign in gets a new engine. The old one closes its microphone, its sound and its timers.
      engine.destroy();
      onSignOut('refused');
    });
  }, [engine, signalling, onSignOut]);

  const leave = useCallback(async () => {
    // The server hears it if it can be reached; signing out does not wait for one that cannot.
    await Promise.race([engine.goOffline(), new Promise((done) => setTimeout(done, farewellMs))]);
    engine.destroy();
    signalling.logout();
  }, [engine, signalling]);
  useEffect(() => {
    leaveRef.current = leave;
    return () => {
      leaveRef.current = undefined;
    };
  }, [leave, leaveRef]);

  const signOut = () => void leave().then(() => onSignOut('wish'));
  return <Desk engine={engine} session={session} clockOffsetMs={clockOffsetMs} server={server} onSignOut={signOut} />;
}
