import { type CallEngine, createCallEngine, type Redeemed, SignallingClient } from '@calldocker/client';
import { signallingUrl, type WidgetConfig } from './config.ts';
import { tabStorage } from './memory.ts';
import { isLive } from './view.ts';
import { VisitorToken } from './visitor-token.ts';

/** Leaving does not wait longer for a server that cannot be reached, ms. */
const farewellMs = 2_000;

/** Who this page's visitor is to the server, and what they do there. */
export interface VisitorSession {
  readonly signalling: SignallingClient;
  readonly engine: CallEngine;
}

/** Connects nothing yet. @param redeemed  whose session this page goes on with; otherwise it is the tab's own visitor's */
export function openSession({ server, company }: WidgetConfig, redeemed?: Redeemed): VisitorSession {
  const token = new VisitorToken(server, company, tabStorage());
  if (redeemed) token.adopt(redeemed.token);
  const { resumeToken } = redeemed ?? {};
  const signalling = new SignallingClient({
    url: signallingUrl(server),
    getToken: token.get,
    storageKey: `visitor.${company}`,
    handover: redeemed && resumeToken !== undefined ? { accessToken: redeemed.token, resumeToken } : undefined,
  });
  const engine = createCallEngine({
    signalling,
    role: 'visitor',
    server,
    holdMusic: `${server}/js/hold-music.wav`,
    voicemails: { url: `${server}/api/v1/voicemails`, getToken: () => token.get() },
  });
  return { signalling, engine };
}

/** Ends the call, if there is one, and leaves for good. */
export async function closeSession({ signalling, engine }: VisitorSession): Promise<void> {
  if (isLive(engine.getSnapshot().call)) {
    await Promise.race([engine.hangUp(), new Promise((resolve) => setTimeout(resolve, farewellMs))]);
  }
  engine.destroy();
  signalling.logout();
}
