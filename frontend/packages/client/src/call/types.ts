import type {
  AgentView,
  CallbackView,
  Channel,
  ChatMessage,
  ConsultEnd,
  ContactView,
  EndReason,
  LegKind,
  LiveView,
  OfferKind,
  Party,
  Person,
  PlaceView,
  RevokeReason,
  SupervisionMode,
} from '@calldocker/protocol';
import type { Observable } from '../observable.ts';
import type { PlaceLink } from '../signalling/codes.ts';
import type { ConnectionState, Directory, Signalling } from '../signalling/types.ts';
import type { AgentControls, DeviceControls, DeviceKind, SupervisorControls, VisitorControls } from './controls.ts';

/** Why there is no microphone or camera, in the terms of what a person can do about it. */
export type MediaProblem =
  /** The person said no. */
  | 'permission_denied'
  /** The site does: its policy, or the page around the frame that it is in. Nothing in the browser's settings changes it. */
  | 'forbidden_here'
  /** Nothing is plugged in. */
  | 'no_device'
  /** Another program has it. */
  | 'device_busy'
  /** The page is not served over HTTPS, or the browser has no WebRTC. */
  | 'unsupported'
  | 'failed';

/** What is being said, and to whom. The contact tells who: `heldBy`, `participants`. */
export type Stage =
  | 'talking'
  /** Agent: the visitor hears music, and nobody is heard. */
  | 'held'
  /** Staff: two agents talk, while the visitor hears music. */
  | 'consulting'
  /** Three and more hear each other. */
  | 'conference';

/** A message that a visitor speaks instead of a call. */
export type Recording =
  /** `endsAt`: it stops by itself. Its level is the `local` of `onLevels`. */
  | { readonly stage: 'recording'; readonly since: number; readonly endsAt: number }
  /** To be heard again (`url`, for an `<audio>`), sent, or discarded. */
  | { readonly stage: 'recorded' | 'sending'; readonly url: string; readonly durationMs: number }
  | { readonly stage: 'sent' };

/**
 * Where this page is in a call. Times are milliseconds of the local clock, already corrected by the server's, so that
 * `steadyNow() - connectedAt` is the time talked.
 */
export type CallState =
  | { readonly phase: 'idle' }
  /** Opening the microphone (and camera); the browser may be asking the person. */
  | { readonly phase: 'preparing'; readonly channel: Channel }
  /** The microphone is live and its level can be shown; nothing has been sent to anyone. */
  | { readonly phase: 'line_check'; readonly channel: Channel }
  /** No microphone: what to tell the person. `startCall`, `checkLine` or `goAvailable` try again. */
  | { readonly phase: 'blocked'; readonly channel: Channel; readonly problem: MediaProblem }
  /** Visitor: the form is open; nobody is rung. */
  | {
      readonly phase: 'prequeue';
      readonly callId: string;
      readonly channel: Channel;
      readonly contact: ContactView | undefined;
    }
  /** Visitor: in the queue. `contact` is undefined until the server has answered. */
  | {
      readonly phase: 'waiting';
      readonly callId: string;
      readonly channel: Channel;
      readonly contact: ContactView | undefined;
      readonly since: number;
      /** Undefined until it is told. Without minutes there is no estimate; `away`: it is kept, and nobody is rung. */
      readonly place: PlaceView | undefined;
    }
  /** Visitor: it rings at an agent. */
  | { readonly phase: 'ringing'; readonly callId: string; readonly channel: Channel; readonly contact: ContactView; readonly since: number }
  /** Accepted; media is on its way. */
  | {
      readonly phase: 'connecting';
      readonly callId: string;
      readonly channel: Channel;
      readonly contact: ContactView | undefined;
      readonly since: number;
    }
  | {
      readonly phase: 'connected';
      readonly callId: string;
      readonly channel: Channel;
      readonly contact: ContactView;
      readonly connectedAt: number;
      readonly stage: Stage;
    }
  /** Visitor: hears music, and is heard by nobody. */
  | {
      readonly phase: 'held';
      readonly callId: string;
      readonly channel: Channel;
      readonly contact: ContactView;
      readonly connectedAt: number;
    }
  /** Was connected, and media or a party is missing; being mended by itself. */
  | {
      readonly phase: 'reconnecting';
      readonly callId: string;
      readonly channel: Channel;
      readonly contact: ContactView;
      readonly connectedAt: number;
      readonly stage: Stage;
      readonly lost: readonly Lost[];
    }
  /** The call is carried by another tab or device of this user; `takeOver()` brings it here. */
  | {
      readonly phase: 'elsewhere';
      readonly callId: string;
      readonly channel: Channel;
      readonly contact: ContactView;
      readonly connectedAt: number | undefined;
    }
  /**
   * `waiting`: the visitor will be called back. `dialing`: an agent calls back now. The visitor answers with
   * `answerCallback()`, or, where `callback.phone` is set, the telephone; then the agent says so with `callbackReached()`,
   * and they are `talking`.
   */
  | {
      readonly phase: 'callback';
      readonly stage: 'waiting' | 'dialing' | 'talking';
      readonly connectedAt: number | undefined;
      readonly callId: string;
      readonly channel: Channel;
      readonly contact: ContactView;
      readonly callback: CallbackView | undefined;
    }
  /** Visitor: speaks a message, or has sent one. */
  | { readonly phase: 'voicemail'; readonly callId: string; readonly channel: Channel; readonly recording: Recording }
  /** Agent: the call is over, the work is not. */
  | {
      readonly phase: 'wrapup';
      readonly callId: string;
      readonly channel: Channel;
      readonly contact: ContactView;
      /** Ends by itself then; undefined: only by `endWrapUp()`. */
      readonly wrapUpUntil: number | undefined;
      /** How often `extendWrapUp()` still works. */
      readonly extensionsLeft: number;
      readonly endReason: EndReason | undefined;
      readonly endedBy: Party | undefined;
      /** Undefined when this page has not seen the end. */
      readonly talkedMs: number | undefined;
    }
  /** Until `dismiss()` or the next call. */
  | {
      readonly phase: 'ended';
      readonly callId: string;
      readonly channel: Channel;
      readonly contact: ContactView | undefined;
      readonly endReason: EndReason | undefined;
      readonly endedBy: Party | undefined;
      readonly talkedMs: number;
    };

