import type { AgentControls } from './controls.ts';
import type { Parts } from './parts.ts';

type Used = Pick<
  Parts,
  'signalling' | 'events' | 'requests' | 'current' | 'media' | 'meter' | 'ringing' | 'availability' | 'notes' | 'follow' | 'publish'
>;

/** What an agent does: is there for calls, answers them, passes them on, and writes down what they were about. */
export function agentControls(parts: Used): AgentControls {
  const { requests, current, availability, notes } = parts;
  return {
    goAvailable: () => availability.goAvailable(),
    goNotReady: (reason) => availability.leave('not_ready', reason, current.isBusy),
    goOffline: () => availability.leave('offline', undefined, current.isBusy),
    cancelNextIntent: () => requests.command({ type: 'cancel_next_intent' }, 'intent'),
    accept: (callId) => accept(parts, callId),
    decline: async (callId, reason) => {
      await requests.command({ type: 'decline_contact', callId, ...(reason === undefined ? {} : { reason }) }, 'decline');
    },
    callbackReached: () => requests.ofCall('callback', (callId) => ({ type: 'callback_reached', callId })),
    hold: () => requests.ofCall('hold', (callId) => ({ type: 'hold_contact', callId })),
    resume: () => requests.ofCall('hold', (callId) => ({ type: 'resume_contact', callId })),
    transfer: (to) => requests.ofCall('transfer', (callId) => ({ type: 'transfer_contact', callId, ...to })),
    consult: (colleague) => requests.ofCall('consult', (callId) => ({ type: 'consult', callId, ...colleague })),
    cancelConsult: () => requests.ofCall('consult', (callId) => ({ type: 'cancel_consult', callId })),
    completeTransfer: () => requests.ofCall('transfer', (callId) => ({ type: 'complete_transfer', callId })),
    startConference: () => requests.ofCall('consult', (callId) => ({ type: 'start_conference', callId })),
    requeue: (queueId) =>
      requests.ofCall('transfer', (callId) => ({ type: 'requeue_contact', callId, ...(queueId === undefined ? {} : { queueId }) })),
    setNotes: (text) => {
      const { callId } = current;
      if (callId !== undefined) notes.write(callId, text);
    },
    forgetUnsavedNotes: (callId) => notes.forgetUnsaved(callId),
    setDisposition: (disposition) => requests.ofCall('disposition', (callId) => ({ type: 'set_disposition', callId, disposition })),
    extendWrapUp: () => requests.ofCall('wrap_up', (callId) => ({ type: 'extend_wrap_up', callId })),
    endWrapUp: () => {
      notes.flush();
      return requests.ofCall('wrap_up', (callId) => ({ type: 'end_wrap_up', callId }));
    },
    loadDirectory: () => requests.command({ type: 'get_directory' }, 'directory'),
  };
}

async function accept({ signalling, events, requests, current, media, meter, ringing, follow, publish }: Used, callId: string) {
  const contact = signalling.live.getSnapshot().offers[callId];
  if (!contact || current.isBusy || ringing.accepting) return;
  ringing.beginAccept(callId);
  current.expect(callId);
  void meter.unlock();
  publish();
  const problem = await media.openMicrophone();
  requests.tellProblem('accept', problem);
  const won = problem === undefined && (await requests.command({ type: 'accept_contact', callId }, 'accept'));
  ringing.endAccept(callId);
  if (won) events.emit('revoked', { callId, reason: 'accepted' });
  follow();
}
