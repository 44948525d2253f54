import { createCallEngine, SignallingClient } from '@calldocker/client';
import { chooseLanguage, type Language } from '@calldocker/i18n';
import tokens from '@calldocker/ui/tokens.css?inline';
import { render } from 'preact';
import { readConfig, signallingUrl, type WidgetConfig } from './config.ts';
import { recall, tabStorage } from './memory.ts';
import { firstLanguage } from './text.ts';
import { VisitorToken } from './visitor-token.ts';
import { Widget } from './Widget.tsx';
import styles from './widget.css?inline';

type Command = 'open' | 'close' | Language;

/** What a page may do with the widget: `CallDocker.open()`, or `data-calldocker-open` on any element that is clicked. */
interface PageInterface {
  open(): void;
  close(): void;
}

declare global {
  interface Window {
    CallDocker?: PageInterface;
  }
}

/** Everything is inside one shadow root: no style of the page reaches in, and none of ours reaches out. */
function shadowRoot(): ShadowRoot {
  const host = document.createElement('calldocker-widget');
  document.body.append(host);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens + styles);
  root.adoptedStyleSheets = [sheet];
  return root;
}

function start(config: WidgetConfig): void {
  const token = new VisitorToken(config.server, config.company, tabStorage());
  const signalling = new SignallingClient({
    url: signallingUrl(config.server),
    getToken: token.get,
    storageKey: `visitor.${config.company}`,
  });
  const engine = createCallEngine({ signalling, role: 'visitor' });
  const handlers = new Set<(command: Command) => void>();
  const command = (what: Command) => {
    for (const handler of handlers) handler(what);
  };

  render(
    <Widget
      engine={engine}
      signalling={signalling}
      firstLanguage={firstLanguage(config.language)}
      onCommand={(handler) => {
        handlers.add(handler);
        return () => handlers.delete(handler);
      }}
    />,
    shadowRoot(),
  );
  // A call that was on when the page went is brought back at once; otherwise nothing is connected before a click.
  if (recall(tabStorage()).live) signalling.connect();

  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-calldocker-open]')) command('open');
  });
  window.addEventListener('calldocker-language', (event) => {
    if (event instanceof CustomEvent && typeof event.detail === 'string') command(chooseLanguage([event.detail]));
  });
  window.CallDocker = { open: () => command('open'), close: () => command('close') };
  window.dispatchEvent(new Event('calldocker-ready'));
}

const script = document.currentScript;
// One widget a page, even when the line is there twice.
if (script instanceof HTMLScriptElement && !window.CallDocker) {
  const config = readConfig(script.src, script.dataset);
  if (!config) throw new Error('calldocker: the script needs data-company="..."');
  const run = () => start(config);
  if (document.body) run();
  else document.addEventListener('DOMContentLoaded', run, { once: true });
}
