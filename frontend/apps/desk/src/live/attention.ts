import type { AgentLabel, ContactState, LiveAgent, LiveContact, LiveQueue } from '@calldocker/protocol';

/** How a queue is, the worst first. */
export const queueMoods = ['nobody', 'late', 'waiting', 'quiet', 'closed'] as const;
export type QueueMood = (typeof queueMoods)[number];

/** @param now  milliseconds of the server's clock */
export function queueMood(queue: LiveQueue, now: number): QueueMood {
  if (queue.waiting === 0) return queue.open ? 'quiet' : 'closed';
  if (queue.staffed === 0) return 'nobody';
  const waited = queue.longestWaitingSince === undefined ? 0 : now - Date.parse(queue.longestWaitingSince);
  return queue.targetSeconds !== undefined && waited > queue.targetSeconds * 1000 ? 'late' : 'waiting';
}

/** The queue that needs somebody first. */
export function byQueueAttention(queues: readonly LiveQueue[], now: number): readonly LiveQueue[] {
  const since = ({ longestWaitingSince }: LiveQueue) => (longestWaitingSince === undefined ? now : Date.parse(longestWaitingSince));
  return ranked(
    queues,
    (queue) => queueMoods.indexOf(queueMood(queue, now)),
    since,
    ({ name }) => name,
  );
}

const labelOrder: readonly AgentLabel[] = ['system', 'on_hold', 'wrapup', 'on_call', 'reserved', 'not_ready', 'available', 'offline'];

const totalled = ['available', 'reserved', 'on_call', 'on_hold', 'wrapup', 'not_ready'] as const satisfies readonly AgentLabel[];

/** How many agents are in each state. Everybody who is signed in counts once; an agent that the system has put out of line counts as not ready. */
export function signedInTotals(
  agents: readonly Pick<LiveAgent, 'label'>[],
): readonly { label: (typeof totalled)[number]; count: number }[] {
  const labels = agents.map(({ label }) => (label === 'system' ? 'not_ready' : label));
  return totalled.map((label) => ({ label, count: labels.filter((one) => one === label).length }));
}

/** Available, and cannot be heard: no call will come. */
export function isUnheard({ intent, mediaReady, label }: Pick<LiveAgent, 'intent' | 'mediaReady' | 'label'>): boolean {
  return intent === 'available' && label === 'available' && !mediaReady;
}

/** Who is over their time first, then who the system has put out of line, then by what they do, the longest first. */
export function byAgentAttention(agents: readonly LiveAgent[]): readonly LiveAgent[] {
  const rank = (agent: LiveAgent) => {
    if (agent.overdue) return -2;
    return isUnheard(agent) ? -1 : labelOrder.indexOf(agent.label);
  };
  return ranked(
    agents,
    rank,
    ({ since }) => Date.parse(since),
    (agent) => agent.name ?? agent.userId,
  );
}

const stateRank: Readonly<Record<ContactState, number>> = {
  queued: 2,
  offering: 2,
  held: 3,
  transferring: 4,
  consulting: 4,
  connecting: 4,
  callback_dialing: 5,
  connected: 5,
  callback_offering: 6,
  callback_waiting: 6,
  wrapup: 7,
  prequeue: 8,
  closed: 9,
};

/** A contact that waits past its queue's target time. */
export function isLate(contact: LiveContact, queues: ReadonlyMap<string, LiveQueue>, now: number): boolean {
  const target = queues.get(contact.queue.queueId)?.targetSeconds;
  const waits = contact.state === 'queued' || contact.state === 'offering';
  return waits && target !== undefined && now - Date.parse(contact.waitingSince) > target * 1000;
}

/** Who waits too long first, then what is broken, then who waits, is held, is being handed on, talks. */
export function byContactAttention(contacts: readonly LiveContact[], queues: readonly LiveQueue[], now: number): readonly LiveContact[] {
  const known = new Map(queues.map((queue) => [queue.queueId, queue]));
  const rank = (contact: LiveContact) => {
    if (isLate(contact, known, now)) return 0;
    return contact.lost.length > 0 ? 1 : stateRank[contact.state];
  };
  return ranked(
    contacts,
    rank,
    (contact) => Date.parse(contact.state === 'queued' || contact.state === 'offering' ? contact.waitingSince : contact.since),
    ({ callId }) => callId,
  );
}

/** By rank, then the oldest first, then by name, so that nothing jumps about. */
function ranked<Row>(
  rows: readonly Row[],
  rank: (row: Row) => number,
  since: (row: Row) => number,
  name: (row: Row) => string,
): readonly Row[] {
  return rows
    .map((row) => ({ row, rank: rank(row), since: since(row), name: name(row) }))
    .sort((a, b) => a.rank - b.rank || a.since - b.since || (a.name < b.name ? -1 : 1))
    .map(({ row }) => row);
}
