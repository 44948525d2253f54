/** What a page has to show of its call, its devices and its agent at any moment. */
import type { AgentView, ChatMessage, ContactView, LegKind, LiveView, OfferKind, SupervisionMode } from '@calldocker/protocol';
import type { ConnectionState, Directory } from '../signalling/types.ts';
import type { DeviceKind } from './controls.ts';
import type { CallState, MediaProblem } from './phases.ts';

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
