/**
 * The settings that a page gives, in its line of HTML or beside it:
 * `<script src="https://HOST/widget.js" data-company="demo" async></script>`.
 */
export interface WidgetConfig {
  readonly company: string;
  /** Where the script came from: tokens and calls go there, whatever page embeds it. Without a trailing slash. */
  readonly server: string;
  /** The page's own choice of language; otherwise the visitor's. */
  readonly language: string | undefined;
}

/** `window.CallDockerSettings`: for pages whose editor or tag manager lets neither `data-*` nor an address of their own through. */
export interface PageSettings {
  readonly company?: unknown;
  readonly language?: unknown;
}

/**
 * `data-company` goes before `widget.js?company=`, and that before `CallDockerSettings`; likewise for `language`.
 * @returns undefined when none of them names a company
 */
export function readConfig(src: string, data: DOMStringMap, settings: PageSettings = {}): WidgetConfig | undefined {
  const address = new URL(src);
  const said = (name: keyof PageSettings): string | undefined =>
    [data[name], address.searchParams.get(name), settings[name]]
      .map((value) => (typeof value === 'string' ? value.trim() : ''))
      .find((value) => value !== '');
  const company = said('company');
  if (!company) return undefined;
  return { company, server: new URL('.', address.origin + address.pathname).href.slice(0, -1), language: said('language') };
}

/** The signalling address of a server: `https://host/calls` becomes `wss://host/calls/ws`. */
export function signallingUrl(server: string): string {
  return `${server.replace(/^http/, 'ws')}/ws`;
}
