import type { CallControls, DeviceControls } from './controls.ts';
import type { Parts } from './parts.ts';

/** What anybody does with a call: hangs up, forgets it, brings it here, is mute, writes and presses keys. */
export function callControls({
  requests,
  current,
  carried,
  media,
  meter,
  voicemail,
  availability,
}: Pick<Parts, 'requests' | 'current' | 'carried' | 'media' | 'meter' | 'voicemail' | 'availability'>): CallControls {
  return {
    hangUp: async () => {
      if (current.contact?.state === 'wrapup') return;
      const callId = current.hangUp();
      if (callId !== undefined) await requests.command({ type: 'end_contact', callId }, 'hang_up'); // a guest just leaves by it
    },
    dismiss: () => {
      const { phase } = current.state;
      if (phase === 'prequeue' || phase === 'wrapup' || current.isBusy) return;
      voicemail.discard();
      current.do({ kind: 'nothing' });
      media.releaseAll(availability.ready);
    },
    takeOver: async () => {
      const { callId } = current;
      if (callId === undefined || carried.legs) return;
      void meter.unlock();
      await requests.command({ type: 'claim_media', callId }, 'start');
    },
    setMuted: (muted) => {
      media.setMuted(muted);
      carried.legs?.applyMedia();
      const { callId, contact, isTalking } = current;
      const isParty = contact?.you === 'visitor' || contact?.you === 'agent';
      if (callId !== undefined && isParty && isTalking) void requests.command({ type: 'set_muted', callId, muted }, 'mute');
    },
    sendKeypad: (digits) => requests.ofCall('keypad', (callId) => ({ type: 'send_keypad', callId, digits })),
    sendChat: (text) => requests.ofCall('chat', (callId) => ({ type: 'send_chat', callId, text })),
  };
}

/** What anybody does with their devices, in a call or not. */
export function deviceControls({ requests, media }: Pick<Parts, 'requests' | 'media'>): DeviceControls {
  return {
    setCamera: async (on) => requests.tellProblem('camera', await media.setCamera(on)),
    startScreenShare: async () => requests.tellProblem('screen', await media.startScreen()),
    stopScreenShare: async () => media.stopScreen(),
    chooseDevice: async (kind, id) => requests.tellProblem('device', await media.choose(kind, id)),
  };
}
