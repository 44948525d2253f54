/** Reads the statistics of one RTCPeerConnection (W3C webrtc-stats). Pure. */

/** Counters of getStats() that grow during a call, and the gauges beside them. Times in seconds, as there. */
export interface Counters {
  readonly received: number;
  readonly lost: number;
  readonly jitter: number;
  readonly roundTrip: number;
  /** What the other side reports to have lost of ours, 0 to 1; undefined before its first report. */
  readonly remoteFractionLost: number | undefined;
  /** The jitter buffer's delay, summed over what it emitted, and how much that was. */
  readonly bufferDelay: number;
  readonly bufferEmitted: number;
}

/** Reads the counters of the audio of one RTCPeerConnection. */
export function countersOf(report: RTCStatsReport): Counters {
  let counters: Counters = {
    received: 0,
    lost: 0,
    jitter: 0,
    roundTrip: 0,
    remoteFractionLost: undefined,
    bufferDelay: 0,
    bufferEmitted: 0,
  };
  report.forEach((entry: Record<string, unknown>) => {
    const number = (name: string): number => (typeof entry[name] === 'number' ? entry[name] : 0);
    if (entry.type === 'inbound-rtp' && entry.kind === 'audio') {
      counters = {
        ...counters,
        received: counters.received + number('packetsReceived'),
        lost: counters.lost + number('packetsLost'),
        jitter: Math.max(counters.jitter, number('jitter')),
        bufferDelay: counters.bufferDelay + number('jitterBufferDelay'),
        bufferEmitted: counters.bufferEmitted + number('jitterBufferEmittedCount'),
      };
    } else if (entry.type === 'remote-inbound-rtp' && entry.kind === 'audio') {
      const fraction = Math.min(1, Math.max(0, number('fractionLost')));
      counters = { ...counters, remoteFractionLost: Math.max(counters.remoteFractionLost ?? 0, fraction) };
    } else if (entry.type === 'candidate-pair' && entry.nominated === true && entry.state === 'succeeded') {
      counters = { ...counters, roundTrip: number('currentRoundTripTime') };
    }
  });
  return counters;
}

/** Whether the path in use runs over a relay of ours. */
export function usesRelay(report: RTCStatsReport): boolean {
  const relays = new Set<string>();
  const used = new Set<string>();
  report.forEach((entry: Record<string, unknown>) => {
    if (entry.type === 'local-candidate' && entry.candidateType === 'relay') relays.add(String(entry.id));
    if (entry.type === 'candidate-pair' && entry.nominated === true) used.add(String(entry.localCandidateId));
  });
  return [...used].some((id) => relays.has(id));
}
