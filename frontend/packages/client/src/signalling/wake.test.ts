import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onWake } from './wake.ts';

/** A document that can be hidden. */
class FakeDocument extends EventTarget {
  visibilityState = 'visible';

  become(state: string): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const wake = vi.fn();
let network: EventTarget;
let page: FakeDocument;

beforeEach(() => {
  wake.mockReset();
  network = new EventTarget();
  page = new FakeDocument();
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network));
  vi.stubGlobal('removeEventListener', network.removeEventListener.bind(network));
  vi.stubGlobal('document', page);
});
afterEach(() => vi.unstubAllGlobals());

it('a page is woken by the network, and when it can be seen again', () => {
  onWake(wake);
  network.dispatchEvent(new Event('online'));
  expect(wake).toHaveBeenCalledTimes(1);
  page.become('hidden');
  expect(wake).toHaveBeenCalledTimes(1);

  page.become('visible');

  expect(wake).toHaveBeenCalledTimes(2);
});

it('a page that listens no longer is woken by nothing', () => {
  onWake(wake)();
  network.dispatchEvent(new Event('online'));
  page.become('visible');

  expect(wake).not.toHaveBeenCalled();
});
