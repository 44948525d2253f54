import { useCallback, useState } from 'react';

const drafts = new Map<string, string>();

/** What has been written for it and not sent. */
export const draftOf = (key: string): string => drafts.get(key) ?? '';

/** What somebody writes and has not sent. It outlives the part of the screen that it is written in, as a call may close that. @param key  whose, or what for */
export function useDraft(key: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => drafts.get(key) ?? '');
  const write = useCallback(
    (next: string) => {
      if (next === '') drafts.delete(key);
      else drafts.set(key, next);
      setText(next);
    },
    [key],
  );
  return [text, write];
}
