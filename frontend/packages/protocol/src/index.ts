/** The wire of docs/protocol.md: message types generated from api/signalling.json, and its few constants. */
export * from './generated.ts';

/** The WebSocket subprotocol that asks for version 2. */
export const subprotocolV2 = 'calldocker.v2';

/** Close codes that decide what a client does next; after any other it reconnects. */
export const closeCode = {
  normal: 1000,
  /** Refused or too fast: stop, and say so. */
  refused: 1008,
  /** A newer connection has this session: never resume it. */
  takenOver: 4001,
} as const;

/** The rooms with a meaning of their own. */
export const agentRoom = 'agent-room';
export const publicCalls = 'public-calls';
