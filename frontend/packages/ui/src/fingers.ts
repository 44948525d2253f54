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

/** When a press was made, if its page was busy: when the system says so, unless that clock is another one. */
export function pressedAt(timeStamp: number, now: number): number {
  return Math.abs(now - timeStamp) < 10_000 ? timeStamp : now;
}
