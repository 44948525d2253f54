import { makePlaceLink, type PlaceLink } from '../signalling/codes.ts';
import { isWaiting } from './call-state.ts';
import type { VisitorControls } from './controls.ts';
import type { Attempt } from './events.ts';
import type { Parts } from './parts.ts';

type Used = Pick<Parts, 'options' | 'signalling' | 'current' | 'carried' | 'media' | 'meter' | 'requests' | 'follow' | 'publish'>;

/** A visitor's place in the queue, or for a callback, which is kept while the visitor is away. */
export function placeControls(parts: Used): Pick<VisitorControls, 'keepPlace' | 'returnToPlace' | 'answerCallback'> {
  const { current, requests, publish } = parts;
  return {
    keepPlace: async () => {
      const { callId, contact, isPending } = current;
      if (callId === undefined || !contact || !isPending || !isWaiting(contact)) return undefined;
      if (!(await requests.command({ type: 'keep_place', callId }, 'place'))) return undefined;
      current.attend(callId, false);
      publish();
      return makeLink(parts);
    },
    returnToPlace: () => comeBack(parts, 'place'),
    answerCallback: () => comeBack(parts, 'callback'),
  };
}

async function makeLink({ options, signalling, requests }: Used): Promise<PlaceLink | undefined> {
  const { server } = options;
  const handover = signalling.handover();
  if (server === undefined || handover === undefined) return undefined;
  try {
    return await makePlaceLink(server, location.href, handover);
  } catch (error) {
    requests.tellRefusal('link', error);
    return undefined;
  }
}

/** The visitor is here, and wants to be heard. */
async function comeBack({ current, carried, media, meter, requests, follow }: Used, what: Attempt): Promise<void> {
  const { callId } = current;
  if (callId === undefined || carried.legs) return;
  void meter.unlock();
  const problem = await media.openMicrophone();
  if (problem) {
    requests.tellProblem('microphone', problem);
    return;
  }
  current.attend(callId, true);
  await requests.command({ type: 'claim_media', callId }, what);
  follow();
}
