/** Levels (0 to 1, even to a person) from here on are a voice, not the hiss of a room. */
const voiceLevel = 0.25;
/** So many loud samples, at about 20 a second, are a word rather than a click. */
const voiceSamples = 6;
/** A heard visitor has this long to read that it worked; one who says nothing is called through after `quietCallMs`. */
const heardCallMs = 900;
const quietAfterMs = 3000;
const quietCallMs = 6000;

/** What the line check has found. Pure; times in milliseconds of one clock. */
export interface LineCheck {
  readonly startedAt: number;
  readonly loudSamples: number;
  readonly heardAt: number | undefined;
}

export function startLineCheck(now: number): LineCheck {
  return { startedAt: now, loudSamples: 0, heardAt: undefined };
}

export function hear(check: LineCheck, level: number, now: number): LineCheck {
  if (check.heardAt !== undefined || level < voiceLevel) return check;
  const loudSamples = check.loudSamples + 1;
  return { ...check, loudSamples, heardAt: loudSamples >= voiceSamples ? now : undefined };
}

export type LineVerdict = 'listening' | 'heard' | 'quiet';

export function verdict(check: LineCheck, now: number): LineVerdict {
  if (check.heardAt !== undefined) return 'heard';
  return now - check.startedAt >= quietAfterMs ? 'quiet' : 'listening';
}

/** Whether the call goes out now: a visitor who is in a hurry, or shy, is not kept by the check. */
export function isOver(check: LineCheck, now: number): boolean {
  if (check.heardAt !== undefined) return now - check.heardAt >= heardCallMs;
  return now - check.startedAt >= quietCallMs;
}
