import type { Outgoing, Signalling } from '../signalling/types.ts';
import { steadyNow } from '../steady.ts';
import type { AgentControls, DeviceControls, SupervisorControls, VisitorControls } from './controls.ts';
import type { LocalMedia } from './local-media.ts';
import type { Notes } from './notes.ts';
import { newTrace } from './trace.ts';
import type { Attempt, MediaProblem } from './types.ts';

/** What the controls need of a call engine. */
export interface Desk {
  readonly signalling: Signalling;
  /** @returns whether it took effect; if not, a `problem` event has told why */
  readonly command: (message: Outgoing, what: Attempt) => Promise<boolean>;
  /** The contact that the page is about, or was last. */
  readonly callId: () => string | undefined;
  /** In the click that asks for a contact whose media will be here. */
  readonly expect: (callId: string) => void;
  readonly tellProblem: (what: Attempt, problem: MediaProblem | undefined) => void;
}

/** Sends a command about the contact that the page is about; without one there is nothing to do. */
function ofCall({ callId, command }: Desk, what: Attempt, message: (callId: string) => Outgoing): Promise<boolean> {
  const id = callId();
  return id === undefined ? Promise.resolve(false) : command(message(id), what);
}

export function deviceControls({ tellProblem }: Desk, media: LocalMedia): DeviceControls {
  return {
    setCamera: async (on) => tellProblem('camera', await media.setCamera(on)),
    startScreenShare: async () => tellProblem('screen', await media.startScreen()),
    stopScreenShare: async () => media.stopScreen(),
    chooseDevice: async (kind, id) => tellProblem('device', await media.choose(kind, id)),
  };
}

export function visitorControls(desk: Desk): VisitorControls {
  return {
    queueStatus: async (queueId) => {
      let stop = (): void => undefined;
      const answer = new Promise<string>((resolve) => {
        stop = desk.signalling.on('queue_status', (status) => {
          if (queueId === undefined || status.queueId === queueId) resolve(status.queueId);
        });
      });
      const asked = await desk.command({ type: 'get_queue_status', ...(queueId === undefined ? {} : { queueId }) }, 'queue_status');
      const answered = asked ? await answer : undefined;
      stop();
      return answered === undefined ? undefined : desk.signalling.live.getSnapshot().queues[answered];
    },
    serverNow: () => steadyNow() + desk.signalling.live.getSnapshot().clockOffsetMs,
    requestCallback: (callback = {}) =>
      ofCall(desk, 'callback', (callId) => ({ type: 'request_callback', callId, ...callback, trace: newTrace() })),
    rate: (rating, comment) =>
      ofCall(desk, 'rating', (callId) => ({ type: 'rate_contact', callId, rating, ...(comment === undefined ? {} : { comment }) })),
  };
}

export function agentControls(desk: Desk, notes: Notes): AgentControls {
  return {
    cancelNextIntent: () => desk.command({ type: 'cancel_next_intent' }, 'intent'),
    callbackReached: () => ofCall(desk, 'callback', (callId) => ({ type: 'callback_reached', callId })),
    hold: () => ofCall(desk, 'hold', (callId) => ({ type: 'hold_contact', callId })),
    resume: () => ofCall(desk, 'hold', (callId) => ({ type: 'resume_contact', callId })),
    sendKeypad: (digits) => ofCall(desk, 'keypad', (callId) => ({ type: 'send_keypad', callId, digits })),
    sendChat: (text) => ofCall(desk, 'chat', (callId) => ({ type: 'send_chat', callId, text })),
    transfer: (to) => ofCall(desk, 'transfer', (callId) => ({ type: 'transfer_contact', callId, ...to })),
    consult: (whom) => ofCall(desk, 'consult', (callId) => ({ type: 'consult', callId, ...whom })),
    cancelConsult: () => ofCall(desk, 'consult', (callId) => ({ type: 'cancel_consult', callId })),
    completeTransfer: () => ofCall(desk, 'transfer', (callId) => ({ type: 'complete_transfer', callId })),
    startConference: () => ofCall(desk, 'consult', (callId) => ({ type: 'start_conference', callId })),
    requeue: (queueId) =>
      ofCall(desk, 'transfer', (callId) => ({ type: 'requeue_contact', callId, ...(queueId === undefined ? {} : { queueId }) })),
    setNotes: (text) => {
      const callId = desk.callId();
      if (callId !== undefined) notes.write(callId, text);
    },
    forgetUnsavedNotes: (callId) => notes.forgetUnsaved(callId),
    setDisposition: (disposition) => ofCall(desk, 'disposition', (callId) => ({ type: 'set_disposition', callId, disposition })),
    extendWrapUp: () => ofCall(desk, 'wrap_up', (callId) => ({ type: 'extend_wrap_up', callId })),
    endWrapUp: () => {
      notes.flush();
      return ofCall(desk, 'wrap_up', (callId) => ({ type: 'end_wrap_up', callId }));
    },
    loadDirectory: () => desk.command({ type: 'get_directory' }, 'directory'),
  };
}

export function supervisorControls(desk: Desk, watch: (on: boolean) => Promise<boolean>): SupervisorControls {
  return {
    watchLive: watch,
    supervise: (callId, mode) => {
      if (mode !== 'none') desk.expect(callId);
      return desk.command({ type: 'supervise_contact', callId, mode }, 'supervise');
    },
    takeOverContact: (callId) => {
      desk.expect(callId);
      return desk.command({ type: 'take_over_contact', callId }, 'supervise');
    },
    forceIntent: (forced) => desk.command({ type: 'force_intent', ...forced }, 'supervise'),
    requeueContact: (contact) => desk.command({ type: 'requeue_contact', ...contact }, 'supervise'),
    reassignContact: (contact) => desk.command({ type: 'reassign_contact', ...contact }, 'supervise'),
    endWrapUpOf: (wrapUp) => desk.command({ type: 'end_wrap_up', ...wrapUp }, 'supervise'),
  };
}
