// The page that the widget is on is not ours: whatever it does with its nodes, its styles and its keys, the widget lives on.
import type { Page } from '@playwright/test';
import type { BrowserName } from './harness/browser.ts';
import { expect, siteTest as base } from './harness/fixtures.ts';
import { openMicrophones, playsVoices, receivesVoice } from './harness/media.ts';
import { callAndTalk, talk, TONES, Visitor } from './harness/people.ts';
import type { Site } from './harness/site.ts';

/** What Turbo, htmx and the morphing libraries leave in a page. */
interface LibraryWindow extends Window {
  Turbo: { visit(address: string): void; session: { refresh(address: string): void } };
  htmx: { ajax(method: string, address: string, options: object): Promise<void> };
  Idiomorph: { morph(old: Element, next: string, options?: object): void };
  morphdom(old: Element, next: string): void;
}

const test = base.extend<{ html: (body: string, head?: string, attributes?: string) => string; openGuest: (browser?: BrowserName) => Promise<Visitor> }>({
  html: async ({ server }, use) => {
    await use((body, head = '', attributes = '') => `<!doctype html><html lang="en" ${attributes}><head><title>Shoes</title>${head}
      <script src="${server.url}/widget.js" data-company="demo" async></script></head><body>${body}</body></html>`);
  },
  openGuest: async ({ site, server, openComputer }, use) => {
    await use(async (browser) => Visitor.open(server, await openComputer({ tone: TONES.visitor, ...(browser ? { browser } : {}) }), site.origin));
  },
});

const swaps: Record<string, (page: Page) => Promise<unknown>> = {
  'body.replaceWith': (page) => page.evaluate(() => document.body.replaceWith(document.createElement('body'))),
  'body.innerHTML': (page) => page.evaluate(() => { document.body.innerHTML = '<h1>Boots</h1>'; }),
  'documentElement.replaceChildren': (page) => page.evaluate(() => document.documentElement.replaceChildren(document.createElement('head'), document.createElement('body'))),
  'documentElement.innerHTML': (page) => page.evaluate(() => { document.documentElement.innerHTML = '<head></head><body><h1>Boots</h1></body>'; }),
  'another documentElement': (page) => page.evaluate(() => {
    const html = document.createElement('html');
    html.append(document.createElement('head'), document.createElement('body'));
    document.documentElement.replaceWith(html);
  }),
  'every element it does not know is removed': (page) => page.evaluate(() => {
    for (const element of document.querySelectorAll('*')) if (element.localName.includes('-')) element.remove();
  }),
  'a view transition': (page) => page.evaluate(() => (document.startViewTransition ?? ((update: () => void) => update())).call(document, () => {
    const next = new DOMParser().parseFromString('<html lang="de"><head></head><body><h1>Boots</h1></body></html>', 'text/html');
    for (const { name } of [...document.documentElement.attributes]) document.documentElement.removeAttribute(name);
    document.head.replaceChildren(...next.head.children);
    document.body.replaceWith(next.body);
  })?.finished),
  'every popover is hidden': (page) => page.evaluate(() => {
    for (const each of document.querySelectorAll<HTMLElement>(':popover-open')) each.hidePopover();
  }),
  'document.open': (page) => page.evaluate(() => {
    document.open();
    document.write('<!doctype html><title>Boots</title><h1>Boots</h1>');
    document.close();
  }),
};

for (const browser of ['chromium', 'firefox'] as const) test(`a call, its sound and its window outlive whatever a page does with its nodes, in ${browser}`, async ({ site, html, openAvailableAgent, openGuest }) => {
  site.page = html('<h1>Shoes</h1>');
  const agent = await openAvailableAgent('first');
  const visitor = await openGuest(browser);
  await visitor.call();
  await agent.answer();
  const talking = async () => {
    await visitor.sees('Connected', 2_000);
    await expect.poll(() => playsVoices(visitor.page), { timeout: 2_000 }).toBe(true);
    await expect.poll(() => receivesVoice(visitor.page), { timeout: 2_000 }).toBe(true);
  };
  await talking();

  for (const [name, swap] of Object.entries(swaps)) {
    await test.step(name, async () => {
      await swap(visitor.page);

      await visitor.button('Mute').click({ timeout: 2_000 });
      await visitor.button('Unmute').click({ timeout: 2_000 });
      await talking();
    });
  }

  await agent.hears(visitor);
  await visitor.hangUp();
  await agent.sees('Wrap-up');
  await expect.poll(() => openMicrophones(visitor.page), { timeout: 1_000 }).toBe(0);
});

