import type { ChatMessage } from '@calldocker/protocol';

export function lastNumber(lines: readonly ChatMessage[]): number {
  return lines.at(-1)?.number ?? 0;
}

/** How many lines of others have not been seen. @param read the number of the last line that was */
export function unread(lines: readonly ChatMessage[], { read, me }: { read: number; me: string }): number {
  return lines.filter((line) => line.number > read && line.from.userId !== me).length;
}
