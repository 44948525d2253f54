/** Names what a person did with one click, from their page to the server's log: 64 random bits, to be read aloud. */
export function newTrace(): string {
  const hex = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
