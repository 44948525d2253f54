import type { DirectoryQueue, QueueRef } from '@calldocker/protocol';

/** Talk time per contact; nothing before the first one. */
export function averageTalkMs({ handled = 0, talkedMs }: { handled?: number; talkedMs?: number }): number | undefined {
  return handled > 0 && talkedMs !== undefined ? Math.round(talkedMs / handled) : undefined;
}

export interface ServedQueue {
  readonly queueId: string;
  readonly name: string;
  /** Undefined until the directory has come. */
  readonly now: DirectoryQueue | undefined;
}

/** The queues that an agent serves with how they are now, the fullest first. */
export function servedQueues(queues: readonly QueueRef[], directory: readonly DirectoryQueue[] | undefined): readonly ServedQueue[] {
  const known = new Map(directory?.map((queue) => [queue.queueId, queue]));
  return queues
    .map(({ queueId, name }) => ({ queueId, name, now: known.get(queueId) }))
    .sort((a, b) => (b.now?.waiting ?? 0) - (a.now?.waiting ?? 0) || a.name.localeCompare(b.name));
}
