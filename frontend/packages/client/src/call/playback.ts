/** Sounds that a page plays without showing anything, each in an element of its own, on the speaker that was chosen. */
export class Playback {
  private readonly elements = new Map<string, HTMLAudioElement>();
  private speaker: string | undefined;

  /** Plays exactly these from here on: streams, or files that are repeated, by a name of the caller's. */
  play(sounds: Readonly<Record<string, MediaStream | string>>, speaker: string | undefined): void {
    for (const name of this.elements.keys()) if (!(name in sounds)) this.end(name);
    const moved = speaker !== this.speaker;
    this.speaker = speaker;
    for (const [name, sound] of Object.entries(sounds)) {
      const element = this.elements.get(name);
      if (element === undefined) this.begin(name, sound);
      else if (typeof sound !== 'string' && element.srcObject !== sound) start(element, sound);
      else if (moved) choose(element, speaker);
    }
  }

  stop(): void {
    for (const name of this.elements.keys()) this.end(name);
  }

  private begin(name: string, sound: MediaStream | string): void {
    if (typeof Audio === 'undefined') return;
    const element = new Audio();
    this.elements.set(name, element);
    choose(element, this.speaker);
    start(element, sound);
  }

  private end(name: string): void {
    const element = this.elements.get(name);
    this.elements.delete(name);
    if (!element) return;
    element.pause();
    element.srcObject = null;
    element.removeAttribute('src');
  }
}

function start(element: HTMLAudioElement, sound: MediaStream | string): void {
  if (typeof sound === 'string') {
    element.loop = true;
    element.src = sound;
  } else {
    element.srcObject = sound;
  }
  // A page that was reloaded without a click may have to be silent; what can be seen tells the rest.
  element.play().catch(() => undefined);
}

/** An unknown or unplugged speaker leaves the sound on the standard one. */
function choose(element: HTMLAudioElement, speaker: string | undefined): void {
  if (speaker !== undefined && 'setSinkId' in element) element.setSinkId(speaker).catch(() => undefined);
}
