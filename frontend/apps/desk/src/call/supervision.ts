import type { ContactState, ContactView, Participant, SupervisionMode } from '@calldocker/protocol';

/** How somebody takes part in a call as a supervisor. */
export function ownMode(contact: Pick<ContactView, 'participants'> | undefined, userId: string): SupervisionMode | undefined {
  return contact?.participants?.find((one) => one.userId === userId && one.kind === 'supervision')?.mode;
}

export type ParticipantText =
  | 'participant.asked'
  | 'participant.advises'
  | 'participant.joined'
  | 'participant.monitor'
  | 'participant.whisper'
  | 'participant.barge';

/** What somebody beside the agent does in a call. */
export function participantText({ kind, mode, connected }: Pick<Participant, 'kind' | 'mode' | 'connected'>): ParticipantText {
  if (kind === 'supervision') return `participant.${mode ?? 'monitor'}`;
  if (!connected) return 'participant.asked';
  return kind === 'consult' ? 'participant.advises' : 'participant.joined';
}

/** Whether there is something to listen to. */
export function isTalked(state: ContactState): boolean {
  return state === 'connected' || state === 'held' || state === 'consulting' || state === 'transferring';
}
