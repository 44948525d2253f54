import type { CallEngine, CallEvents, CallState } from '@calldocker/client';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Words } from './queue-view.ts';
import { retryWords } from './retry.ts';
import type { WidgetText } from './text.ts';
import type { Failure } from './view.ts';

type Problem = CallEvents['problem'];

export interface Notices {
  /** What did not work a moment ago. */
  readonly notice: Words | undefined;
  /** Why the call could not be started. */
  readonly startProblem: Failure | undefined;
  /** When it is worth another try, where the server has said it. */
  readonly startAgain: Words | undefined;
  readonly forget: () => void;
}

/** What a visitor is told about a problem; undefined where what is shown says enough. */
export function noticeOf(problem: Problem): Words | undefined {
  const isTold = problem.what !== 'relay' && problem.what !== 'start' && textOf(problem) !== undefined;
  if (problem.code === 'overloaded' && isTold) return tooMuch(problem.retryAfterMs);
  const text = textOf(problem);
  return text && { text };
}

/** There is a remedy for too much: to wait. */
function tooMuch(retryAfterMs: number | undefined): Words {
  const { text, values } = retryWords(retryAfterMs);
  return { text: `notice.${text}`, ...(values ? { values } : {}) };
}

function textOf({ what, code }: Problem): WidgetText | undefined {
  switch (what) {
    case 'screen':
      // A visitor who closes the browser's question about the screen has not met a problem.
      return code === 'permission_denied' ? undefined : 'notice.screen';
    case 'camera':
      return 'notice.camera';
    case 'device':
    case 'microphone':
      if (code === 'forbidden_here') return 'notice.forbidden';
      return code === 'permission_denied' ? 'notice.microphone' : 'notice.device';
    case 'voicemail':
      if (code === 'forbidden_here') return 'notice.forbidden';
      if (code === 'permission_denied') return 'notice.microphone';
      if (code === 'not_found') return 'notice.voicemailUnknown';
      return code === 'forbidden' ? 'notice.voicemailRefused' : 'notice.voicemail';
    case 'callback':
      return code === 'forbidden' ? 'notice.callbackRefused' : 'notice.callback';
    case 'chat':
      return code === 'conflict' ? 'notice.chatNobody' : 'notice.chat';
    case 'place':
    case 'rating':
    case 'relay':
    case 'link':
      return `notice.${what}`;
    default:
      return undefined;
  }
}

/** In these it is still of interest that the message was not sent. */
const talking: readonly string[] = ['connecting', 'connected'] satisfies CallState['phase'][];

export function useNotices(engine: CallEngine, phase: string): Notices {
  const [notice, setNotice] = useState<Words | undefined>();
  const [startProblem, setStartProblem] = useState<Failure | undefined>();
  const [startAgain, setStartAgain] = useState<Words | undefined>();
  const [overtaken, setOvertaken] = useState(false);
  useEffect(() => {
    setNotice(undefined);
    if (!talking.includes(phase)) setOvertaken(false);
  }, [phase]);
  useEffect(
    () =>
      engine.on('problem', (problem) => {
        if (problem.what === 'start') {
          setStartProblem(problem.code === 'overloaded' ? 'overloaded' : 'other');
          setStartAgain(problem.retryAfterMs === undefined ? undefined : retryWords(problem.retryAfterMs));
        }
        const told = noticeOf(problem);
        if (told) setNotice(told);
      }),
    [engine],
  );
  useEffect(() => engine.on('message_overtaken', () => setOvertaken(true)), [engine]);
  useEffect(() => engine.on('device_lost', () => setNotice({ text: 'devices.lost' })), [engine]);
  const forget = useCallback(() => {
    setNotice(undefined);
    setStartProblem(undefined);
    setOvertaken(false);
  }, []);
  return { notice: notice ?? (overtaken ? { text: 'notice.overtaken' } : undefined), startProblem, startAgain, forget };
}
