import { useRef, useState } from 'preact/hooks';
import { siteStorage } from './memory.ts';
import { type Box, type Place, placeOf, recallPlace, rememberPlace } from './place.ts';

/** A pointer that has gone less than this far (CSS pixels) wants to click. */
const clickRadius = 6;
/** One press of an arrow key, and one with Shift. */
const stepLength = 16;
const strideLength = 96;

const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What a pointer holds, from where it was pressed. */
interface Grab {
  readonly x: number;
  readonly y: number;
  readonly box: Box;
}

/**
 * Moves the launcher and the window, which share one place: by pointer on what has the `grip`, by arrow keys on what has
 * `onKeyDown`. The place is kept for the site.
 */
export function useMoving(direction: 'ltr' | 'rtl') {
  const [place, setPlace] = useState(() => recallPlace(siteStorage()));
  const [moving, setMoving] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const grab = useRef<Grab>();
  const dragged = useRef(false);

  const moveTo = (box: Box): Place => {
    if (!frame.current) return place;
    const next = placeOf(box, frame.current.getBoundingClientRect(), direction);
    setPlace(next);
    return next;
  };

  const grip = {
    onPointerDown(event: PointerEvent) {
      dragged.current = false;
      if (!canDrag(event)) return;
      grab.current = { x: event.clientX, y: event.clientY, box: boxOf(event) };
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent) {
      if (!grab.current) return;
      const [x, y] = [event.clientX - grab.current.x, event.clientY - grab.current.y];
      if (!dragged.current && Math.hypot(x, y) < clickRadius) return;
      dragged.current = true;
      setMoving(true);
      moveTo(shifted(grab.current.box, x, y));
    },
    onLostPointerCapture() {
      grab.current = undefined;
      setMoving(false);
      if (dragged.current) rememberPlace(siteStorage(), place);
    },
    /** The click at the end of a drag is none. A key's click has no detail. */
    onClickCapture(event: MouseEvent) {
      if (dragged.current && event.detail > 0) event.stopImmediatePropagation();
    },
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = arrows[event.key];
    if (!arrow) return;
    event.preventDefault();
    const length = event.shiftKey ? strideLength : stepLength;
    rememberPlace(siteStorage(), moveTo(shifted(boxOf(event), arrow[0] * length, arrow[1] * length)));
  };

  return { place, moving, frame, grip, onKeyDown };
}

/** Where what moves is, when something in it is taken hold of. */
function boxOf({ currentTarget }: Event): Box {
  const whole = currentTarget instanceof Element ? currentTarget.closest('.panel, .launcher') : null;
  if (!whole) throw new Error('what was taken hold of is no part of the widget');
  return whole.getBoundingClientRect();
}

/** A control inside of the grip is used, not dragged. Where the style sheet leaves touches to the browser, nothing is dragged. */
function canDrag({ button, isPrimary, target, currentTarget }: PointerEvent): boolean {
  if (button !== 0 || !isPrimary || !(target instanceof Element) || !(currentTarget instanceof Element)) return false;
  const control = target.closest('button, select');
  return (!control || control === currentTarget) && getComputedStyle(currentTarget).touchAction === 'none';
}

function shifted({ left, top, width, height }: Box, x: number, y: number): Box {
  return { left: left + x, top: top + y, width, height };
}
