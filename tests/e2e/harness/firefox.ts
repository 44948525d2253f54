import { type Browser, firefox } from '@playwright/test';

/** Debian's. FIREFOX names another one. */
const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

/** What Playwright says to a browser, as far as it is needed here. */
interface Session { send(method: string, parameters: unknown): Promise<unknown> }
interface Inside { _connection: { toImpl(browser: Browser): { _browserSession: Session } } }

/**
 * Firefox as it is delivered, driven by WebDriver BiDi, with a fake microphone that plays one tone and is given to
 * everybody. Without a sound card its AudioContext never runs: what it receives is measured by `receivesVoice` alone.
 */
export async function launchFirefox(tone: number): Promise<Browser> {
  const browser = await firefox.launch({
    channel: 'moz-firefox',
    executablePath: FIREFOX,
    firefoxUserPrefs: {
      'media.navigator.streams.fake': true,
      'media.navigator.audio.fake_frequency': tone,
      'media.navigator.permission.disabled': true,
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      'media.autoplay.default': 0,
    },
  });
  // Playwright 1.65 asks for colours at each start in a way that Firefox 153 does not know, and gives up.
  const session = (browser as unknown as Inside)._connection.toImpl(browser)._browserSession;
  const send = session.send.bind(session);
  session.send = (method, parameters) => (method === 'emulation.setMediaFeaturesOverride' ? Promise.resolve() : send(method, parameters));
  return browser;
}