export type CallPhase = CallState['phase'];

/** What is being waited for. `media` covers this side's path as well. */
export type Lost = 'visitor' | 'agent' | 'media';

/** What this side sends and gets. */
export interface MediaSnapshot {
  /** `starting` while the device opens; `lost` when it was unplugged and there is no other. */
  readonly microphone: 'off' | 'starting' | 'live' | 'lost';
  readonly muted: boolean;
  readonly camera: 'off' | 'starting' | 'on';
  readonly screen: 'off' | 'starting' | 'on';
  /** For a `<video muted>`: the camera, or the screen while it is shared; undefined without video. */
  readonly localVideo: MediaStream | undefined;
  /** For one `<audio autoplay>`; set `sinkId` from `devices.chosen.speaker`. */
  readonly remoteStream: MediaStream | undefined;
  /** For a `<video muted>`: what the other side shows, or a third person; undefined while nobody shows anything. */
  readonly remotePicture: MediaStream | undefined;
}

/** A media connection with one other page. */
export interface LegSnapshot {
  /** Undefined while a visitor waits. */
  readonly userId: string | undefined;
  readonly name: string | undefined;
  readonly kind: LegKind;
  readonly mode: SupervisionMode | undefined;
  /** Something comes in. */
  readonly up: boolean;
}

export interface NotesSnapshot {
  readonly callId: string;
  /** What was typed here, or else what the server has. */
  readonly text: string;
  /** The server has it. */
  readonly saved: boolean;
}

/** What the server has not taken of a contact that is over. */
export interface UnsavedNotes {
  readonly callId: string;
  readonly text: string;
}

/** `label` is empty until the person has allowed one device of its kind. */
export interface Device {
  readonly id: string;
  readonly label: string;
}

export interface DevicesSnapshot {
  readonly microphones: readonly Device[];
  readonly cameras: readonly Device[];
  /** Empty where the browser cannot choose its output. */
  readonly speakers: readonly Device[];
  /** The ids in use, or that would be used. */
  readonly chosen: Readonly<Partial<Record<DeviceKind, string>>>;
}

/** Words for a MOS: from 4.1 excellent, 3.9 good, 3.5 fair, 3 poor, below bad. */
export type QualityWord = 'excellent' | 'good' | 'fair' | 'poor' | 'bad';

