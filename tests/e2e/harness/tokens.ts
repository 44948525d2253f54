import type { BrowserContext } from '@playwright/test';
import type { CallDocker } from '../../harness/server.ts';

/**
 * Lets every token that the server issues to this browser live for a few seconds only: they are re-signed on their way.
 * Which answers carry tokens does not matter: a JSON member `token` that looks like one is one.
 */
export async function shortenTokens(context: BrowserContext, server: CallDocker, secondsToLive: number): Promise<{ lastExpiry(): number }> {
  let lastExpiry = 0;
  await context.route((url) => url.href.startsWith(server.url), async (route) => {
    if (!['fetch', 'xhr'].includes(route.request().resourceType())) return route.continue();
    const response = await route.fetch();
    if (!(response.headers()['content-type'] ?? '').includes('json')) return route.fulfill({ response });
    const body = JSON.parse(await response.text()) as Record<string, unknown>;
    if (typeof body.token !== 'string' || body.token.split('.').length !== 3) return route.fulfill({ response });
    lastExpiry = Math.floor(Date.now() / 1000) + secondsToLive;
    return route.fulfill({ response, json: { ...body, token: server.resign(body.token, secondsToLive), expiresAt: new Date(lastExpiry * 1000).toISOString() } });
  });
  return { lastExpiry: () => lastExpiry };
}
