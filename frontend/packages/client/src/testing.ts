/** Stand-ins for what the browser gives, for tests. */
import type { ContactView, ServerMessage } from '@calldocker/protocol';

export const timestamp = '2026-01-02T03:04:05.678Z';

/** A message as the server would send it. */
export function message<T extends ServerMessage['type']>(type: T, seq: number, fields: object = {}): Extract<ServerMessage, { type: T }> {
  return { type, seq, timestamp, ...fields } as Extract<ServerMessage, { type: T }>;
}

export function established(fields: object = {}): Extract<ServerMessage, { type: 'connection_established' }> {
  return message('connection_established', 0, {
    userId: 'u',
    role: 'agent',
    companyId: 'c',
    sessionId: 's',
    resumeToken: 'resume-1',
    epoch: 'e',
    resumed: false,
    heartbeatMs: 20_000,
    serverTime: timestamp,
    ...fields,
  });
}

export function reset(fields: object = {}, seq = 1): Extract<ServerMessage, { type: 'session_reset' }> {
  return message('session_reset', seq, { reason: 'new', snapshot: { rooms: [], contacts: [] }, ...fields });
}

export function contact(fields: Partial<ContactView> = {}): ContactView {
  return {
    callId: 'call-1',
    state: 'queued',
    channel: 'voice',
    visitor: { userId: 'v' },
    you: 'visitor',
    mediaOwner: true,
    needsOffer: false,
    createdAt: timestamp,
    lost: [],
    ...fields,
  };
}

/** A WebSocket whose other end is the test. */
export class FakeSocket {
  readonly sent: Record<string, unknown>[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  closedWith: number | undefined;
  readonly url: string;
  readonly protocol: string | undefined;

  constructor(url: string, protocol?: string) {
    this.url = url;
    this.protocol = protocol;
  }

  get query(): URLSearchParams {
    return new URL(this.url).searchParams;
  }

  /** What was sent, by type. */
  types(): unknown[] {
    return this.sent.map((one) => one.type);
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  say(...messages: object[]): void {
    for (const one of messages) this.onmessage?.({ data: JSON.stringify(one) });
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  /** This side closes. */
  close(code: number): void {
    this.readyState = 2;
    this.closedWith = code;
  }

  /** The other side, or the network, closes. */
  drop(code = 1006, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}
