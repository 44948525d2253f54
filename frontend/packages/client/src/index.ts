/** The client of CallDocker: a resuming connection (signalling/) and calls without user interface (call/). */
export type * from './call/controls.ts';
export { isFramed, mayUse } from './call/devices.ts';
export { createCallEngine } from './call/engine.ts';
export type * from './call/events.ts';
export type * from './call/phases.ts';
export type * from './call/snapshot.ts';
export type * from './call/types.ts';
export type { Observable } from './observable.ts';
export { SignallingClient, type SignallingOptions } from './signalling/client.ts';
export { followCodes, type PlaceLink, type Redeemed, redeemCode, takeCode } from './signalling/codes.ts';
export { ownServer, refusalOf } from './signalling/http.ts';
export type * from './signalling/types.ts';
export { codeOf, retryAfterMs, SignallingError } from './signalling/types.ts';
export { steadyNow } from './steady.ts';
