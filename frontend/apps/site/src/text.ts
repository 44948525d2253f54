/**
 * The landing page's texts live in the catalogues only. An element names its text with `data-text` (its content, or the
 * `content` of a meta element). The build fills in English (`vite.config.ts`), so the page reads without JavaScript;
 * the page's script fills in the person's language.
 */
const textPattern = /(<(\w+)\b[^>]*?) data-text="([\w.]+)"([^>]*)>/g;

/** The HTML with every `data-text` element filled from the catalogue. @throws when a text is missing */
export function fillHtml(html: string, texts: Record<string, string>): string {
  const text = (key: string) => {
    const found = texts[key];
    if (found === undefined) throw new Error(`index.html names a text that is not in the catalogue: ${key}`);
    return found.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
  };
  return html.replace(textPattern, (_, head: string, name: string, key: string, rest: string) =>
    name === 'meta' ? `${head} data-text="${key}" content="${text(key)}"${rest}>` : `${head} data-text="${key}"${rest}>${text(key)}`,
  );
}

/** The same in a live document. */
export function fillDocument(root: ParentNode, t: (key: string) => string): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-text]')) {
    const words = t(element.dataset.text ?? '');
    if (element instanceof HTMLMetaElement) element.content = words;
    else element.textContent = words;
  }
}
