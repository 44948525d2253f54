const begunAt = Date.now() - performance.now();

/**
 * The time of this page, in milliseconds: about those since 1970, and no clock that somebody sets changes them. For whatever
 * lasts, or is measured; it compares with the server's times by `LiveState.clockOffsetMs` alone. In some systems it stops
 * while the computer sleeps: the next message of the server corrects the difference (`reduce`).
 */
export function steadyNow(): number {
  return begunAt + performance.now();
}
