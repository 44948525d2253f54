import type { ErrorCode } from '@calldocker/protocol';
import { SignallingError } from './types.ts';

const codes: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  410: 'gone',
  413: 'too_large',
  415: 'invalid',
  429: 'overloaded',
};

/** What an HTTP answer that is no success means, in the words of the protocol. `Retry-After` is read in seconds alone. */
export function refusalOf(response: Response): SignallingError {
  const code = codes[response.status] ?? 'unavailable';
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
  return new SignallingError(code, `the server answered ${response.status}`, retryAfterMs);
}

/** The server that this page itself came from: `https://HOST`, or `https://HOST/PATH` where it is below a path. */
export function ownServer(): string {
  return new URL('.', document.baseURI).href.slice(0, -1);
}
