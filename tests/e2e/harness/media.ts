import type { Page } from '@playwright/test';

/** What the init script leaves in the page for the functions below. */
interface HearingWindow extends Window {
  hearing: { connections: RTCPeerConnection[]; context?: AudioContext };
}

/** How a page's RTCPeerConnections are watched, and whether they may use relays alone. Runs before the page's scripts. */
export function watchConnections({ relayOnly }: { relayOnly: boolean }): void {
  const connections: RTCPeerConnection[] = [];
  (window as unknown as HearingWindow).hearing = { connections };
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(relayOnly ? { ...configuration, iceTransportPolicy: 'relay' } : configuration);
      connections.push(this);
    }

    override setConfiguration(configuration?: RTCConfiguration): void {
      super.setConfiguration(relayOnly ? { ...configuration, iceTransportPolicy: 'relay' } : configuration);
    }
  };
}

/**
 * The frequency in Hz that stands out in what this page receives from the other side; 0 where it receives no live audio,
 * or nothing louder than the noise. Listens for half a second, more than a pulse of the fake microphones.
 */
export function dominantFrequency(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const hearing = (window as unknown as HearingWindow).hearing;
    const track = hearing.connections
      .filter((connection) => connection.connectionState === 'connected')
      .flatMap((connection) => connection.getReceivers().map((receiver) => receiver.track))
      .filter((candidate) => candidate.kind === 'audio' && candidate.readyState === 'live')
      .at(-1);
    if (!track) return 0;

    hearing.context ??= new AudioContext();
    const context = hearing.context;
    await context.resume();
    const stream = new MediaStream([track]);
    // Chromium decodes a remote track for Web Audio only while an element plays it, too.
    const player = new Audio();
    player.muted = true;
    player.srcObject = stream;
    await player.play().catch(() => undefined);
    const source = context.createMediaStreamSource(stream);
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    source.connect(analyser);

    const loudest = new Float32Array(analyser.frequencyBinCount).fill(-Infinity);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    const until = context.currentTime + 0.5;
    while (context.currentTime < until) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      analyser.getFloatFrequencyData(spectrum);
      spectrum.forEach((decibels, bin) => {
        loudest[bin] = Math.max(loudest[bin] ?? -Infinity, decibels);
      });
    }
    source.disconnect();
    player.srcObject = null;

    const hertzPerBin = context.sampleRate / analyser.fftSize;
    const lowest = Math.ceil(100 / hertzPerBin);
    let best = lowest;
    for (let bin = lowest; bin < loudest.length; bin += 1) {
      if ((loudest[bin] ?? -Infinity) > (loudest[best] ?? -Infinity)) best = bin;
    }
    return (loudest[best] ?? -Infinity) > -65 ? Math.round(best * hertzPerBin) : 0;
  });
}

/** The mean colour of the picture that this page receives now, in degrees of the colour wheel; -1 where none comes. */
export function pictureHue(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const hearing = (window as unknown as HearingWindow).hearing;
    const track = hearing.connections
      .filter((connection) => connection.connectionState === 'connected')
      .flatMap((connection) => connection.getReceivers().map((receiver) => receiver.track))
      .find((candidate) => candidate.kind === 'video' && candidate.readyState === 'live' && !candidate.muted);
    if (!track) return -1;

    const screen = document.createElement('video');
    screen.muted = true;
    screen.srcObject = new MediaStream([track]);
    const shown = new Promise((resolve) => { screen.requestVideoFrameCallback(resolve); });
    const waited = new Promise((resolve) => { setTimeout(resolve, 2_000); });
    await screen.play().catch(() => undefined);
    await Promise.race([shown, waited]);
    const size = 16;
    const context = new OffscreenCanvas(size, size).getContext('2d');
    context?.drawImage(screen, 0, 0, size, size);
    screen.srcObject = null;
    const sums = [0, 0, 0, 0];
    context?.getImageData(0, 0, size, size).data.forEach((value, index) => { sums[index % 4] = (sums[index % 4] ?? 0) + value; });
    const [red = 0, green = 0, blue = 0] = sums;

    const most = Math.max(red, green, blue);
    const range = most - Math.min(red, green, blue);
    if (range === 0) return -1;
    const sector = most === red ? (green - blue) / range : most === green ? 2 + (blue - red) / range : 4 + (red - green) / range;
    return (60 * sector + 360) % 360;
  });
}

/** How many RTCPeerConnections this page has opened since it was loaded. */
export function connectionsOpened(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as HearingWindow).hearing.connections.length);
}

/** The kinds of the local candidates that carry this page's media now: `host`, `srflx`, `prflx` or `relay`. */
export function candidateTypes(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const hearing = (window as unknown as HearingWindow).hearing;
    const types: string[] = [];
    for (const connection of hearing.connections.filter((one) => one.connectionState === 'connected')) {
      const reports = new Map<string, Record<string, unknown>>();
      (await connection.getStats()).forEach((report: Record<string, unknown>) => reports.set(String(report.id), report));
      for (const report of reports.values()) {
        if (report.type !== 'transport' || typeof report.selectedCandidatePairId !== 'string') continue;
        const pair = reports.get(report.selectedCandidatePairId);
        const local = reports.get(String(pair?.localCandidateId));
        types.push(String(local?.candidateType));
      }
    }
    return types;
  });
}

/** Packets of video that have arrived in this page, over all its connections. */
export function videoPackets(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let packets = 0;
    for (const connection of (window as unknown as HearingWindow).hearing.connections) {
      if (connection.connectionState !== 'connected') continue;
      (await connection.getStats()).forEach((report: Record<string, unknown>) => {
        if (report.type === 'inbound-rtp' && report.kind === 'video') packets += Number(report.packetsReceived);
      });
    }
    return packets;
  });
}
