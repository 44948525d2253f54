import type { VisitorControls } from './controls.ts';
import { problemOf } from './devices.ts';
import { prepare } from './entering.ts';
import type { Parts } from './parts.ts';
import { newTrace } from './trace.ts';

type Used = Pick<Parts, 'current' | 'carried' | 'media' | 'meter' | 'requests' | 'voicemail'>;

/** The message that a visitor speaks, from the queue or without a call; `Voicemail` records and sends it. */
export function messageControls(
  parts: Used,
): Pick<VisitorControls, 'startVoicemail' | 'stopVoicemail' | 'discardVoicemail' | 'sendVoicemail'> {
  const { current, carried, media, meter, requests, voicemail } = parts;
  const discardVoicemail = (): void => {
    voicemail.discard();
    if (!carried.legs) media.releaseAll(false);
    if (current.isUnheardOf) current.do({ kind: 'nothing' });
  };
  return {
    startVoicemail: async (details) => {
      const waits = current.isPending;
      if (current.isBusy && !waits) return;
      if (waits) {
        void meter.unlock();
        requests.tellProblem('voicemail', await media.openMicrophone());
      } else if (!(await prepare(parts, 'voice'))) {
        return;
      }
      if (current.isTalking) return; // somebody has answered meanwhile
      if (details) current.about = details;
      const { audioTrack } = media;
      if (!audioTrack) return;
      if (!waits) current.beginMessage();
      try {
        voicemail.start(audioTrack);
      } catch (error) {
        requests.tellProblem('voicemail', problemOf(error));
        discardVoicemail();
      }
    },
    stopVoicemail: () => voicemail.stop(),
    discardVoicemail,
    sendVoicemail: async () => {
      const { callId } = current;
      const { language: _, ...about } = current.about;
      return callId !== undefined && voicemail.send(callId, { ...about, trace: newTrace() });
    },
  };
}
