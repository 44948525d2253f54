import latinExtended from '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url&no-inline';
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url&no-inline';
import ranges from '@fontsource-variable/inter/unicode.json';

/** How long the launcher waits for the font. From the browser's cache it comes within it. */
const patienceMs = 100;

/**
 * Inter, from our server, under a name of its own: a shadow root cannot have fonts, so the document has to know it.
 * Where it cannot be loaded (the page's content security policy does not name our server) the system's font stays.
 */
export class WidgetFont {
  private readonly latin: FontFace;
  /** Loaded when one of its letters is shown, in a name for example. */
  private readonly latinExtended: FontFace;

  /** @param server where the widget came from */
  constructor(server: string) {
    const face = (file: string, unicodeRange: string) =>
      new FontFace('CallDocker Inter', `url("${new URL(file, server)}")`, { weight: '100 900', display: 'swap', unicodeRange });
    this.latin = face(latin, ranges.latin);
    this.latinExtended = face(latinExtended, ranges['latin-ext']);
  }

  /** Loads the font. Settles when it has come, or when it is not worth waiting for any more. */
  async load(): Promise<void> {
    const loaded = this.latin.load().catch(() => undefined);
    await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
  }

  /** Uses it, if it has come. For moments when something appears: what is being looked at must not change its shape. */
  use(): void {
    if (this.latin.status !== 'loaded') return;
    document.fonts.add(this.latin);
    document.fonts.add(this.latinExtended);
  }
}