for (const [name, swap] of Object.entries(swaps)) {
  test(`the launcher is there after ${name}, once, and works`, async ({ site, html, openGuest }) => {
    site.page = html('<h1>Shoes</h1>');
    const visitor = await openGuest();
    await expect(visitor.button('Call us')).toBeVisible();

    await swap(visitor.page);

    await expect(visitor.button('Call us')).toHaveCount(1);
    await visitor.page.evaluate(() => window.CallDocker?.open());
    await expect(visitor.button('Start voice call')).toBeVisible();
    await visitor.button('Close this window').click();
    await visitor.button('Call us').click();
    await expect(visitor.button('Start voice call')).toBeVisible();
  });
}

declare global {
  interface Window { CallDocker?: { open(): void } }
}

const libraries: Record<string, { script: string; go: (page: Page, site: Site) => Promise<unknown> }> = {
  'Turbo, by a link': {
    script: '@hotwired/turbo/dist/turbo.es2017-umd.js',
    go: (page) => page.getByRole('link', { name: 'Boots' }).click(),
  },
  'Turbo, morphing': {
    script: '@hotwired/turbo/dist/turbo.es2017-umd.js',
    go: (page, site) => {
      site.page = site.pages.get('/boots') ?? '';
      return page.evaluate(() => (window as unknown as LibraryWindow).Turbo.session.refresh(location.href));
    },
  },
  htmx: {
    script: 'htmx.org/dist/htmx.js',
    go: (page) => page.evaluate(() => (window as unknown as LibraryWindow).htmx.ajax('GET', '/boots', { target: 'body', swap: 'outerHTML' })),
  },
  morphdom: {
    script: 'morphdom/dist/morphdom-umd.js',
    go: (page) => page.evaluate(async () => (window as unknown as LibraryWindow).morphdom(document.documentElement, await (await fetch('/boots')).text())),
  },
  idiomorph: {
    script: 'idiomorph/dist/idiomorph.js',
    go: (page) => page.evaluate(async () => (window as unknown as LibraryWindow).Idiomorph.morph(document.documentElement, await (await fetch('/boots')).text())),
  },
};

for (const [name, { script, go }] of Object.entries(libraries)) {
  test(`a call goes on from page to page with ${name}`, async ({ site, html, openAvailableAgent, openGuest }) => {
    const head = `<script src="${site.script(script)}"></script><meta name="turbo-refresh-method" content="morph">`;
    site.page = html('<h1>Shoes</h1><a href="/boots">Boots</a>', head);
    site.pages.set('/boots', html('<h1>Boots</h1><a href="/">Shoes</a>', head));
    const agent = await openAvailableAgent('first');
    const visitor = await openGuest();
    await callAndTalk(visitor, agent);

    await go(visitor.page, site);

    await expect(visitor.page.getByRole('heading', { name: 'Boots' })).toBeVisible();
    await visitor.button('Mute').click({ timeout: 2_000 });
    await visitor.button('Unmute').click({ timeout: 2_000 });
    await expect.poll(() => playsVoices(visitor.page), { timeout: 2_000 }).toBe(true);
    await talk(visitor, agent);
    await visitor.hangUp();
    await agent.sees('Wrap-up');
  });
}

test('a page that will not have the widget ends the call, and the microphone with it', async ({ site, html, openAvailableAgent, openGuest }) => {
  site.page = html('<h1>Shoes</h1>');
  const agent = await openAvailableAgent('first');
  const visitor = await openGuest();
  await callAndTalk(visitor, agent);
  expect(await openMicrophones(visitor.page)).toBe(1);

  await visitor.page.evaluate(() => {
    const remove = () => document.querySelector('calldocker-widget')?.remove();
    new MutationObserver(remove).observe(document, { childList: true, subtree: true });
    remove();
  });

  await expect.poll(() => openMicrophones(visitor.page), { timeout: 1_000 }).toBe(0);
  await agent.sees('Wrap-up');
});

