const tag = 'calldocker-widget';
const canary = 'calldocker-canary';

/** A page that takes the widget out more often than this within `strifeMs` will not have it. */
const putBackMax = 20;
const strifeMs = 1000;

export interface FootholdOptions {
  readonly styles: string;
  /** Fills an empty root. Called again, with another one, after `onForgotten`. */
  readonly fill: (root: ShadowRoot) => void;
  /** The page has forgotten all listeners, those of the widget too: what was filled is of no use any more. */
  readonly onForgotten: (root: ShadowRoot) => void;
  /** The page takes the widget out as often as it is put in: it stays out until `take()`. */
  readonly onLost: () => void;
}

/**
 * The one element of the widget, and its place in a page that is not ours. It is a child of `html`, since pages swap their
 * `body` as a whole; it is in the browser's top layer, so in view whatever `transform` or `contain` is around it; and
 * whatever takes it out (a morphing library, a preview, `document.open`), it is put back before the next picture. Inside is
 * one shadow root: no style of the page reaches in, and none of ours reaches out.
 */
export class Foothold {
  private readonly options: FootholdOptions;
  private readonly observer = new MutationObserver(() => this.hold());
  private readonly sheet = new CSSStyleSheet();
  private host: HTMLElement;
  private root: ShadowRoot;
  private heard = false;
  private isLost = false;
  /** When it was put back, of late. */
  private putBackAt: readonly number[] = [];
  /** What has the focus in the widget: an element that is taken out loses it. */
  private focused: HTMLElement | undefined;

  constructor(options: FootholdOptions) {
    this.options = options;
    this.sheet.replaceSync(options.styles);
    [this.host, this.root] = this.make();
  }

  /** Puts the widget in the page, and keeps it there. */
  take(): void {
    this.isLost = false;
    this.putBackAt = [];
    this.hold();
  }

  /** Whether a node is inside of the widget. */
  readonly isOurs = (root: Node): boolean => root === this.root;

  private make(): [HTMLElement, ShadowRoot] {
    const host = document.createElement(tag);
    const root = host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [this.sheet];
    host.addEventListener(canary, () => {
      this.heard = true;
    });
    host.addEventListener('toggle', () => this.hold());
    root.addEventListener('focusin', ({ target }) => {
      this.focused = target instanceof HTMLElement ? target : undefined;
    });
    // An element that loses the focus by being taken out is out by then.
    const forget = () => {
      if (host.isConnected && !root.activeElement) this.focused = undefined;
    };
    root.addEventListener('focusout', () => queueMicrotask(forget));
    return [host, root];
  }

  /** Puts right whatever the page has done. */
  private hold(): void {
    const page = document.documentElement;
    if (this.isLost) return;
    if (page && !this.isIn(page)) {
      if (!this.mayPutBack()) {
        this.lose();
        return;
      }
      this.putIn(page);
    }
    this.watch(page);
  }

  private isIn(page: Element): boolean {
    return this.host.parentNode === page && isOnTop(this.host);
  }

  private putIn(page: Element): void {
    const { focused } = this;
    if (!this.hears()) {
      this.options.onForgotten(this.root);
      [this.host, this.root] = this.make();
    }
    if (this.host.parentNode !== page) page.append(this.host);
    bringToTop(this.host);
    if (!this.root.hasChildNodes()) this.options.fill(this.root);
    if (focused?.isConnected && !hasFocus(document)) focused.focus({ preventScroll: true });
  }

  /** Whether our listeners are still there: `document.open` takes them from all that is in the page (HTML, "document open steps"). */
  private hears(): boolean {
    this.heard = false;
    this.host.dispatchEvent(new Event(canary));
    return this.heard;
  }

  private mayPutBack(): boolean {
    const now = performance.now();
    this.putBackAt = [...this.putBackAt.filter((at) => now - at < strifeMs), now];
    return this.putBackAt.length <= putBackMax;
  }

  private lose(): void {
    this.isLost = true;
    this.observer.disconnect();
    this.host.remove();
    this.options.onLost();
  }

  /** From here on it is seen when the page's root element is replaced, when that loses a child, and when we lose the top layer. */
  private watch(page: Element | null): void {
    this.observer.disconnect();
    this.observer.observe(document, { childList: true });
    if (page) this.observer.observe(page, { childList: true });
    this.observer.observe(this.host, { attributeFilter: ['popover'] });
  }
}

/** Browsers from before popovers (Chrome 114, Firefox 125, Safari 17) go by the style sheet's `z-index`. */
const hasTopLayer = typeof HTMLElement !== 'undefined' && 'showPopover' in HTMLElement.prototype;

function isOnTop(host: HTMLElement): boolean {
  return !hasTopLayer || host.matches(':popover-open');
}

function bringToTop(host: HTMLElement): void {
  if (!hasTopLayer) return;
  host.popover = 'manual';
  if (!isOnTop(host)) host.showPopover();
}

function hasFocus({ activeElement, body, documentElement }: Document): boolean {
  return activeElement !== null && activeElement !== body && activeElement !== documentElement;
}
