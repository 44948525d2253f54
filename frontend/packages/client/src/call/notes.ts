import type { ContactView } from '@calldocker/protocol';
import { limits } from '../limits.ts';
import { steadyNow } from '../steady.ts';
import type { NotesSnapshot, UnsavedNotes } from './snapshot.ts';

interface Draft {
  readonly callId: string;
  readonly text: string;
  readonly state: 'typed' | 'sent' | 'saved';
  /** What the server had when it had saved this: whatever it has after that is newer. */
  readonly before?: string | undefined;
}

/**
 * An agent's notes about a contact. They are sent as a whole when the agent pauses, and each second while the agent types, because
 * others may end the contact at any moment. The last text wins. If the server refuses notes of an ended contact, they are kept to be copied.
 */
export class Notes {
  private readonly send: (callId: string, notes: string) => Promise<boolean>;
  private readonly onChange: () => void;
  private draft: Draft | undefined;
  private contact: ContactView | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unsentSince: number | undefined;
  private refused: readonly UnsavedNotes[] = [];

  /** @param send  resolves with whether the server has taken it */
  constructor(send: (callId: string, notes: string) => Promise<boolean>, onChange: () => void) {
    this.send = send;
    this.onChange = onChange;
    globalThis.addEventListener?.('pagehide', this.flush);
  }

  write(callId: string, text: string): void {
    if (callId !== this.draft?.callId) this.flush();
    this.draft = { callId, text, state: 'typed' };
    const now = steadyNow();
    this.unsentSince ??= now;
    this.flushIn(Math.min(limits.notesQuietMs, this.unsentSince + limits.notesUnsentMs - now));
    this.onChange();
  }

  /** Of contacts that are over; the newest last. */
  get unsaved(): readonly UnsavedNotes[] {
    return this.refused;
  }

  forgetUnsaved(callId: string): void {
    this.refused = this.refused.filter((notes) => notes.callId !== callId);
    this.onChange();
  }

  /** Sends what has not been sent yet, ahead of whatever is asked for next. */
  readonly flush = (): void => {
    clearTimeout(this.timer);
    this.unsentSince = undefined;
    const { draft } = this;
    if (draft?.state !== 'typed') return;
    const sent: Draft = { ...draft, state: 'sent' };
    this.draft = sent;
    void this.send(sent.callId, sent.text).then((taken) => {
      const isOver = this.contact?.callId !== sent.callId || this.contact.state === 'closed';
      const isNewest = this.draft?.callId !== sent.callId || this.draft === sent;
      if (!taken && isOver && isNewest && sent.text !== '') this.keep({ callId: sent.callId, text: sent.text });
      if (this.draft !== sent) return; // something newer has been typed
      this.draft = taken ? { ...sent, state: 'saved', before: this.contact?.notes } : { ...sent, state: 'typed' };
      if (!taken && !isOver) this.flushIn(limits.notesRetryMs);
      this.onChange();
    });
  };

  /** @param contact  the one that the page is about, as the server has it */
  snapshot(contact: ContactView | undefined): NotesSnapshot | undefined {
    this.contact = contact;
    if (contact === undefined || contact.you === 'visitor') return undefined;
    const { draft } = this;
    const saved: NotesSnapshot = { callId: contact.callId, text: contact.notes ?? '', saved: true };
    if (draft?.callId !== contact.callId) return saved;
    if (draft.state !== 'saved') return { callId: draft.callId, text: draft.text, saved: false };
    return contact.notes === draft.before ? { ...saved, text: draft.text } : saved;
  }

  private flushIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.flush, ms);
  }

  private keep(notes: UnsavedNotes): void {
    const others = this.refused.filter(({ callId }) => callId !== notes.callId);
    this.refused = [...others, notes].slice(-limits.notesUnsavedMax);
    this.onChange();
  }

  stop(): void {
    this.flush();
    globalThis.removeEventListener?.('pagehide', this.flush);
  }
}
