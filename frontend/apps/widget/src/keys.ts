const types = ['keydown', 'keypress', 'keyup'] as const;
const typed = ['beforeinput', 'input', 'paste', 'copy', 'cut', 'compositionstart', 'compositionupdate', 'compositionend'] as const;

/**
 * Keys that are pressed in the widget's window are the widget's alone: a page with shortcuts of one key would take them, since
 * to the page they seem to come from an element that nobody types in. They are caught on their way in, before any handler that
 * the page has put on `window` after us, and are said again inside. A handler that was on `window`, for the way in, before
 * us hears them all the same: no script can come before it.
 */
export function keepKeys(isOurs: (root: Node) => boolean): void {
  const keep = (event: KeyboardEvent) => {
    const [target] = event.composedPath();
    if (!(target instanceof Element) || !target.closest('.panel') || !isOurs(target.getRootNode())) return;
    event.stopImmediatePropagation();
    if (!target.dispatchEvent(copyOf(event))) event.preventDefault();
  };
  for (const type of types) window.addEventListener(type, keep, { capture: true });
}

/** What is typed, pasted and copied in the widget leaves it for no handler of the page on the way out. */
export function keepTyping(root: ShadowRoot): void {
  for (const type of typed) root.addEventListener(type, (event) => event.stopPropagation());
}

/** One that does not leave the shadow root: in Firefox a KeyboardEvent always does. The browser does what it does on the original. */
function copyOf(event: KeyboardEvent): Event {
  const { type, key, code, location, repeat, isComposing, ctrlKey, shiftKey, altKey, metaKey } = event;
  const copy = new Event(type, { bubbles: true, cancelable: true });
  return Object.assign(copy, { key, code, location, repeat, isComposing, ctrlKey, shiftKey, altKey, metaKey });
}
