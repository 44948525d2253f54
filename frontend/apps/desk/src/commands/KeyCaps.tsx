import { Kbd } from '@mantine/core';
import { keyCaps } from './shortcuts.ts';

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function KeyCaps({ name }: { name: string }) {
  return (
    <span className="key-caps" dir="ltr">
      {keyCaps(name, mac).map((cap) => (
        <Kbd key={cap}>{cap}</Kbd>
      ))}
    </span>
  );
}
