import { chooseLanguage } from '@calldocker/i18n';
import { guardClicks } from '@calldocker/ui';
import { render } from 'preact';
import { Commands } from './commands.ts';
import { type PageSettings, readConfig, type WidgetConfig } from './config.ts';
import { WidgetFont } from './font.ts';
import { Foothold } from './foothold.ts';
import { keepKeys, keepTyping } from './keys.ts';
import { recall, tabStorage } from './memory.ts';
import { begin, type Current, Root } from './Root.tsx';
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
    CallDockerSettings?: PageSettings;
  }
}

/** Watches what the page does, from now on, also before the widget is seen. */
function listenToPage({ open }: PageInterface, { send }: Commands, foothold: Foothold): void {
  keepKeys(foothold.isOurs);
  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-calldocker-open]')) open();
  });
  window.addEventListener('calldocker-language', (event) => {
    if (event instanceof CustomEvent && typeof event.detail === 'string') send(chooseLanguage([event.detail]));
  });
}

async function start(config: WidgetConfig): Promise<void> {
  const commands = new Commands();
  const font = new WidgetFont(config.server);
  let current: Current | undefined;
  const fill = (root: ShadowRoot) => {
    current = current ? { ...current, memory: recall(tabStorage()) } : begin(config);
    keepTyping(root);
    guardClicks(root);
    font.follow(root);
    render(
      <Root
        config={config}
        current={current}
        onCurrent={(next) => {
          current = next;
        }}
        firstLanguage={firstLanguage(config.language)}
        onCommand={commands.listen}
        onAppear={() => font.use()}
      />,
      root,
    );
  };
  const onForgotten = (root: ShadowRoot) => {
    render(null, root);
    listenToPage(page, commands, foothold);
  };
  const foothold = new Foothold({ styles, fill, onForgotten, onLost: () => commands.send('end') });
  const page: PageInterface = {
    open: () => {
      foothold.take();
      commands.send('open');
    },
    close: () => commands.send('close'),
  };
  window.CallDocker = page;
  listenToPage(page, commands, foothold);
  window.dispatchEvent(new Event('calldocker-ready'));

  await Promise.all([font.load(), bodyIsThere()]);
  foothold.take();
}

function bodyIsThere(): Promise<unknown> {
  return document.body ? Promise.resolve() : new Promise((there) => document.addEventListener('DOMContentLoaded', there, { once: true }));
}

/** The line of HTML that brought us. A script that a page runs as a module, or by its text, is not told which it is. */
function ownScript(): HTMLScriptElement | undefined {
  if (document.currentScript instanceof HTMLScriptElement) return document.currentScript;
  return [...document.scripts].find(({ src }) => /\/widget\.js(\?|#|$)/.test(src));
}

const script = ownScript();
// One widget a page, however often the line is there or is run.
if (script && !window.CallDocker) {
  const config = readConfig(script.src, script.dataset, window.CallDockerSettings);
  if (!config) throw new Error('calldocker: the script needs data-company="..."');
  void start(config);
}
