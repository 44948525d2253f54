/** A control that has come under a pointer that did not move takes no click for so long, ms: a person needs that to see it. */
const unseenMs = 500;
/** Two taps within this time and distance are a double one. A mouse's are counted by the system, as its owner has set it. */
const doubleTap = { ms: 500, px: 30 };

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What takes a click, and what it says it does. The same element with another name is another control. */
export interface Control {
  readonly element: object;
  readonly name: string;
}

interface Press {
  readonly point: Point;
  readonly at: number;
  readonly control: Control | undefined;
}

export interface Click {
  /** How many in a row, as the browser counts; 0 comes from a keyboard, a screen reader or a script. */
  readonly detail: number;
  readonly touch: boolean;
  readonly control: Control | undefined;
}

/**
 * Remembers the control under the pointer, and when it came there without a move of the pointer. So it tells clicks on this control
 * from clicks that were meant for an earlier one. Times are ms of one steady clock.
 */
export class Fingers {
  private point: Point | undefined;
  private under: Control | undefined;
  /** When `under` came to a pointer that was there already; undefined where the pointer came to it. */
  private appearedAt: number | undefined;
  private pressed: Press | undefined;
  private clicked: Press | undefined;
  private early = false;

  get pointer(): Point | undefined {
    return this.point;
  }

  /** @param before  what is at the pointer's former place now: it may have come there unseen, before the pointer went on within it */
  moved(point: Point, control: Control | undefined, before: Control | undefined, at: number): void {
    this.changed(before, at);
    this.point = point;
    if (isSame(control, this.under)) return;
    this.under = control;
    this.appearedAt = undefined;
  }

  /** The page may have changed. @param control  what is at the pointer now */
  changed(control: Control | undefined, at: number): void {
    if (!this.point || isSame(control, this.under)) return;
    // A switch that a click has turned says something else, and is where it was.
    const turned = control && control.element === this.under?.element && control.element === this.clicked?.control?.element;
    if (!turned) this.appearedAt = control && at;
    this.under = control;
  }

  /** The view was scrolled: what is at the pointer now is what the person has brought there. */
  scrolled(control: Control | undefined): void {
    if (isSame(control, this.under)) return;
    this.under = control;
    this.appearedAt = undefined;
  }

  /** The pointer is pressed where it was last seen. */
  press(at: number): void {
    if (!this.point) return;
    this.pressed = { point: this.point, at, control: this.under };
    this.early = this.appearedAt !== undefined && at - this.appearedAt < unseenMs;
  }

  /** @returns whether the control may take it */
  click({ detail, touch, control }: Click): boolean {
    const { pressed, clicked } = this;
    if (detail === 0 || !pressed) return true;
    const second = touch ? isNear(clicked, pressed) : detail > 1;
    const takes = !(this.early && control) && !(second && clicked && !isSame(control, clicked.control));
    // The third of a row is measured by the first as well.
    this.clicked = takes || !clicked ? { ...pressed, control } : { ...pressed, control: clicked.control };
    return takes;
  }
}

function isSame(one: Control | undefined, other: Control | undefined): boolean {
  return one?.element === other?.element && one?.name === other?.name;
}

function isNear(first: Press | undefined, second: Press): boolean {
  if (!first) return false;
  return second.at - first.at < doubleTap.ms && Math.hypot(second.point.x - first.point.x, second.point.y - first.point.y) < doubleTap.px;
}

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
    fingers.press(pressedAt(event));
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

/** A press may have waited for a page that was busy: it was made when the system says so, unless that clock is another one. */
function pressedAt({ timeStamp }: Event): number {
  const now = performance.now();
  return Math.abs(now - timeStamp) < 10_000 ? timeStamp : now;
}
