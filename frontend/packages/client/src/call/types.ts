/** The call engine as a page uses it: `snapshot.ts` has what it shows, `events.ts` what it tells, `controls.ts` what it does. */
import type { Observable } from '../observable.ts';
import type { Signalling } from '../signalling/types.ts';
import type { AgentControls, CallControls, DeviceControls, SupervisorControls, VisitorControls } from './controls.ts';
import type { CallEvents } from './events.ts';
import type { CallSnapshot } from './snapshot.ts';

/** 0 (silence) to 1 (as loud as it gets), on a scale that looks even to a person. */
export interface Levels {
  readonly local: number;
  readonly remote: number;
}

export interface CallEngineOptions {
  readonly signalling: Signalling;
  readonly role: 'visitor' | 'agent';
  /** `relay` forces TURN, for tests and for networks that need it. Default `all`. */
  readonly iceTransportPolicy?: RTCIceTransportPolicy;
  /** Visitor: a sound file that is played, again and again, while on hold; without one there is silence. */
  readonly holdMusic?: string;
  /** Visitor: `https://HOST`, which makes codes for links back to a place; without it there are none. */
  readonly server?: string;
  /** Visitor: where voicemails are put, `https://HOST/api/v1/voicemails`, and the access token for it. */
  readonly voicemails?: { readonly url: string; readonly getToken: () => Promise<string> };
}

/**
 * Calls without user interface: media, its negotiation and recovery, devices and quality. One per page.
 * No method throws or rejects because of devices or the network: the snapshot and `problem` events tell.
 */
export interface CallEngine
  extends Observable<CallSnapshot>,
    CallControls,
    DeviceControls,
    VisitorControls,
    AgentControls,
    SupervisorControls {
  /** @returns the function that removes the handler */
  on<E extends keyof CallEvents>(event: E, handler: (payload: CallEvents[E]) => void): () => void;
  /** Calls `listener` about 20 times a second while audio runs. @returns the function that stops it */
  onLevels(listener: (levels: Levels) => void): () => void;
  /** The page's one AudioContext, for its own sounds; undefined before the first click that used the engine. */
  audioContext(): AudioContext | undefined;
  /** Stops everything and lets go of the devices; does not end the call for the other side. */
  destroy(): void;
}
