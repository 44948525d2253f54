import type { CallEngine, QueueStatus } from '@calldocker/client';
import { useEffect, useState } from 'preact/hooks';

/** The longest time that a browser's timer can hold. */
const timerMaxMs = 2 ** 31 - 1;

/**
 * The state of the queue. Asks again whenever `moment` changes, and when the queue opens; keeps the earlier state until the answer.
 * @param moment  undefined: nobody wants to know
 */
export function useQueueStatus(engine: CallEngine, moment: string | undefined, queueId: string | undefined): QueueStatus | undefined {
  const [status, setStatus] = useState<QueueStatus | undefined>();
  useEffect(() => {
    if (moment === undefined) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const answer = await engine.queueStatus(queueId);
      if (gone || !answer) return;
      setStatus(answer);
      const untilOpen = Date.parse(answer.opensAt ?? '') - engine.serverNow();
      if (untilOpen > 0 && untilOpen < timerMaxMs) timer = setTimeout(() => void ask(), untilOpen + 1000);
    };
    void ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [engine, moment, queueId]);
  return status;
}
