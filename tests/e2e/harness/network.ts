import type { BrowserContext, WebSocketRoute } from '@playwright/test';

/** The way between one computer and the server, for what is said over WebSockets. It can be cut, and mended. */
export class Network {
  readonly #context: BrowserContext;
  readonly #ends = new Set<WebSocketRoute>();
  #isCut = false;

  private constructor(context: BrowserContext) { this.#context = context; }

  static async of(context: BrowserContext): Promise<Network> {
    const network = new Network(context);
    await context.routeWebSocket(/./, (page) => {
      if (network.#isCut) return void page.close();
      for (const end of [page, page.connectToServer()]) network.#ends.add(end);
    });
    return network;
  }

  /** Neither end hears of the other any more, and nothing that is tried helps. */
  async cut(): Promise<void> {
    this.#isCut = true;
    await Promise.all([...this.#ends].map((end) => end.close()));
    this.#ends.clear();
  }

  /** The pages hear of it, as from the browser. */
  async mend(): Promise<void> {
    this.#isCut = false;
    await Promise.all(this.#context.pages().map((page) => page.evaluate(() => window.dispatchEvent(new Event('online')))));
  }
}
