import type { SupervisorControls } from './controls.ts';
import type { Parts } from './parts.ts';

/** What a supervisor does: watches the company, listens to calls and joins them, and steps in. */
export function supervisorControls({
  requests,
  current,
  meter,
  company,
}: Pick<Parts, 'requests' | 'current' | 'meter' | 'company'>): SupervisorControls {
  const expect = (callId: string): void => {
    current.expect(callId);
    void meter.unlock();
  };
  return {
    watchLive: (on) => company.turn(on),
    supervise: (callId, mode) => {
      if (mode !== 'none') expect(callId);
      return requests.command({ type: 'supervise_contact', callId, mode }, 'supervise');
    },
    takeOverContact: (callId) => {
      expect(callId);
      return requests.command({ type: 'take_over_contact', callId }, 'supervise');
    },
    forceIntent: (forced) => requests.command({ type: 'force_intent', ...forced }, 'supervise'),
    requeueContact: (contact) => requests.command({ type: 'requeue_contact', ...contact }, 'supervise'),
    reassignContact: (contact) => requests.command({ type: 'reassign_contact', ...contact }, 'supervise'),
    endWrapUpOf: (wrapUp) => requests.command({ type: 'end_wrap_up', ...wrapUp }, 'supervise'),
  };
}
