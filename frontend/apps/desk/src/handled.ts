import type { CallState } from '@calldocker/client';

/** A call whose talk is over. */
export type OverCall = Extract<CallState, { phase: 'ended' | 'wrapup' }>;

/** A call that was talked, for the list of the day. */
export interface HandledCall {
  readonly callId: string;
  readonly name: string | undefined;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
  readonly talkedMs: number;
  readonly how: Ending;
}

export type Ending = 'you' | 'visitor' | 'lost' | 'system';

/** So many calls are listed; the oldest go first. */
const handledMax = 200;
const key = 'calldocker.handled';

export function endingOf({ endReason, endedBy }: Pick<OverCall, 'endReason' | 'endedBy'>): Ending {
  if (endReason === 'lost_visitor' || endReason === 'lost_agent' || endReason === 'media_failed') return 'lost';
  if (endedBy === 'visitor') return 'visitor';
  return endedBy === 'agent' ? 'you' : 'system';
}

const endedTexts = { you: 'ended.you', visitor: 'ended.visitor', lost: 'ended.lost', system: 'ended.system' } as const;

export function endedText(call: Pick<OverCall, 'endReason' | 'endedBy'>): (typeof endedTexts)[Ending] {
  return endedTexts[endingOf(call)];
}

/** Adds a call that has ended, newest first; one that is listed already is put right. One that was never talked is not handled. */
export function addHandled(list: readonly HandledCall[], call: OverCall, now: number): readonly HandledCall[] {
  if (!call.talkedMs) return list;
  const listed = list.find(({ callId }) => callId === call.callId);
  const ended: HandledCall = {
    callId: call.callId,
    name: call.contact?.visitor.name,
    endedAt: listed?.endedAt ?? now,
    talkedMs: call.talkedMs,
    how: endingOf(call),
  };
  if (listed) return list.map((other) => (other === listed ? ended : other));
  return [ended, ...list].slice(0, handledMax);
}

/** The list outlives a reload of the tab. */
export function readHandled(): readonly HandledCall[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

export function keepHandled(list: readonly HandledCall[]): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(list));
  } catch {
    // The list is then as old as the page.
  }
}
