/** What is heard of a call. */
export interface CallSound {
  readonly stream: MediaStream | undefined;
  /** The id of the chosen speaker; otherwise the standard one. */
  readonly speaker: string | undefined;
}

/**
 * Plays the other side of a call through an element. Calling it again, after a tap, is trying again.
 * @returns whether the browser wants a tap before it plays
 */
export async function playSound(element: HTMLAudioElement, { stream, speaker }: CallSound): Promise<boolean> {
  // An unknown or unplugged speaker leaves the sound on the standard one. Not every browser lets pages choose.
  if (speaker && 'setSinkId' in element) void element.setSinkId(speaker).catch(() => undefined);
  if (element.srcObject !== (stream ?? null)) element.srcObject = stream ?? null;
  if (!stream) return false;
  return element.play().then(
    () => false,
    (error: unknown) => error instanceof DOMException && error.name === 'NotAllowedError',
  );
}

/** Shows a picture without sound: the sound of a call is played in one place (`playSound`). */
export function showPicture(element: HTMLVideoElement, stream: MediaStream): void {
  element.srcObject = stream;
  void element.play().catch(() => undefined); // A picture that is not on screen may refuse to play.
}

/** Moves a level meter, past the renderer: it moves twenty times a second. @param level 0 to 1, even to a person */
export function showLevel(meter: HTMLElement, level: number): void {
  meter.style.setProperty('--level', level.toFixed(3));
  meter.setAttribute('aria-valuenow', String(Math.round(level * 100)));
}
