import type { Intent, SupervisionMode } from '@calldocker/protocol';
import type { QueueStatus } from '../signalling/types.ts';

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

export interface DeviceControls {
  setCamera(on: boolean): Promise<void>;
  startScreenShare(): Promise<void>;
  stopScreenShare(): Promise<void>;
  /** Switches at once, in the call too; the choice is kept by label. */
  chooseDevice(kind: DeviceKind, id: string): Promise<void>;
}

/*
 * What a person can ask for beside the media. Each resolves with whether it took effect; if not, a `problem` event has
 * told why. What it changes is seen in the snapshot. "The call" is the one that the snapshot shows.
 */

/** Whom a contact is handed to, or who is asked. */
export type Destination = { readonly queueId: string } | { readonly agentId: string };

/** What is said about it, for who takes it. */
export type Handing = Destination & { readonly note?: string };

export interface VisitorControls {
  /** Asks how a queue is (default: the company's default queue) before calling. @returns undefined if it cannot be asked */
  queueStatus(queueId?: string): Promise<QueueStatus | undefined>;
  /** What the server's clock says, in milliseconds since 1970: what its times are compared with. */
  serverNow(): number;
  /** Instead of waiting; the time of entry counts on. With `phone` the agent calls by telephone, else on this page. */
  requestCallback(callback?: { readonly phone?: string; readonly note?: string }): Promise<boolean>;
  /** Of the call that has just ended; 1 to 5, 5 is best. */
  rate(rating: number, comment?: string): Promise<boolean>;
}

export interface AgentControls {
  cancelNextIntent(): Promise<boolean>;
  /** The visitor of a callback is on the telephone: the call begins. */
  callbackReached(): Promise<boolean>;
  hold(): Promise<boolean>;
  resume(): Promise<boolean>;
  /** Both sides may: 0-9, A-D, `*` and `#`. */
  sendKeypad(digits: string): Promise<boolean>;
  /** Both sides may. */
  sendChat(text: string): Promise<boolean>;
  transfer(to: Handing): Promise<boolean>;
  consult(whom: Handing): Promise<boolean>;
  /** Ends the consultation, or the conference, and takes the visitor off hold. */
  cancelConsult(): Promise<boolean>;
  /** Who was consulted, or has joined, has the contact from here on. */
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

  /** Asks whom to consult and for the company's words; `directory` in the snapshot has the answer. */
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
