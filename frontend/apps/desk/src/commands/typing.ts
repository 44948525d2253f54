import { useEffect, useState } from 'react';

/** After this time without a key somebody no longer types, ms. */
const pauseMs = 1_000;
let lastKeyAt = Number.NEGATIVE_INFINITY;

const modifiers = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'];

export function isTyping(target: Element | null): boolean {
  return (target instanceof HTMLElement && target.isContentEditable) || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target?.tagName ?? '');
}

/** Keeps when a key was pressed last, whatever it does. @returns the function that ends it */
export function watchKeys(): () => void {
  const press = ({ key }: KeyboardEvent) => {
    if (!modifiers.includes(key)) lastKeyAt = performance.now();
  };
  window.addEventListener('keydown', press, true);
  return () => window.removeEventListener('keydown', press, true);
}

/**
 * Whether keys are meant for what has just come up. Where somebody types as it comes they are not, until a second has passed
 * without a key, or something is clicked: what is typed goes on into its field, and keys past a field do nothing.
 */
export function useKeysAreMeant(): boolean {
  const [meant, setMeant] = useState(() => !isTyping(document.activeElement) && performance.now() - lastKeyAt >= pauseMs);
  useEffect(() => {
    if (meant) return;
    const settle = () => setMeant(true);
    let timer = setTimeout(settle, pauseMs);
    const key = (event: KeyboardEvent) => {
      clearTimeout(timer);
      timer = setTimeout(settle, pauseMs);
      const past = !(event.target instanceof Element && isTyping(event.target));
      if (past && event.key !== 'Tab' && !event.ctrlKey && !event.metaKey) event.preventDefault();
    };
    window.addEventListener('keydown', key, true);
    window.addEventListener('keyup', key, true);
    window.addEventListener('click', settle);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', key, true);
      window.removeEventListener('keyup', key, true);
      window.removeEventListener('click', settle);
    };
  }, [meant]);
  return meant;
}
