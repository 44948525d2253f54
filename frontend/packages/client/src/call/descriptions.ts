/** Session descriptions and candidates as they travel between two pages (docs/protocol.md, Contacts). */

/** An offer or answer. Version 1 peers send only `type` and `sdp`. */
export interface Description {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
  /** Names the sender's RTCPeerConnection. */
  readonly generation?: string;
  /** In an answer: the `generation` of the offer. */
  readonly inReplyTo?: string;
}

/** A candidate, or null at the end of them. `generation` names the sender's RTCPeerConnection. */
export interface Candidate {
  readonly init: RTCIceCandidateInit | null;
  readonly generation: string | undefined;
}

/** @returns the description, or undefined for anything that is none: it comes from the other side, unchecked */
export function parseDescription(value: unknown): Description | undefined {
  if (!isRecord(value)) return undefined;
  const { type, sdp, generation, inReplyTo } = value;
  if ((type !== 'offer' && type !== 'answer') || typeof sdp !== 'string') return undefined;
  return {
    type,
    sdp,
    ...(typeof generation === 'string' ? { generation } : {}),
    ...(typeof inReplyTo === 'string' ? { inReplyTo } : {}),
  };
}

/** @returns the candidate, or undefined for anything that is none */
export function parseCandidate(value: unknown): Candidate | undefined {
  if (value === null) return { init: null, generation: undefined };
  if (!isRecord(value) || typeof value.candidate !== 'string') return undefined;
  const generation = typeof value.generation === 'string' ? value.generation : undefined;
  if (value.candidate === '') return { init: null, generation };
  const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = value;
  return {
    init: {
      candidate,
      ...(typeof sdpMid === 'string' ? { sdpMid } : {}),
      ...(typeof sdpMLineIndex === 'number' ? { sdpMLineIndex } : {}),
      ...(typeof usernameFragment === 'string' ? { usernameFragment } : {}),
    },
    generation,
  };
}

/**
 * What names the sender's RTCPeerConnection. Version 1 peers do not say; the session id of the `o=` line stays the same
 * for the life of a connection and changes with a new one (RFC 8829 §5.2.1).
 */
export function generationOf(description: Description): string {
  return description.generation ?? `o=${/^o=\S+ (\S+)/m.exec(description.sdp)?.[1] ?? ''}`;
}

/** The ICE username fragments of a description: a candidate of another fragment belongs to another one. */
export function fragmentsOf(sdp: string): readonly string[] {
  return [...sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].flatMap((match) => match[1] ?? []);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
