import { limits } from '../limits.ts';
import { type Candidate, fragmentsOf } from './descriptions.ts';

/**
 * Candidates that came before the description they belong to. Pure except for its own list.
 * A candidate belongs to a description when its generation is that of the description's sender and its username
 * fragment, if it names one, is in the description. Candidates of other generations wait: their offer may still come.
 */
export class EarlyCandidates {
  private waiting: Candidate[] = [];

  add(candidate: Candidate): void {
    this.waiting.push(candidate);
    if (this.waiting.length > limits.earlyCandidatesMax) this.waiting.shift();
  }

  /** Takes out what belongs to the description, in the order in which it came. */
  take(remote: RemoteDescription): Candidate[] {
    const fitting = this.waiting.filter((candidate) => belongs(candidate, remote));
    this.waiting = this.waiting.filter((candidate) => !fitting.includes(candidate));
    return fitting;
  }
}

export interface RemoteDescription {
  readonly generation: string;
  readonly sdp: string;
}

/** Whether a candidate can be given to the RTCPeerConnection that has this remote description. */
export function belongs(candidate: Candidate, remote: RemoteDescription): boolean {
  if (candidate.generation !== undefined && candidate.generation !== remote.generation) return false;
  const fragment = candidate.init?.usernameFragment ?? /\bufrag (\S+)/.exec(candidate.init?.candidate ?? '')?.[1];
  return fragment === undefined || fragmentsOf(remote.sdp).includes(fragment);
}
