/**
 * What each person can ask of the call engine. A method that resolves with a boolean says whether it took effect; if not, a
 * `problem` event has said why. The snapshot shows what it changes. "The call" is the one that the snapshot shows.
 */
import type { Channel, Intent, SupervisionMode } from '@calldocker/protocol';
import type { PlaceLink } from '../signalling/codes.ts';
import type { QueueStatus } from '../signalling/types.ts';

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

export interface DeviceControls {
  setCamera(on: boolean): Promise<void>;
  startScreenShare(): Promise<void>;
  stopScreenShare(): Promise<void>;
  /** Switches at once, in the call too; the choice is kept by label. */
  chooseDevice(kind: DeviceKind, id: string): Promise<void>;
}

/** What anybody can do in a call. */
export interface CallControls {
  /** Ends the call, the queueing, the line check, the form, the voicemail; as a guest of a call (supervisor) just leaves it. */
  hangUp(): Promise<void>;
  /** Forgets a call that has ended, a voicemail that was sent, or a `blocked`. */
  dismiss(): void;
  /** Brings a call that is `elsewhere` to this page. Call it in a click. */
  takeOver(): Promise<void>;
  /** Takes effect at once, and the server tells the other side. */
  setMuted(muted: boolean): void;
  /** 0-9, A-D, `*` and `#`. */
  sendKeypad(digits: string): Promise<boolean>;
  sendChat(text: string): Promise<boolean>;
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

export interface VisitorControls {
  /** Opens the microphone (and camera) to show its level. Call it in a click. */
  checkLine(channel: Channel): Promise<void>;
  /** The form is open. `checkLine`, `startCall`, `startVoicemail` or `hangUp` go on from there. */
  openContact(contact: StartCall): Promise<void>;
  /** Enters the queue. Call it in a click. */
  startCall(call: StartCall): Promise<void>;
  /**
   * Leaves the page and keeps the place; the devices are let go of.
   * @returns the page's address with a code that brings this visitor back on any device, once (`takeCode`, `redeemCode`);
   *   undefined if the place could not be kept (a problem with `place`), or has no link (a problem with `link`)
   */
  keepPlace(): Promise<PlaceLink | undefined>;
  /** Is back at a place that was kept. Call it in a click. */
  returnToPlace(): Promise<void>;
  /** Instead of waiting; the time of entry counts on. With `phone` the agent calls by telephone, else on this page. */
  requestCallback(callback?: { readonly phone?: string; readonly note?: string }): Promise<boolean>;
  /** Takes the call of an agent who calls back. Call it in a click. */
  answerCallback(): Promise<void>;
  /** Opens the microphone and records, from the queue as well as without a call. Call it in a click. */
  startVoicemail(details?: Omit<StartCall, 'channel' | 'language'>): Promise<void>;
  stopVoicemail(): void;
  /** Back to where it began. */
  discardVoicemail(): void;
  /** Sends what was recorded. After a failure, which a `problem` has told, it can be sent again. */
  sendVoicemail(): Promise<boolean>;
  /** Of the call that has just ended; 1 to 5, 5 is best. */
  rate(rating: number, comment?: string): Promise<boolean>;
  /** Asks how a queue is (default: the company's default queue) before calling. @returns undefined if it cannot be asked */
  queueStatus(queueId?: string): Promise<QueueStatus | undefined>;
  /** What the server's clock says, in milliseconds since 1970: what its times are compared with. */
  serverNow(): number;
}

/** The queue or agent that gets a contact, or that is asked about one. */
export type Destination = { readonly queueId: string } | { readonly agentId: string };

/** What is said about it, for the agent who takes it. */
export type Handing = Destination & { readonly note?: string };

export interface AgentControls {
  /** Opens the microphone, unlocks audio, and becomes available. Call it in a click. */
  goAvailable(): Promise<void>;
  /**
   * Does not want calls; the microphone is released unless a call is on. With a call on, or a wrap-up, it is what
   * comes next (`agent.next`), which `cancelNextIntent` takes back.
   */
  goNotReady(reason?: string): Promise<void>;
  goOffline(): Promise<void>;
  cancelNextIntent(): Promise<boolean>;
  /** Answers. Offers end by themselves if another was quicker. Call it in a click. */
  accept(callId: string): Promise<void>;
  decline(callId: string, reason?: string): Promise<void>;
  /** The visitor of a callback is on the telephone: the call begins. */
  callbackReached(): Promise<boolean>;
  hold(): Promise<boolean>;
  resume(): Promise<boolean>;
  transfer(to: Handing): Promise<boolean>;
  consult(colleague: Handing): Promise<boolean>;
  /** Ends the consultation, or the conference, and takes the visitor off hold. */
  cancelConsult(): Promise<boolean>;
  /** The agent who was consulted, or has joined, has the contact from here on. */
  completeTransfer(): Promise<boolean>;
  startConference(): Promise<boolean>;
  /** Gives the call back to the front of its queue, or of another. */
  requeue(queueId?: string): Promise<boolean>;

  /** As typed: sent when the typing pauses, each second while it does not, before the wrap-up ends, and when the page goes. The last text wins. */
  setNotes(text: string): void;
  /** They have been copied, or are of no use. */
  forgetUnsavedNotes(callId: string): void;
  setDisposition(disposition: string): Promise<boolean>;
  extendWrapUp(): Promise<boolean>;
  endWrapUp(): Promise<boolean>;

  /** Asks for the colleagues who can be consulted and for the company's words; `directory` in the snapshot has the answer. */
  loadDirectory(): Promise<boolean>;
}

export interface SupervisorControls {
  /** Follows `liveView`, through reconnects, until it is turned off. */
  watchLive(on: boolean): Promise<boolean>;
  /** Listens, or joins in; changes how; `none` leaves. Call it in a click. */
  supervise(callId: string, mode: SupervisionMode | 'none'): Promise<boolean>;
  /** Has the contact from here on. Call it in a click. */
  takeOverContact(callId: string): Promise<boolean>;
  /** The agent sees who did it, and the note. */
  forceIntent(forced: {
    readonly agentId: string;
    readonly intent: Intent;
    readonly reason?: string;
    readonly note: string;
  }): Promise<boolean>;
  requeueContact(contact: { readonly callId: string; readonly queueId?: string }): Promise<boolean>;
  reassignContact(contact: { readonly callId: string; readonly agentId: string }): Promise<boolean>;
  endWrapUpOf(wrapUp: { readonly callId: string; readonly agentId: string }): Promise<boolean>;
}
