import type { Page } from '@playwright/test';

/** What the init script leaves in the page for the functions below. */
interface HearingWindow extends Window {
  hearing: { connections: RTCPeerConnection[]; players: Set<HTMLMediaElement>; microphones: MediaStreamTrack[]; context?: AudioContext };
}

/** How a page's RTCPeerConnections are watched, and whether they may use relays alone. Runs before the page's scripts. */
export function watchConnections({ relayOnly }: { relayOnly: boolean }): void {
  const connections: RTCPeerConnection[] = [];
  const players = new Set<HTMLMediaElement>();
  const microphones: MediaStreamTrack[] = [];
  (window as unknown as HearingWindow).hearing = { connections, players, microphones };
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    players.add(this);
    return play.call(this);
  };
  const open = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
  if (open) {
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      microphones.push(...stream.getAudioTracks());
      return stream;
    };
  }
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

/** Whether this page plays what it receives: an element of its own runs, aloud, with a live voice in it. */
export function playsVoices(page: Page): Promise<boolean> {
  return page.evaluate(() => [...(window as unknown as HearingWindow).hearing.players].some((player) => {
    const voices = player.srcObject instanceof MediaStream ? player.srcObject.getAudioTracks() : [];
    return !player.paused && !player.muted && player.volume > 0 && voices.some(({ readyState, muted }) => readyState === 'live' && !muted);
  }));
}

/** Whether a voice comes in at this moment, whoever's it is. */
export function receivesVoice(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    let loudest = 0;
    for (const connection of (window as unknown as HearingWindow).hearing.connections) {
      if (connection.connectionState !== 'connected') continue;
      (await connection.getStats()).forEach((report: Record<string, unknown>) => {
        if (report.type === 'inbound-rtp' && report.kind === 'audio') loudest = Math.max(loudest, Number(report.audioLevel));
      });
    }
    return loudest > 0.01;
  });
}

/** How many microphones this page has open. */
export function openMicrophones(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as HearingWindow).hearing.microphones.filter(({ readyState }) => readyState === 'live').length);
}

/** Nothing comes in that the page could know of, as behind a wall that lets packets out alone. Runs before the page's scripts. */
export function receiveNothing(): void {
  const getStats = RTCPeerConnection.prototype.getStats;
  RTCPeerConnection.prototype.getStats = async function (this: RTCPeerConnection, ...args: []) {
    const report = await getStats.apply(this, args);
    return new Map([...(report as unknown as Map<string, RTCStats>)].filter(([, { type }]) => type !== 'inbound-rtp')) as unknown as RTCStatsReport;
  };
}

/** Ends what goes between this page and all others, as a network does that is gone. */
export function cutMedia(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const connection of (window as unknown as HearingWindow).hearing.connections) connection.close();
  });
}

/** How loud what this page receives from others is, in decibels at each frequency. */
interface Spectrum { hertzPerBin: number; decibels: number[] }

/** Quieter is noise. */
const AUDIBLE_DB = -65;
/** A voice is at most so much quieter than the loudest; what is quieter still is an overtone of another. */
const VOICES_APART_DB = 25;
/** No voice is lower. */
const LOWEST_HZ = 100;
const HIGHEST_HZ = 4_000;

/**
 * What this page receives from all others together and would play; undefined where it receives no live audio. Listens for
 * half a second, more than a pulse of the fake microphones.
 */
function listen(page: Page): Promise<Spectrum | undefined> {
  return page.evaluate(async (highest) => {
    const hearing = (window as unknown as HearingWindow).hearing;
    const tracks = hearing.connections
      .filter((connection) => connection.connectionState === 'connected')
      .flatMap((connection) => connection.getReceivers().map((receiver) => receiver.track))
      .filter((candidate) => candidate.kind === 'audio' && candidate.readyState === 'live');
    if (tracks.length === 0) return undefined;

    hearing.context ??= new AudioContext();
    const context = hearing.context;
    await context.resume();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    const sources = await Promise.all(tracks.map(async (track) => {
      const stream = new MediaStream([track]);
      // Chromium decodes a remote track for Web Audio only while an element plays it, too.
      const player = new Audio();
      player.muted = true;
      player.srcObject = stream;
      player.play().catch(() => undefined); // not waited for: of a connection that has just ended it never begins
      const source = context.createMediaStreamSource(stream);
      source.connect(analyser);
      return { player, source };
    }));

    const hertzPerBin = context.sampleRate / analyser.fftSize;
    const loudest = new Float32Array(Math.ceil(highest / hertzPerBin)).fill(-Infinity);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    const until = context.currentTime + 0.5;
    while (context.currentTime < until) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      analyser.getFloatFrequencyData(spectrum);
      loudest.forEach((decibels, bin) => {
        loudest[bin] = Math.max(decibels, spectrum[bin] ?? -Infinity);
      });
    }
    for (const { player, source } of sources) {
      source.disconnect();
      player.srcObject = null;
    }
    return { hertzPerBin, decibels: [...loudest] };
  }, HIGHEST_HZ);
}

/** The loudest frequency in Hz that this page receives; 0 if it receives nothing, or nothing louder than the noise. */
export async function dominantFrequency(page: Page): Promise<number> {
  const spectrum = await listen(page);
  if (!spectrum) return 0;
  const voices = spectrum.decibels.slice(Math.ceil(LOWEST_HZ / spectrum.hertzPerBin));
  const loudest = Math.max(...voices);
  return loudest > AUDIBLE_DB ? Math.round((voices.indexOf(loudest) + Math.ceil(LOWEST_HZ / spectrum.hertzPerBin)) * spectrum.hertzPerBin) : 0;
}

/** Which of these tones are in what this page receives, alone or together. */
export async function tonesHeard(page: Page, tones: readonly number[]): Promise<number[]> {
  const spectrum = await listen(page);
  if (!spectrum) return [];
  const { hertzPerBin, decibels } = spectrum;
  const loudest = Math.max(...decibels.slice(Math.ceil(LOWEST_HZ / hertzPerBin)));
  const quietest = Math.max(AUDIBLE_DB, loudest - VOICES_APART_DB);
  const loudnessAt = (tone: number) => {
    const bin = Math.round(tone / hertzPerBin);
    return Math.max(...decibels.slice(bin - 2, bin + 3));
  };
  return tones.filter((tone) => loudnessAt(tone) > quietest);
}

/** The mean colour of the picture that this page receives now, in degrees of the colour wheel; -1 where none comes. */
export function pictureHue(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const hearing = (window as unknown as HearingWindow).hearing;
    const track = hearing.connections
      .filter((connection) => connection.connectionState === 'connected')
      .flatMap((connection) => connection.getTransceivers())
      // A late packet unmutes the track of a picture that has been taken back.
      .filter(({ currentDirection }) => currentDirection === 'sendrecv' || currentDirection === 'recvonly')
      .map(({ receiver }) => receiver.track)
      .find((candidate) => candidate.kind === 'video' && candidate.readyState === 'live' && !candidate.muted);
    if (!track) return -1;

    const screen = document.createElement('video');
    screen.muted = true;
    screen.srcObject = new MediaStream([track]);
    const shown = new Promise((resolve) => { screen.requestVideoFrameCallback(resolve); });
    const waited = new Promise((resolve) => { setTimeout(resolve, 2_000); });
    // It begins with the first frame, which does not come any more when the picture has just been taken back.
    screen.play().catch(() => undefined);
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
