import type { Handover } from './types.ts';

const mark = 'calldocker=';

/**
 * An address of the page that brings the same person back, on any device. What it takes to be that person is in the
 * fragment, which browsers send to no server; a page should remove it from its address once it has been read.
 */
export function resumeLink(page: string, { accessToken, resumeToken }: Handover): string {
  const url = new URL(page);
  url.hash = mark + encodeURIComponent(`${accessToken} ${resumeToken}`);
  return url.href;
}

/** @returns what the fragment of this address hands over, or undefined if it is no such address */
export function readResumeLink(page: string): Handover | undefined {
  const { hash } = new URL(page);
  if (!hash.startsWith(`#${mark}`)) return undefined;
  try {
    const [accessToken, resumeToken] = decodeURIComponent(hash.slice(1 + mark.length)).split(' ');
    return accessToken && resumeToken ? { accessToken, resumeToken } : undefined;
  } catch {
    return undefined; // a fragment that somebody else has made
  }
}
