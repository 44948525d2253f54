/** What the one line of HTML says: `<script src="https://HOST/widget.js" data-company="demo" async></script>`. */
export interface WidgetConfig {
  readonly company: string;
  /** Where the script came from: tokens and calls go there, whatever page embeds it. Without a trailing slash. */
  readonly server: string;
  /** The page's own choice of language; otherwise the visitor's. */
  readonly language: string | undefined;
}

/** @returns undefined when the line names no company */
export function readConfig(src: string, data: DOMStringMap): WidgetConfig | undefined {
  const company = data.company?.trim();
  if (!company) return undefined;
  return { company, server: new URL(src).origin, language: data.language };
}

/** The signalling address of a server: `https://host` becomes `wss://host/ws`. */
export function signallingUrl(server: string): string {
  return `${server.replace(/^http/, 'ws')}/ws`;
}
