import type { BrowserContext } from '@playwright/test';
import type { Coturn } from '../../harness/coturn.ts';
import type { Told } from './people.ts';

interface IceServer { urls: string[]; username?: string; credential?: string }
type IceServers = Told & { iceServers: IceServer[] };

/**
 * Lets the TURN credentials that the server hands out to this browser live for a few seconds only: they are signed anew on
 * their way, as the server itself would with a shorter TURN_TTL_SECONDS than it takes.
 */
export async function shortenCredentials(context: BrowserContext, coturn: Coturn, secondsToLive: number): Promise<{ expiries: number[] }> {
  const expiries: number[] = [];
  const shorten = (message: IceServers): IceServers => {
    const expiry = Math.floor(Date.now() / 1000) + secondsToLive;
    expiries.push(expiry);
    const iceServers = message.iceServers.map((server) => (server.username ? { ...server, ...coturn.credentials(expiry, server.username.replace(/^\d+:/, '')) } : server));
    return { ...message, iceServers, ttlSeconds: secondsToLive };
  };
  await context.routeWebSocket(/./, (page) => {
    const server = page.connectToServer();
    server.onMessage((text) => {
      const message = JSON.parse(String(text)) as Told;
      page.send(message.type === 'ice_servers' ? JSON.stringify(shorten(message as IceServers)) : text);
    });
  });
  return { expiries };
}
