import type { Keep } from './memory.ts';

/** The space for the widget, in CSS pixels, as a browser measures it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Edge = 'start' | 'end';

/**
 * The widget's distance from the nearest corner. The inline edge is logical, so the widget is mirrored where text runs from
 * right to left. If the distance is too big for a smaller window, the layout (`gridTemplate`) holds the widget back; in a
 * larger window it is right again.
 */
export interface Place {
  readonly inline: Edge;
  readonly inlineGap: number;
  readonly block: Edge;
  readonly blockGap: number;
}

/** The corner where nobody has moved it. */
export const corner: Place = { inline: 'end', inlineGap: 0, block: 'end', blockGap: 0 };

/** The place that holds a box where it is now, or where the frame would stop it. */
export function placeOf(box: Box, frame: Box, direction: 'ltr' | 'rtl'): Place {
  const across = nearest(box.left - frame.left, frame.width - box.width);
  const down = nearest(box.top - frame.top, frame.height - box.height);
  const mirrored = across.edge === 'start' ? 'end' : 'start';
  return { inline: direction === 'rtl' ? mirrored : across.edge, inlineGap: across.gap, block: down.edge, blockGap: down.gap };
}

/** @param before how much of the free room is before the box */
function nearest(before: number, free: number): { edge: Edge; gap: number } {
  const held = Math.round(Math.max(0, Math.min(before, free)));
  return held < free / 2 ? { edge: 'start', gap: held } : { edge: 'end', gap: Math.max(0, Math.round(free - held)) };
}

/**
 * The rows and columns of a frame that hold the widget in its middle cell: the gap gives way where there is no room for
 * it, so a window that shrinks or turns moves the widget and never loses it.
 */
export function gridTemplate({ inline, inlineGap, block, blockGap }: Place): { rows: string; columns: string } {
  return { rows: tracks(block, blockGap), columns: tracks(inline, inlineGap) };
}

function tracks(edge: Edge, gap: number): string {
  const held = `minmax(0, ${gap}px)`;
  return edge === 'start' ? `${held} max-content 1fr` : `1fr max-content ${held}`;
}

const key = 'calldocker.place';

/** The place that was kept for this site, or the corner. */
export function recallPlace(storage: Keep): Place {
  try {
    const kept = JSON.parse(storage.getItem(key) ?? 'null') as unknown;
    return isPlace(kept) ? kept : corner;
  } catch {
    return corner;
  }
}

export function rememberPlace(storage: Keep, place: Place): void {
  try {
    storage.setItem(key, JSON.stringify(place));
  } catch {
    // It is only back in the corner on the next page.
  }
}

function isPlace(kept: unknown): kept is Place {
  const { inline, inlineGap, block, blockGap } = (kept ?? {}) as Partial<Place>;
  return [inline, block].every((edge) => edge === 'start' || edge === 'end') && [inlineGap, blockGap].every(isGap);
}

function isGap(gap: unknown): boolean {
  return typeof gap === 'number' && gap >= 0 && gap < 100_000;
}
