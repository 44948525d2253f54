import type { Signalling } from '@calldocker/client';
import type { DeskServer } from './context.ts';

/**
 * Addresses are those of the page, which may be below a path.
 * @param getToken  the access token of the person at the desk
 */
export function serverOf(signalling: Pick<Signalling, 'request'>, getToken: () => Promise<string>): DeskServer {
  return {
    loadVoicemail: async (recordingId) => {
      const response = await fetch(`api/v1/voicemails/${encodeURIComponent(recordingId)}`, {
        headers: { authorization: `Bearer ${await getToken()}` },
      });
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      return response.blob();
    },
    endUnanswered: (callId) =>
      signalling.request({ type: 'end_contact', callId, reason: 'no_answer' }).then(
        () => true,
        () => false,
      ),
  };
}
