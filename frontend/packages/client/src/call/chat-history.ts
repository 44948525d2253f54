import type { ContactView } from '@calldocker/protocol';
import type { LiveState, Signalling } from '../signalling/types.ts';

/** Asks for what has been written wherever lines are missing: after a reload, a transfer, a gap in their numbers. */
export class ChatHistory {
  private readonly signalling: Signalling;
  /** Until the answer comes; a refusal is not asked again before the next session. */
  private readonly asked = new Set<string>();
  private readonly stops: readonly (() => void)[];

  constructor(signalling: Signalling) {
    this.signalling = signalling;
    this.stops = [
      signalling.on('chat_history', ({ callId }) => this.asked.delete(callId)),
      signalling.on('session_reset', () => this.asked.clear()),
      signalling.live.subscribe(() => this.follow()),
    ];
  }

  stop(): void {
    for (const stop of this.stops) stop();
  }

  private follow(): void {
    const live = this.signalling.live.getSnapshot();
    for (const contact of Object.values(live.contacts)) {
      if (this.asked.has(contact.callId) || !isMissing(contact, live)) continue;
      this.asked.add(contact.callId);
      this.signalling.request({ type: 'get_chat', callId: contact.callId }).catch(() => undefined);
    }
  }
}

/** Nobody has written before there was an agent. */
function isMissing(contact: ContactView, live: LiveState): boolean {
  return contact.agent !== undefined && contact.state !== 'closed' && live.chats[contact.callId]?.complete !== true;
}
