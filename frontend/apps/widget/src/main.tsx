import { createCallEngine, type Handover, readResumeLink, SignallingClient } from '@calldocker/client';
import { chooseLanguage } from '@calldocker/i18n';
import { render } from 'preact';
import { Commands } from './commands.ts';
import { readConfig, signallingUrl, type WidgetConfig } from './config.ts';
import { WidgetFont } from './font.ts';
import { recall, tabStorage } from './memory.ts';
import { styles } from './styles.ts';
import { firstLanguage } from './text.ts';
import { VisitorToken } from './visitor-token.ts';
import { Widget } from './Widget.tsx';

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

/** What a resume link hands over is read once: the address must not keep it. */
function takeHandover(): Handover | undefined {
  const handover = readResumeLink(location.href);
  if (handover) history.replaceState(history.state, '', location.pathname + location.search);
  // The link of this very page is opened in the tab that shows it: browsers load nothing then.
  window.addEventListener('hashchange', () => readResumeLink(location.href) && location.reload());
  return handover;
}

async function start(config: WidgetConfig): Promise<void> {
  const root = shadowRoot();
  const { server, company } = config;
  const token = new VisitorToken(server, company, tabStorage());
  const handover = takeHandover();
  if (handover) token.adopt(handover.accessToken);
  const signalling = new SignallingClient({
    url: signallingUrl(server),
    getToken: token.get,
    storageKey: `visitor.${company}`,
    handover,
  });
  const engine = createCallEngine({
    signalling,
    role: 'visitor',
    holdMusic: `${server}/js/hold-music.wav`,
    voicemails: { url: `${server}/api/v1/voicemails`, getToken: token.get },
  });
  const memory = handover ? { open: true, live: true } : recall(tabStorage());
  // A call that was on when the page went is brought back at once; otherwise nothing is connected before a click.
  if (memory.live) signalling.connect();
  const commands = new Commands();
  listenToPage(commands);

  const font = new WidgetFont(server);
  await font.load();
  render(
    <Widget
      engine={engine}
      signalling={signalling}
      memory={memory}
      firstLanguage={firstLanguage(config.language)}
      onCommand={commands.listen}
      onAppear={() => font.use()}
    />,
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
