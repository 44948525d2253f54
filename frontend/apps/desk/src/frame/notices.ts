import type { CallEngine, CallEvents } from '@calldocker/client';
import type { RevokeReason } from '@calldocker/protocol';
import { useCallback, useEffect, useState } from 'react';

type RevokedText = `revoked.${Exclude<RevokeReason, 'declined' | 'timeout'>}`;

export type NoticeText =
  | 'problem.reservation_lost'
  | 'problem.gone'
  | 'problem.forbidden'
  | 'problem.not_found'
  | 'problem.conflict'
  | 'problem.unavailable'
  | 'problem.camera'
  | 'problem.screen'
  | 'problem.device'
  | 'problem.deviceLost'
  | 'problem.server'
  | RevokedText;

const told = ['reservation_lost', 'gone', 'forbidden', 'not_found', 'conflict', 'unavailable'] as const;

/** What a person asked for and did not get, in words. */
export function problemText({ what, code }: CallEvents['problem']): NoticeText | undefined {
  switch (what) {
    case 'camera':
      return 'problem.camera';
    case 'screen':
      return code === 'permission_denied' ? undefined : 'problem.screen'; // Closing the browser's question is no problem.
    case 'device':
      return 'problem.device';
    case 'microphone':
      return undefined; // The page shows `mediaProblem` beside the button that mends it.
    default: {
      const known = told.find((one) => one === code);
      return known ? `problem.${known}` : 'problem.server';
    }
  }
}

/** Why it rings here no longer, where the agent has not done it and the state does not say it. */
export function revokedText(reason: CallEvents['revoked']['reason']): RevokedText | undefined {
  return reason === 'accepted' || reason === 'declined' || reason === 'timeout' ? undefined : `revoked.${reason}`;
}

/** The last thing that did not go as the person wished, until the next thing happens or they hide it. */
export function useNotice(engine: CallEngine): readonly [NoticeText | undefined, () => void] {
  const [notice, setNotice] = useState<NoticeText>();
  const forget = useCallback(() => setNotice(undefined), []);
  useEffect(() => {
    const stops = [
      engine.on('problem', (what) => setNotice((before) => problemText(what) ?? before)),
      engine.on('revoked', ({ reason }) => setNotice((before) => revokedText(reason) ?? before)),
      engine.on('device_lost', () => setNotice('problem.deviceLost')),
      engine.on('offered', forget),
      engine.on('connected', forget),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [engine, forget]);
  return [notice, forget];
}
