import { limits } from '../limits.ts';

/** What can be seen of a media path at one moment. */
export interface Sample {
  readonly ice: RTCIceConnectionState;
  /** Audio packets that came since the RTCPeerConnection began. */
  readonly packets: number;
  /** Whether an offer would reach anyone now. */
  readonly signalling: boolean;
}

/** What has been seen. Times in milliseconds. */
export interface Watch {
  /** Audio comes in; `media_state` reports it to the server. */
  readonly up: boolean;
  readonly packets: number;
  readonly grewAt: number;
  readonly troubleSince: number | undefined;
  readonly tries: number;
  readonly triedAt: number;
}

/** What to do about lost media: look for a new path, or begin again with a new RTCPeerConnection. */
export type Remedy = 'restart' | 'rebuild' | undefined;

export function startWatch(now: number): Watch {
  return { up: false, packets: 0, grewAt: now, troubleSince: undefined, tries: 0, triedAt: Number.NEGATIVE_INFINITY };
}

/**
 * One look at the media. Pure. Media is lost after 5 s without a packet, after 3 s of ICE `disconnected`, and at once when
 * ICE has failed; a remedy is tried every 10 s from then on, every third of them a new beginning. While signalling is
 * away nothing is tried: the path may well come back by itself, and stale offers do harm.
 */
export function watchMedia(watch: Watch, sample: Sample, now: number): { watch: Watch; remedy: Remedy } {
  const grew = sample.packets !== watch.packets && sample.packets > 0;
  const trouble = sample.ice === 'disconnected' || sample.ice === 'failed';
  const troubleSince = trouble ? (watch.troubleSince ?? now) : undefined;
  const grewAt = grew ? now : watch.grewAt;
  const silent = now - grewAt >= limits.noInboundMs;
  const cut = sample.ice === 'failed' || (troubleSince !== undefined && now - troubleSince >= limits.iceDisconnectedMs);
  const up = !silent && !cut && (watch.up || grew);
  const next: Watch = { ...watch, up, packets: sample.packets, grewAt, troubleSince };
  if (up) return { watch: { ...next, tries: 0, triedAt: Number.NEGATIVE_INFINITY }, remedy: undefined };
  if ((!silent && !cut) || !sample.signalling || now - watch.triedAt < limits.recoveryTryMs) return { watch: next, remedy: undefined };
  const tries = watch.tries + 1;
  return { watch: { ...next, tries, triedAt: now }, remedy: tries % 3 === 0 ? 'rebuild' : 'restart' };
}
