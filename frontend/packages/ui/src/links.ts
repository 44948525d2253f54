/** A piece of what somebody wrote: plain, or an address that can be opened. */
export interface Piece {
  readonly text: string;
  /** Undefined for plain text. `http:`, `https:` or `mailto:`, and nothing else. */
  readonly href?: string;
}

/** What a link to somewhere else has to say: it is a stranger's, gets no handle to our page, and is not told where it was. */
export const linkAttributes = { target: '_blank', rel: 'noopener noreferrer nofollow', dir: 'ltr' } as const;

/** Blanks, quotes and brackets of addresses in text, and what is not seen or turns the direction of reading, end an address. */
const end =
  '\\s<>"\'`{}|\\\\^\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0';
const candidates = new RegExp(
  `(?<![\\p{Script=Latin}\\p{N}_@.+-])(?:https?://[^${end}]+|www\\.[^${end}]+|(?:mailto:)?[\\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\\.)+[a-z]{2,63}(?![\\p{L}\\p{N}@]))`,
  'giu',
);
const punctuation = /[.,;:!?…*_~'"’”»）」』】。，、！？；：]$/u;

/** Finds the addresses in a text, and shows each as what it is: where letters could pass for others, by its real name (`xn--…`). */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(candidates)) {
    const found = trimmed(match[0]);
    const link = linkTo(found);
    if (!link) continue;
    if (match.index > done) pieces.push({ text: text.slice(done, match.index) });
    pieces.push(link);
    done = match.index + found.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}

/** Without what belongs to the sentence: its last dot, and a bracket that was opened before the address. */
function trimmed(address: string): string {
  let rest = address;
  for (;;) {
    const last = rest.at(-1) ?? '';
    const opening = { ')': '(', ']': '[' }[last];
    const isSentences = punctuation.test(rest) || (opening !== undefined && count(rest, opening) < count(rest, last));
    if (!isSentences) return rest;
    rest = rest.slice(0, -1);
  }
}

const count = (text: string, letter: string): number => text.split(letter).length - 1;

function linkTo(found: string): Required<Piece> | undefined {
  const mail = /^(?:mailto:)?([^/?#]+@[^/?#]+)$/i.exec(found)?.[1];
  if (mail) return { text: found, href: `mailto:${mail}` };
  const [, scheme = '', authority = '', rest = ''] = /^(https?:\/\/)?([^/?#]*)(.*)$/isu.exec(found) ?? [];
  const url = parse((scheme || 'https://') + authority + rest);
  // `https://bank.example@evil.example` leads to the latter, and is meant to be taken for the former.
  if (!url || authority.includes('@') || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  return { text: scheme + (isAsItSeems(authority, url) ? authority : url.host) + rest, href: url.href };
}

function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

/** Whether the name of a host, as it was written, can be taken for no other one. */
function isAsItSeems(authority: string, { host, hostname }: URL): boolean {
  const name = authority.replace(/:\d*$/, '').toLowerCase();
  if (name === hostname) return true;
  // Written otherwise, in letters that we do not know all of: `http://2130706433`, a full stop of another script.
  if (!host.includes('xn--') || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(name)) return false;
  return name.split('.').every(isOneScript);
}

/** Each a set of letters that are written together. Of Latin, those with marks that are seen: not ı, ĸ, ŀ, ŉ or ſ. */
const scripts = [
  /^[a-z0-9à-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįĵķĺļľłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž-]+$/u,
  /^[\p{Script=Cyrillic}0-9-]+$/u,
  /^[\p{Script=Greek}0-9-]+$/u,
  /^[\p{Script=Arabic}0-9-]+$/u,
  /^[\p{Script=Hebrew}0-9-]+$/u,
  /^[\p{Script=Devanagari}0-9-]+$/u,
  /^[\p{Script=Thai}0-9-]+$/u,
  /^[\p{Script=Hangul}0-9-]+$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー0-9-]+$/u,
];
/** Cyrillic and Greek letters that look like Latin ones: a name of these alone passes for another (аррӏе, ορο). */
const lookalike = /^[асԁеёһіїјӏорԛѕԝхуъьҽпгѵѡкмтвнαγικνορτυχωεηµ0-9-]+$/u;

function isOneScript(label: string): boolean {
  return scripts.some((script) => script.test(label)) && (/^[a-z0-9-]*$/.test(label) || !lookalike.test(label));
}
