import { useEffect, useState } from 'react';
import { useDesk } from '../context.ts';

/** So many keys are shown; the oldest go first. */
const keysMax = 24;

/** What the visitor has pressed on their keypad in this call. */
export function usePressedKeys(): string {
  const { engine } = useDesk();
  const [keys, setKeys] = useState('');
  useEffect(
    () =>
      engine.on('keypad', ({ party, digits }) => {
        if (party === 'visitor') setKeys((before) => (before + digits).slice(-keysMax));
      }),
    [engine],
  );
  return keys;
}
