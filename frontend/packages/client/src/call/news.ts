import type { Parts } from './parts.ts';

/** Tells the page what the server says once. @returns what ends it */
export function followNews({ signalling, events, current, ringing }: Pick<Parts, 'signalling' | 'events' | 'current' | 'ringing'>) {
  return [
    signalling.on('contact_offered', ({ contact }) => events.emit('offered', { contact })),
    signalling.on('contact_revoked', ({ callId, reason }) => {
      current.forgetEnded(callId);
      // The server says in the same words that a contact is over for an agent who has been in it, or has wrapped it up.
      if (ringing.hasStopped(callId) && !ringing.isAccepting(callId)) events.emit('revoked', { callId, reason });
    }),
    signalling.on('consult_ended', ({ callId, colleague, reason }) => events.emit('consult_ended', { callId, colleague, reason })),
    signalling.on('chat_message', ({ callId, message }) => {
      if (message.from.userId !== signalling.live.getSnapshot().identity?.userId) events.emit('chat', { callId, message });
    }),
    signalling.on('keypad', ({ callId, party, digits }) => events.emit('keypad', { callId, party, digits })),
  ];
}
