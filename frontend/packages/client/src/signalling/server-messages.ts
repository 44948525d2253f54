/** Reads what comes from the server. Pure. */
import type { ServerMessage } from '@calldocker/protocol';
import { type ServerMessageOf, SignallingError } from './types.ts';

/** @returns the server's message, or undefined for what no server of ours sends */
export function parseMessage(data: unknown): ServerMessage | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value === 'object' && value !== null && 'type' in value && 'seq' in value) return value as ServerMessage;
  } catch {
    // Falls through.
  }
  return undefined;
}

/** Why the server has refused a command. */
export function errorOf(message: ServerMessageOf<'error'>): SignallingError {
  const { code, message: text, retryAfterMs } = message as typeof message & { retryAfterMs?: unknown };
  return new SignallingError(code, text, typeof retryAfterMs === 'number' ? retryAfterMs : undefined);
}
