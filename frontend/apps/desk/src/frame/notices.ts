import type { CallEngine, CallEvents } from '@calldocker/client';
import type { ConsultEnd, RevokeReason } from '@calldocker/protocol';
import { useCallback, useEffect, useState } from 'react';

type RevokedText = `revoked.${Exclude<RevokeReason, 'declined' | 'timeout'>}`;

/** A text, and whom it names. */
export interface NoticeWords {
  readonly text: NoticeText;
  readonly name?: string;
  /** There was too much: when it is worth another try, where the server has said it. */
  readonly retryAfterMs?: number;
}

type NoticeText =
  | 'problem.reservation_lost'
  | 'problem.gone'
  | 'problem.forbidden'
  | 'problem.not_found'
  | 'problem.conflict'
  | 'problem.unavailable'
  | 'problem.overloaded'
  | 'problem.camera'
  | 'problem.screen'
  | 'problem.device'
  | 'problem.deviceLost'
  | 'problem.relay'
  | 'problem.server'
  | RevokedText
  | `consultEnded.${ConsultEnd}`
  | `consultEnded.${ConsultEnd}Unnamed`;

const told = ['reservation_lost', 'gone', 'forbidden', 'not_found', 'conflict', 'unavailable', 'overloaded'] as const;

/** What a person asked for and did not get, in words. */
export function problemText({ what, code }: CallEvents['problem']): NoticeText | undefined {
  switch (what) {
    case 'camera':
      return 'problem.camera';
    case 'screen':
      return code === 'permission_denied' ? undefined : 'problem.screen'; // Closing the browser's question is no problem.
    case 'device':
      return 'problem.device';
    case 'relay':
      return 'problem.relay';
    case 'notes':
      return undefined; // They are on screen as long as they are not saved.
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

/** What has become of asking a colleague, where the agent has not ended it. */
export function consultEndedWords({ colleague: { name }, reason }: CallEvents['consult_ended']): NoticeWords {
  return name ? { text: `consultEnded.${reason}`, name } : { text: `consultEnded.${reason}Unnamed` };
}

/** The last thing that did not go as the person wished, until the next thing happens or they hide it. */
export function useNotice(engine: CallEngine): readonly [NoticeWords | undefined, () => void] {
  const [notice, setNotice] = useState<NoticeWords>();
  const forget = useCallback(() => setNotice(undefined), []);
  useEffect(() => {
    const show = (text: NoticeText | undefined, more: Omit<NoticeWords, 'text'> = {}) =>
      setNotice((before) => (text ? { text, ...more } : before));
    const stops = [
      engine.on('problem', (problem) => {
        const { retryAfterMs } = problem;
        show(problemText(problem), retryAfterMs === undefined ? {} : { retryAfterMs });
      }),
      engine.on('revoked', ({ reason }) => show(revokedText(reason))),
      engine.on('consult_ended', (ended) => setNotice(consultEndedWords(ended))),
      engine.on('device_lost', () => show('problem.deviceLost')),
      engine.on('offered', forget),
      engine.on('connected', forget),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [engine, forget]);
  return [notice, forget];
}