test.describe('wherever the page puts its content', () => {
  const styles = ['transform: translateX(0)', 'filter: invert(1)', 'will-change: transform', 'contain: paint', 'perspective: 100px', 'backdrop-filter: blur(1px)', 'overflow: hidden; height: 50px'];
  for (const element of ['html', 'body']) {
    for (const browser of ['chromium', 'firefox'] as const) test(`the launcher is in view, whatever the style of ${element}, in ${browser}`, async ({ site, html, openGuest }) => {
      site.page = html('Shoes');
      const visitor = await openGuest(browser);
      for (const style of styles) {
        await test.step(style, async () => {
          site.page = html('<div style="height: 6000px">Shoes</div>', `<style>${element} { ${style} }</style>`);
          await visitor.page.reload();

          await expect(visitor.button('Call us')).toBeInViewport({ ratio: 1, timeout: 2_000 });

          await visitor.page.evaluate(() => window.scrollTo(0, 3000));
          await expect(visitor.button('Call us')).toBeInViewport({ ratio: 1, timeout: 2_000 });
          await visitor.button('Call us').click();
          await expect(visitor.page.getByRole('dialog')).toBeInViewport({ ratio: 1, timeout: 2_000 });
          await visitor.button('Close this window').click();
        });
      }
    });
  }

  for (const browser of ['chromium', 'firefox'] as const) test(`no rule of the page reaches the widget, in ${browser}`, async ({ site, html, openGuest }) => {
    site.page = html('<p>Shoes</p>', `<style>
      * { font: italic 40px serif; color: lime; letter-spacing: 1em; transform: rotate(90deg); text-transform: uppercase; direction: rtl }
      ::backdrop { background: black }
      html > :not(head, body), [popover] { display: none; position: static; opacity: 0; visibility: hidden; margin: 200px; inset: 50%; border: 9px solid; background: red; overflow: hidden; width: 1px; height: 1px; pointer-events: none }
    </style>`);
    const visitor = await openGuest(browser);
    await visitor.page.setViewportSize({ width: 1000, height: 700 });

    const launcher = visitor.button('Call us');
    await expect(launcher).toBeInViewport({ ratio: 1 });
    await expect(launcher).toHaveCSS('font-size', '16px');
    await expect(launcher).toHaveCSS('font-style', 'normal');
    await expect(launcher).toHaveCSS('letter-spacing', 'normal');
    const box = (await launcher.boundingBox())!;
    expect(Math.round(box.x + box.width)).toBe(980);
    expect(Math.round(box.y + box.height)).toBe(680);
    const host = visitor.page.locator('calldocker-widget');
    expect(await host.evaluate((element) => getComputedStyle(element, '::backdrop').display)).toBe('none');
    await launcher.click();
    await expect(visitor.page.getByRole('dialog')).toBeInViewport({ ratio: 1 });
  });

  test('nothing of the widget is on paper', async ({ site, html, openGuest }) => {
    site.page = html('<h1>Shoes</h1>');
    const visitor = await openGuest();
    await expect(visitor.button('Call us')).toBeVisible();

    await visitor.page.emulateMedia({ media: 'print' });

    await expect(visitor.button('Call us')).toBeHidden();
  });
});

