import { type Control, Fingers, type Point, pressedAt } from './fingers.ts';

const controls =
  'button, a[href], summary, label, select, input:is([type=checkbox], [type=radio], [type=button], [type=submit], [type=range]), ' +
  '[role=button], [role=link], [role=option], [role=tab], [role=switch], [role^=menuitem]';

/** The control's words and state, without the times and counts that change by themselves. */
function nameOf(element: Element): string {
  const words = (element.getAttribute('aria-label') ?? element.textContent).replace(/\p{N}/gu, '');
  return [words, element.getAttribute('aria-expanded'), element.getAttribute('aria-pressed')].join(' ');
}

function controlOf(element: Element | null | undefined): Control | undefined {
  const control = element?.closest(controls);
  return control ? { element: control, name: nameOf(control) } : undefined;
}

/**
 * Guards everything that is clicked in a page, or in a shadow root of it: a control that appears under a pointer takes no click
 * for half a second, nor the second of a double click that began on something else. A click from a keyboard or a screen
 * reader counts at once, and so does every click on a control that the pointer came to.
 * @param root  in the page for as long as it is guarded
 * @returns the function that ends it
 */
export function guardClicks(root: Document | ShadowRoot): () => void {
  const fingers = new Fingers();
  const now = () => performance.now();
  const isOurs = (part: unknown): part is Element => part instanceof Element && part.getRootNode() === root;
  const at = (point: Point | undefined) => {
    const element = point && root.elementFromPoint(point.x, point.y);
    return isOurs(element) ? controlOf(element) : undefined;
  };
  const targetOf = (event: Event) => event.composedPath().find(isOurs);

  const look = () => fingers.changed(at(fingers.pointer), now());
  let frame = 0;
  const lookSoon = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      look();
    });
  };
  const move = (event: PointerEvent) => {
    const point = { x: event.clientX, y: event.clientY };
    fingers.moved(point, controlOf(targetOf(event)), at(fingers.pointer), now());
  };
  const press = (event: PointerEvent) => {
    move(event);
    fingers.press(pressedAt(event.timeStamp, now()));
  };
  const scroll = () => fingers.scrolled(at(fingers.pointer));
  const click = (event: MouseEvent) => {
    const target = targetOf(event);
    const touch = event instanceof PointerEvent && event.pointerType !== 'mouse';
    if (fingers.click({ detail: event.detail, touch, control: controlOf(target) }) || !target) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const observer = new MutationObserver(lookSoon);
  observer.observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ['class', 'hidden', 'open', 'aria-label'],
  });
  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  window.addEventListener('pointermove', move, options);
  window.addEventListener('pointerdown', press, options);
  window.addEventListener('scroll', scroll, options);
  window.addEventListener('click', click, { capture: true, signal: stop.signal });
  for (const moved of ['transitionend', 'animationend'] as const) root.addEventListener(moved, lookSoon, options);
  return () => {
    stop.abort();
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
}
