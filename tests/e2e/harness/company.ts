/** Open on one day of the week alone, and that is the day after tomorrow. */
export function closedUntilTheDayAfterTomorrow(): Record<string, unknown> {
  const weekday = (new Date().getUTCDay() + 1) % 7 + 1;
  return { hours: { zone: 'UTC', weekly: [{ weekday, open: { from_minute: 540, to_minute: 1020 } }] } };
}

/** Open around the clock, except today, which is a holiday. */
export function closedToday(): Record<string, unknown> {
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, open: { from_minute: 0, to_minute: 1440 } }));
  const days = [0, 1].map((ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)); // midnight may come meanwhile
  return { hours: { zone: 'UTC', weekly, holidays: days.map((date) => ({ date, name: 'A day off' })) } };
}