test.describe('the page listens to keys', () => {
  /** How a page may listen; each list has what its handler has got. */
  const listening = `<input id="search"><script>
    const got = { window: [], document: [], body: [] };
    for (const type of ['keydown', 'keypress', 'keyup']) {
      for (const capture of [false, true]) {
        document.addEventListener(type, (event) => got.document.push(event.key), capture);
        document.body.addEventListener(type, (event) => got.body.push(event.key), capture);
        window.addEventListener(type, (event) => got.window.push(event.key));
        addEventListener('calldocker-ready', () => window.addEventListener(type, (event) => got.window.push(event.key), true));
      }
    }
  </script>`;

  for (const browser of ['chromium', 'firefox'] as const) test(`and hears none that is typed into the widget, in ${browser}`, async ({ site, html, openGuest }) => {
    site.page = html(listening);
    const visitor = await openGuest(browser);
    await visitor.button('Call us').click();
    const name = visitor.page.getByLabel('Your name');
    await name.click();

    await visitor.page.keyboard.type('summer /?');
    await visitor.page.keyboard.press('Backspace');
    await visitor.page.keyboard.press('Shift+Home');

    await expect(name).toHaveValue('summer /');
    expect(await visitor.page.evaluate('got')).toEqual({ window: [], document: [], body: [] });
    await visitor.page.keyboard.press('Escape');
    await expect(visitor.button('Call us')).toBeVisible();
    await visitor.page.locator('#search').click();
    await visitor.page.keyboard.type('x');
    expect(await visitor.page.evaluate('got.document')).toContain('x');
  });

  test('and its shortcuts do not take them away', async ({ site, html, openGuest }) => {
    site.page = html(`<input id="search"><script src="${site.script('hotkeys-js/dist/hotkeys.js')}"></script><script>
      hotkeys('s', (event) => { event.preventDefault(); document.getElementById('search').focus(); });
      document.addEventListener('keydown', (event) => {
        if (event.key !== '/' || document.activeElement.matches('input, textarea')) return;
        event.preventDefault();
        document.getElementById('search').focus();
      });
    </script>`);
    const visitor = await openGuest();
    await visitor.button('Call us').click();
    const name = visitor.page.getByLabel('Your name');
    await name.click();

    await visitor.page.keyboard.type('summer //shop');

    await expect(name).toHaveValue('summer //shop');
    await expect(visitor.page.locator('#search')).toHaveValue('');
  });
});

test.describe('however the page names the company', () => {
  const named: Record<string, (server: string) => string> = {
    'in the address of the script, as where a tag manager strips data-*': (server) => `<script src="${server}/widget.js?company=demo&language=de" async></script>`,
    'in CallDockerSettings': (server) => `<script>window.CallDockerSettings = { company: 'demo', language: 'de' };</script><script src="${server}/widget.js" async></script>`,
    'in CallDockerSettings, beside a script that is a module': (server) => `<script>window.CallDockerSettings = { company: 'demo', language: 'de' };</script><script type="module" src="${server}/widget.js"></script>`,
    'in an element that a tag manager has made': (server) => `<script>
      const script = document.createElement('script');
      script.async = true;
      script.src = '${server}/widget.js?company=demo&language=de';
      document.head.append(script);
    </script>`,
  };
  for (const [how, line] of Object.entries(named)) {
    test(`the widget is there: ${how}`, async ({ site, server, openGuest }) => {
      site.page = `<!doctype html><title>Shoes</title><h1>Shoes</h1>${line(server.url)}`;
      const visitor = await openGuest();

      await visitor.button('Rufen Sie uns an').click();

      await expect(visitor.button('Sprachanruf starten')).toBeVisible();
    });
  }

  test('a line that is there twice makes one widget', async ({ site, html, server, openGuest }) => {
    site.page = html(`<h1>Shoes</h1><script src="${server.url}/widget.js?company=demo" async></script>`);
    const visitor = await openGuest();

    await expect(visitor.button('Call us')).toHaveCount(1);

    await visitor.page.evaluate((address) => new Promise((loaded) => {
      const again = document.createElement('script');
      again.src = `${address}/widget.js?company=demo&again`;
      again.onload = loaded;
      document.body.append(again);
    }), server.url);
    await expect(visitor.button('Call us')).toHaveCount(1);
  });
});

test('the widget says nothing in the console of a page with a policy that names the server for scripts and connections alone', async ({ site, html, server, openAvailableAgent, openGuest }) => {
  site.page = html('<h1>Shoes</h1>');
  site.headers = { 'Content-Security-Policy': `default-src 'self'; script-src ${server.url}; connect-src ${server.url} ${server.url.replace('http', 'ws')}; media-src ${server.url}` };
  const agent = await openAvailableAgent('first');
  const visitor = await openGuest();

  await callAndTalk(visitor, agent);
  await visitor.button('Chat').click();
  await visitor.page.getByRole('textbox').fill('Zażółć gęślą jaźń');
  await visitor.page.keyboard.press('Enter');
  await expect(visitor.page.getByText('Zażółć gęślą jaźń')).toBeVisible();
  await visitor.button('Back to the call').click();
  await visitor.hangUp();

  const fonts = () => visitor.page.evaluate(() => [...document.fonts].filter(({ family, status }) => family.includes('CallDocker') && status === 'loaded').length);
  await expect.poll(fonts, 'the letters are ours all the same').toBe(2);
  expect(visitor.consoleErrors).toEqual([]);
});
