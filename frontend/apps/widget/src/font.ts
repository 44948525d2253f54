import latinExtended from '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url&no-inline';
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url&no-inline';
import ranges from '@fontsource-variable/inter/unicode.json';

/** How long the launcher waits for the font. From the browser's cache it comes within it. */
const patienceMs = 100;
/** Letters of `latin-ext` that people's names are made of. */
const extended = /[\u0100-\u024f\u1e00-\u1e9f\u1ef2-\u1eff]/;

/**
 * Inter, from our server, under a name of its own: a shadow root cannot have fonts, so the document has to know it. It is
 * fetched as data: a page that lets the widget connect to our server need not name that among its fonts as well, and no
 * error is in its console. Where it cannot be loaded the system's font stays.
 */
export class WidgetFont {
  private readonly server: string;
  private latin: FontFace | undefined;

  /** @param server where the widget came from */
  constructor(server: string) {
    this.server = server;
  }

  /** Loads the font. Settles when it has come, or when it is not worth waiting for any more. */
  async load(): Promise<void> {
    const loaded = this.fetch(latin, ranges.latin).then((face) => {
      this.latin = face;
    });
    await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
  }

  /** Uses it, if it has come. For moments when something appears: what is being looked at must not change its shape. */
  use(): void {
    if (this.latin) document.fonts.add(this.latin);
  }

  /** Loads the rest of the alphabet once one of its letters is shown, in a name for example. */
  follow(root: ShadowRoot): void {
    const observer = new MutationObserver((changes) => {
      if (!changes.some(({ target }) => extended.test(target.textContent ?? ''))) return;
      observer.disconnect();
      void this.fetch(latinExtended, ranges['latin-ext']).then((face) => face && document.fonts.add(face));
    });
    observer.observe(root, { childList: true, characterData: true, subtree: true });
  }

  private async fetch(file: string, unicodeRange: string): Promise<FontFace | undefined> {
    try {
      const response = await fetch(`${this.server}${file}`, { credentials: 'omit' });
      if (!response.ok) return undefined;
      const face = new FontFace('CallDocker Inter', await response.arrayBuffer(), { weight: '100 900', unicodeRange });
      return await face.load();
    } catch {
      return undefined;
    }
  }
}
