/** Open on one day of the week alone, and that is the day after tomorrow. */
export function closedUntilTheDayAfterTomorrow(): Record<string, unknown> {
  const weekday = (new Date().getUTCDay() + 1) % 7 + 1;
  return { hours: { zone: 'UTC', weekly: [{ weekday, open: { from_minute: 540, to_minute: 1020 } }] } };
}
