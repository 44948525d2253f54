/**
 * Counts people's texts in characters (code points), as the server does, so that every script has the same room. The `maxLength` of
 * a field counts an emoji twice.
 */
export function fitting(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text; // no text has more characters than units
  return [...text].slice(0, charactersMax).join('');
}

/** How much of a field is used, from when it is worth saying: undefined before. */
export function nearlyFull(text: string, charactersMax: number): number | undefined {
  const near = charactersMax - Math.min(100, charactersMax / 5);
  if (text.length < near) return undefined;
  const used = [...text].length;
  return used >= near ? used : undefined;
}
