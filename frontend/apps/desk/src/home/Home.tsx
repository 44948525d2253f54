import { useDesk } from '../context.ts';
import type { HandledCall } from '../handled.ts';
import { EndedCard } from './EndedCard.tsx';
import { HandledCard } from './HandledCard.tsx';
import { MyDay } from './MyDay.tsx';
import { MyQueues } from './MyQueues.tsx';
import { ReadyCard } from './ReadyCard.tsx';

/** An agent's day: the next call, what was done, and what waits. */
export function Home({ handled }: { handled: readonly HandledCall[] }) {
  const { call, agent } = useDesk().snapshot;
  return (
    <>
      {call.phase === 'ended' && <EndedCard call={call} />}
      <ReadyCard />
      {agent && (
        <div className="home-columns">
          <MyDay agent={agent} />
          <MyQueues agent={agent} />
        </div>
      )}
      <HandledCard handled={handled} />
    </>
  );
}