/** How the last 5 s were, by the E-model; the worse of the two directions where the other side's reports tell. */
export interface Quality {
  readonly word: QualityWord;
  /** Mean opinion score, 1 to 4.5. */
  readonly mos: number;
  readonly rttMs: number;
  readonly jitterMs: number;
  readonly lossPercent: number;
  /** The lowest `mos` of the last 30 s. */
  readonly worstMos: number;
}

/** All that a page has to show; a new object at each change. */
export interface CallSnapshot {
  readonly connection: ConnectionState;
  /** What the server said may be out of date. */
  readonly stale: boolean;
  readonly call: CallState;
  /** Agent: contacts that ring here, oldest first. */
  readonly offers: readonly Offer[];
  /** Agent: own state as the server has it. */
  readonly agent: AgentView | undefined;
  /** Agent: the page is ready to be heard (microphone live, audio unlocked). */
  readonly mediaReady: boolean;
  /** Agent: why `goAvailable` could not open the microphone. */
  readonly mediaProblem: MediaProblem | undefined;
  readonly media: MediaSnapshot;
  readonly devices: DevicesSnapshot;
  readonly quality: Quality | undefined;
  /** The connections that this page has, the one that `media` shows first. */
  readonly legs: readonly LegSnapshot[];
  /** What has been written in this contact. */
  readonly chat: readonly ChatMessage[];
  /** Agent: of this contact. */
  readonly notes: NotesSnapshot | undefined;
  /** Agent: of contacts that are over, to be copied; until `forgetUnsavedNotes()`. */
  readonly unsavedNotes: readonly UnsavedNotes[];
  /** Agent: after `loadDirectory()`. */
  readonly directory: Directory | undefined;
  /** Supervisor: the company as it is now, between `watchLive(true)` and `watchLive(false)`. */
  readonly liveView: LiveView | undefined;
}

export interface Offer {
  readonly contact: ContactView;
  readonly kind: OfferKind;
  /** Local clock, milliseconds, when it rings here no longer; undefined: as long as the contact waits. */
  readonly expiresAt: number | undefined;
  /** Local clock, milliseconds, when it began to ring here. */
  readonly since: number;
  /** `accept` has been called and not answered yet. */
  readonly accepting: boolean;
}

/** What happens once and is not a state: for sounds, banners and announcements. */
export interface CallEvents {
  /** Agent: a contact begins to ring here. */
  offered: { readonly contact: ContactView };
  /** Agent: it rings here no longer. `accepted` when this page took it. */
  revoked: { readonly callId: string; readonly reason: RevokeReason | 'accepted' };
  /** Agent: whom this agent consulted did not come, or has gone. */
  consult_ended: { readonly callId: string; readonly colleague: Person; readonly reason: ConsultEnd };
  /** Audio flows both ways for the first time in this call. */
  connected: { readonly callId: string };
  /** Media or a party went missing, and is back. */
  reconnecting: { readonly callId: string; readonly lost: readonly Lost[] };
  recovered: { readonly callId: string };
  /** Visitor: somebody has answered before the message was sent, which is discarded. */
  message_overtaken: { readonly callId: string };
  ended: { readonly callId: string; readonly endReason: EndReason | undefined; readonly endedBy: Party | undefined };
  /** A line of somebody else's. */
  chat: { readonly callId: string; readonly message: ChatMessage };
  /** The other side has pressed keys. */
  keypad: { readonly callId: string; readonly party: Party; readonly digits: string };
  /** The device in use was unplugged: `to` is what is used now, undefined if there is none. */
  device_lost: { readonly kind: DeviceKind; readonly lost: string; readonly to: string | undefined };
  /**
   * What a person asked for did not work. `code` is a MediaProblem, or the server's error code; with `overloaded`,
   * `retryAfterMs` says when to try again, where the server does.
   */
  problem: {
    readonly what: Attempt;
    readonly code: string;
    readonly retryAfterMs?: number;
  };
}

