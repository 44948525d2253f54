import type { Channel } from '@calldocker/protocol';
import type { Doing } from './call-state.ts';
import type { VisitorControls } from './controls.ts';
import type { Parts } from './parts.ts';
import { newTrace } from './trace.ts';

type Used = Pick<Parts, 'current' | 'media' | 'meter' | 'requests' | 'signalling' | 'refused'>;

/** A visitor's way into the queue: the form, the line check, the call. */
export function entering(parts: Used): Pick<VisitorControls, 'openContact' | 'checkLine' | 'startCall'> {
  const { current, requests, signalling } = parts;
  return {
    openContact: async ({ channel, ...details }) => {
      if (current.isBusy) return;
      const callId = crypto.randomUUID();
      const about = { ...details, trace: newTrace() };
      current.about = about;
      current.openTheForm(callId, channel);
      const opened = await requests.command({ type: 'open_contact', callId, callType: channel, ...about }, 'start');
      if (!opened) current.closeTheForm(callId);
    },
    checkLine: async (channel) => {
      if (current.isBusy) return;
      if (await prepare(parts, channel)) current.do({ kind: 'line_check', channel });
    },
    startCall: async ({ channel, ...details }) => {
      if (current.isBusy) return;
      if (!(await prepare(parts, channel))) return;
      const about = { ...details, trace: newTrace() };
      current.about = about;
      const { form } = current;
      const callId = form ?? crypto.randomUUID();
      if (form === undefined) {
        // The server gives its relays to the contacts that it knows. Nothing waits for the answer: what follows stays behind it, in order.
        const opening = signalling.request({ type: 'open_contact', callId, callType: channel, ...about });
        opening.catch((error: unknown) => parts.refused(callId, error));
      }
      current.call(callId, channel);
    },
  };
}

/** Opens the devices that a call needs. @returns whether they are open and the person still wants them */
export async function prepare({ current, media, meter }: Pick<Parts, 'current' | 'media' | 'meter'>, channel: Channel): Promise<boolean> {
  const preparing: Doing = { kind: 'preparing', channel };
  current.do(preparing);
  void meter.unlock();
  const problem = (await media.openMicrophone()) ?? (channel === 'video' ? await media.setCamera(true) : undefined);
  if (current.doing !== preparing) return false;
  if (problem) current.do({ kind: 'blocked', channel, problem });
  return problem === undefined;
}

/** The queue did not take the call. */
export function refuse(
  { current, requests, signalling }: Pick<Parts, 'current' | 'requests' | 'signalling'>,
  callId: string,
  error: unknown,
) {
  const begun = current.contact !== undefined;
  if (!current.refuse(callId)) return;
  requests.tellRefusal('start', error);
  if (begun) signalling.request({ type: 'end_contact', callId }).catch(() => undefined); // nobody would ever end it
}
