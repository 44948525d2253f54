/** A running time for a timer: "0:07", "12:34", "1:02:03". Negative times (a clock that is behind) show as 0:00. */
export function formatTimer(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** The same as the value of a `<time datetime>`: "PT754S". */
export function durationAttribute(ms: number): string {
  return `PT${Math.max(0, Math.floor(ms / 1000))}S`;
}

/** How long until the timer's next second begins: a clock that ticks then never skips or repeats one. */
export function untilNextSecond(elapsedMs: number): number {
  return 1000 - (((elapsedMs % 1000) + 1000) % 1000);
}