/** What a person asked for. */
export type Attempt =
  | 'accept'
  | 'decline'
  | 'start'
  /** A relay for the media, in the call's name; it goes on, and the relay is asked for again. */
  | 'relay'
  | 'camera'
  | 'screen'
  | 'microphone'
  | 'device'
  | 'intent'
  | 'hang_up'
  | 'queue_status'
  | 'place'
  /** A link back to the place, which is kept all the same. */
  | 'link'
  | 'callback'
  | 'voicemail'
  | 'rating'
  | 'chat'
  | 'keypad'
  | 'mute'
  | 'hold'
  | 'transfer'
  | 'consult'
  | 'notes'
  | 'disposition'
  | 'wrap_up'
  | 'directory'
  | 'live'
  | 'supervise';

/** 0 (silence) to 1 (as loud as it gets), on a scale that looks even to a person. */
export interface Levels {
  readonly local: number;
  readonly remote: number;
}

export interface StartCall {
  readonly channel: Channel;
  readonly name?: string;
  readonly topic?: string;
  readonly page?: string;
  /** Default the company's default queue. */
  readonly queueId?: string;
  /** A language tag (BCP 47) that the agent must speak, where the queue asks for it. */
  readonly language?: string;
}

/** What goes with an offer into the queue, or a message. */
export interface About extends Omit<StartCall, 'channel'> {
  /** The click that it began with. */
  readonly trace?: string;
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
export interface CallEngine extends Observable<CallSnapshot>, DeviceControls, VisitorControls, AgentControls, SupervisorControls {
  /** @returns the function that removes the handler */
  on<E extends keyof CallEvents>(event: E, handler: (payload: CallEvents[E]) => void): () => void;
  /** Calls `listener` about 20 times a second while audio runs. @returns the function that stops it */
  onLevels(listener: (levels: Levels) => void): () => void;
  /** The page's one AudioContext, for its own sounds; undefined before the first click that used the engine. */
  audioContext(): AudioContext | undefined;

  /** Visitor: opens the microphone (and camera) to show its level. Call it in a click. */
  checkLine(channel: Channel): Promise<void>;
  /** Visitor: the form is open. `checkLine`, `startCall`, `startVoicemail` or `hangUp` go on from there. */
  openContact(contact: StartCall): Promise<void>;
  /** Visitor: enters the queue. Call it in a click. */
  startCall(call: StartCall): Promise<void>;
  /** Agent: opens the microphone, unlocks audio, and becomes available. Call it in a click. */
  goAvailable(): Promise<void>;
  /**
   * Visitor: leaves the page and keeps the place; the devices are let go of.
   * @returns the page's address with a code that brings this visitor back on any device, once (`takeCode`, `redeemCode`);
   *   undefined if the place could not be kept (a problem with `place`), or has no link (a problem with `link`)
   */
  keepPlace(): Promise<PlaceLink | undefined>;
  /** Visitor: is back at a place that was kept. Call it in a click. */
  returnToPlace(): Promise<void>;
  /** Visitor: takes the call of an agent who calls back. Call it in a click. */
  answerCallback(): Promise<void>;
  /** Visitor: opens the microphone and records, from the queue as well as without a call. Call it in a click. */
  startVoicemail(details?: Omit<StartCall, 'channel' | 'language'>): Promise<void>;
  stopVoicemail(): void;
  /** Back to where it began. */
  discardVoicemail(): void;
  /** Sends what was recorded. After a failure, which a `problem` has told, it can be sent again. */
  sendVoicemail(): Promise<boolean>;
  /**
   * Agent: does not want calls; the microphone is released unless a call is on. With a call on, or a wrap-up, it is what
   * comes next (`agent.next`), which `cancelNextIntent` takes back.
   */
  goNotReady(reason?: string): Promise<void>;
  goOffline(): Promise<void>;
  /** Agent: answers. Offers end by themselves if another was quicker. Call it in a click. */
  accept(callId: string): Promise<void>;
  decline(callId: string, reason?: string): Promise<void>;
  /** Ends the call, the queueing, the line check, the form, the voicemail; as a guest of a call (supervisor) just leaves it. */
  hangUp(): Promise<void>;
  /** Forgets a call that has ended, a voicemail that was sent, or a `blocked`. */
  dismiss(): void;
  /** Brings a call that is `elsewhere` to this page. Call it in a click. */
  takeOver(): Promise<void>;

  /** Takes effect at once, and the other side is told. */
  setMuted(muted: boolean): void;
  /** Stops everything and lets go of the devices; does not end the call for the other side. */
  destroy(): void;
}
