import type { Destination } from '@calldocker/client';
import type { DirectoryAgent, DirectoryQueue } from '@calldocker/protocol';

export interface Destinations {
  readonly queues: readonly DirectoryQueue[];
  readonly agents: readonly DirectoryAgent[];
}

interface Wanted {
  readonly query: string;
  /** Nobody hands a call to themselves, nor to who has it. */
  readonly without: string | undefined;
}

/** Where a contact can go, by name: first who can take it now. */
export function destinations({ queues, agents }: Destinations, { query, without }: Wanted): Destinations {
  const wanted = query.trim().toLowerCase();
  const fits = (name: string) => name.toLowerCase().includes(wanted);
  return {
    queues: queues
      .filter(({ name }) => fits(name))
      .sort((a, b) => Number(b.open && b.free > 0) - Number(a.open && a.free > 0) || a.name.localeCompare(b.name)),
    agents: agents
      .filter((agent) => agent.userId !== without && fits(nameOf(agent)))
      .sort((a, b) => Number(b.free) - Number(a.free) || nameOf(a).localeCompare(nameOf(b))),
  };
}

export function nameOf({ userId, name }: { userId: string; name?: string }): string {
  return name ?? userId;
}

export function sameDestination(a: Destination | undefined, b: Destination): boolean {
  if (a === undefined) return false;
  return 'queueId' in a ? 'queueId' in b && a.queueId === b.queueId : 'agentId' in b && a.agentId === b.agentId;
}
