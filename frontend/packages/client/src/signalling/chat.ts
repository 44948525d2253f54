import type { ChatMessage } from '@calldocker/protocol';
import { limits } from '../limits.ts';

/** What has been written in one contact, in order, as far as it has come. */
export interface Chat {
  readonly lines: readonly ChatMessage[];
  /** Nothing between the first of the lines and now is missing. If not, `get_chat` tells it all. */
  readonly complete: boolean;
}

/** One more line. Pure. One that came before changes nothing; one that skips numbers leaves a gap. */
export function withLine(chat: Chat | undefined, line: ChatMessage): Chat {
  const { lines, complete } = chat ?? { lines: [], complete: true };
  const last = lines.at(-1)?.number ?? 0;
  if (line.number <= last) return chat ?? { lines, complete };
  return { lines: [...lines, line].slice(-limits.chatLinesMax), complete: complete && line.number === last + 1 };
}

/** All that has been written, and what came after it was asked for. Pure. */
export function withHistory(chat: Chat | undefined, history: readonly ChatMessage[]): Chat {
  const last = history.at(-1)?.number ?? 0;
  const later = (chat?.lines ?? []).filter((line) => line.number > last);
  return later.reduce<Chat>(withLine, { lines: history, complete: true });
}

/** Lines may have been missed. */
export function suspect(chat: Chat): Chat {
  return { ...chat, complete: false };
}
