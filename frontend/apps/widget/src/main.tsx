import { chooseLanguage } from '@calldocker/i18n';
import { render } from 'preact';
import { Commands } from './commands.ts';
import { readConfig, type WidgetConfig } from './config.ts';
import { WidgetFont } from './font.ts';
import { Root } from './Root.tsx';
import { styles } from './styles.ts';
import { firstLanguage } from './text.ts';

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

const tag = 'calldocker-widget';

/** Everything is inside one shadow root: no style of the page reaches in, and none of ours reaches out. */
function shadowRoot(): ShadowRoot {
  const host = document.createElement(tag);
  document.body.append(host);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  return root;
}

/** What the page may use from now on, also before the widget is seen. */
function listenToPage({ send }: Commands): void {
  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-calldocker-open]')) send('open');
  });
  window.addEventListener('calldocker-language', (event) => {
    if (event instanceof CustomEvent && typeof event.detail === 'string') send(chooseLanguage([event.detail]));
  });
  window.CallDocker = { open: () => send('open'), close: () => send('close') };
  window.dispatchEvent(new Event('calldocker-ready'));
}

async function start(config: WidgetConfig): Promise<void> {
  const root = shadowRoot();
  const commands = new Commands();
  listenToPage(commands);

  const font = new WidgetFont(config.server);
  await font.load();
  render(
    <Root config={config} firstLanguage={firstLanguage(config.language)} onCommand={commands.listen} onAppear={() => font.use()} />,
    root,
  );
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const config = readConfig(script.src, script.dataset);
  if (!config) throw new Error('calldocker: the script needs data-company="..."');
  // One widget a page, even when the line is there twice.
  const run = () => {
    if (!document.querySelector(tag)) void start(config);
  };
  if (document.body) run();
  else document.addEventListener('DOMContentLoaded', run, { once: true });
}
