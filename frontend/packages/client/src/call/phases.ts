/** The phases of a call as one page shows them. `call-state.ts` says which of them a contact is in. */
import type { CallbackView, Channel, ContactView, EndReason, Party, PlaceView } from '@calldocker/protocol';

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

/** Which people hear each other. The contact says who they are: `heldBy`, `participants`. */
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
      /** Undefined until the server has said it. Without minutes there is no estimate; `away`: it is kept, and nobody is rung. */
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
