import { beforeEach, describe, expect, test } from 'vitest';
import { type Control, Fingers, type Point, pressedAt } from './fingers.ts';

const control = (name: string): Control => ({ element: {}, name });
const here = { x: 100, y: 100 };
const hangUp = control('Hang up');
const callAgain = control('Call again');

let fingers: Fingers;
beforeEach(() => {
  fingers = new Fingers();
});

/** The pointer comes to it, and it has been there all along. */
const goTo = (to: Control | undefined, at: number, point: Point = here) => fingers.moved(point, to, undefined, at);
function click(on: Control | undefined, at: number, { detail = 1, touch = false } = {}): boolean {
  fingers.press(at);
  return fingers.click({ detail, touch, control: on });
}

describe('a control that appears under the pointer', () => {
  beforeEach(() => {
    goTo(undefined, 0);
    fingers.changed(callAgain, 1000);
  });

  test('takes no click for half a second', () => {
    expect(click(callAgain, 1000)).toBe(false);
    expect(click(callAgain, 1499)).toBe(false);
    expect(click(callAgain, 1500)).toBe(true);
  });

  test('takes none either that was made before it was there, in a page that was busy', () => {
    expect(click(callAgain, 900)).toBe(false);
  });

  test('is not made older by a pointer that goes on within it', () => {
    fingers.moved({ x: 102, y: 100 }, callAgain, callAgain, 1100);

    expect(click(callAgain, 1200)).toBe(false);
  });

  test('takes a click at once of a pointer that left it and came back', () => {
    fingers.moved({ x: 0, y: 0 }, undefined, callAgain, 1100);
    fingers.moved(here, callAgain, undefined, 1200);

    expect(click(callAgain, 1200)).toBe(true);
  });

  test('takes what a keyboard or a screen reader does', () => {
    expect(click(callAgain, 1001, { detail: 0 })).toBe(true);
  });

  test('is noticed also where nothing said that the page had changed', () => {
    fingers.moved(here, hangUp, hangUp, 2000);

    expect(click(hangUp, 2000)).toBe(false);
  });
});

describe('a control that the pointer came to', () => {
  test('takes clicks at once, as quick as they are', () => {
    goTo(hangUp, 0);

    expect(click(hangUp, 0)).toBe(true);
    expect(click(hangUp, 50, { detail: 2 })).toBe(true);
    expect(click(hangUp, 100, { detail: 3 })).toBe(true);
  });

  test('takes them where scrolling has brought it', () => {
    goTo(undefined, 0);
    fingers.scrolled(hangUp);

    expect(click(hangUp, 10)).toBe(true);
  });

  test('takes none when it has come to mean something else', () => {
    goTo(hangUp, 0);
    fingers.changed({ ...hangUp, name: 'Call again' }, 1000);

    expect(click({ ...hangUp, name: 'Call again' }, 1100)).toBe(false);
  });

  test('takes one that turns it back', () => {
    const mute = control('Mute');
    const unmute = { ...mute, name: 'Unmute' };
    goTo(mute, 0);
    click(mute, 1000);
    fingers.changed(unmute, 1010);

    expect(click(unmute, 1100)).toBe(true);
  });
});

describe('the second of a double click', () => {
  test('does nothing where the first has put something else in the place', () => {
    goTo(hangUp, 0);
    expect(click(hangUp, 1000)).toBe(true);
    fingers.changed(callAgain, 1001);

    expect(click(callAgain, 1700, { detail: 2 })).toBe(false);
    expect(click(callAgain, 1800, { detail: 3 })).toBe(false);
    expect(click(callAgain, 2600)).toBe(true);
  });

  test('does not turn a switch back', () => {
    const mute = control('Mute');
    goTo(mute, 0);
    click(mute, 1000);
    fingers.changed({ ...mute, name: 'Unmute' }, 1010);

    expect(click({ ...mute, name: 'Unmute' }, 1200, { detail: 2 })).toBe(false);
  });

  test('of two taps is told by time and place', () => {
    const tap = { touch: true };
    const mute = control('Mute');
    const unmute = { ...mute, name: 'Unmute' };
    goTo(mute, 0);
    click(mute, 1000, tap);
    fingers.changed(unmute, 1010);

    expect(click(unmute, 1300, tap)).toBe(false);
    expect(click(unmute, 1900, tap)).toBe(true);
  });
});

test.each([
  [29, 499, false],
  [30, 499, true],
  [29, 500, true],
])('two taps %i px and %i ms apart are no double one: %s', (px, ms, takes) => {
  const tap = { touch: true };
  const mute = control('Mute');
  const unmute = { ...mute, name: 'Unmute' };
  goTo(mute, 0);
  click(mute, 1000, tap);
  fingers.changed(unmute, 1010);
  fingers.moved({ x: here.x + px, y: here.y }, unmute, unmute, 1020);

  expect(click(unmute, 1000 + ms, tap)).toBe(takes);
});

test('a press was made when the system says so, unless its clock is another one', () => {
  expect(pressedAt(1_000, 10_999)).toBe(1_000);
  expect(pressedAt(1_000, 11_000)).toBe(11_000);
  expect(pressedAt(11_000, 1_000)).toBe(1_000);
});
