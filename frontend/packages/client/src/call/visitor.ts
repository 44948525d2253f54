import { steadyNow } from '../steady.ts';
import type { VisitorControls } from './controls.ts';
import { entering } from './entering.ts';
import type { Parts } from './parts.ts';
import { placeControls } from './place.ts';
import { messageControls } from './spoken-message.ts';
import { newTrace } from './trace.ts';

/** All that a visitor can ask for: the call, the place, the message, and questions to the server. */
export function visitorControls(parts: Parts): VisitorControls {
  const { requests, signalling } = parts;
  return {
    ...entering(parts),
    ...placeControls(parts),
    ...messageControls(parts),
    queueStatus: async (queueId) => {
      let stop = (): void => undefined;
      const answer = new Promise<string>((resolve) => {
        stop = signalling.on('queue_status', (status) => {
          if (queueId === undefined || status.queueId === queueId) resolve(status.queueId);
        });
      });
      const asked = await requests.command({ type: 'get_queue_status', ...(queueId === undefined ? {} : { queueId }) }, 'queue_status');
      const answered = asked ? await answer : undefined;
      stop();
      return answered === undefined ? undefined : signalling.live.getSnapshot().queues[answered];
    },
    serverNow: () => steadyNow() + signalling.live.getSnapshot().clockOffsetMs,
    requestCallback: (callback = {}) =>
      requests.ofCall('callback', (callId) => ({ type: 'request_callback', callId, ...callback, trace: newTrace() })),
    rate: (rating, comment) =>
      requests.ofCall('rating', (callId) => ({ type: 'rate_contact', callId, rating, ...(comment === undefined ? {} : { comment }) })),
  };
}
