import { limits } from '../limits.ts';
import { SignallingError } from '../signalling/types.ts';
import type { Recording } from './types.ts';

/** What every browser records can be one of these: Opus in WebM or Ogg, AAC or Opus in MP4 (Safari). */
const containers = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

export interface VoicemailServer {
  readonly url: string;
  readonly getToken: () => Promise<string>;
}

/** A message that a visitor speaks: recorded, heard again, sent or discarded. */
export class Voicemail {
  private readonly onChange: () => void;
  private state: Recording | undefined;
  private recorder: MediaRecorder | undefined;
  private sound: Blob | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  get recording(): Recording | undefined {
    return this.state;
  }

  /** Records until `stop()`, the longest time, or the end of the track. @throws where the browser cannot record */
  start(track: MediaStreamTrack): void {
    this.discard();
    const mimeType = containers.find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(new MediaStream([track]), mimeType === undefined ? {} : { mimeType });
    const parts: Blob[] = [];
    const since = Date.now();
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => this.recorded(new Blob(parts, { type: recorder.mimeType }), Date.now() - since);
    recorder.start();
    this.recorder = recorder;
    this.timer = setTimeout(() => this.stop(), limits.voicemailMaxMs);
    this.set({ stage: 'recording', since, endsAt: since + limits.voicemailMaxMs });
  }

  stop(): void {
    clearTimeout(this.timer);
    if (this.recorder?.state === 'recording') this.recorder.stop();
  }

  /** Nothing of it is left, sent or not. */
  discard(): void {
    if (this.recorder) this.recorder.onstop = null;
    this.stop();
    this.recorder = undefined;
    this.forgetSound();
    this.set(undefined);
  }

  /**
   * Puts the sound on the server, and tells it with `announce`. After a failure it is there to be sent again.
   * @returns whether it was sent
   * @throws SignallingError: what the server answered; TypeError: it could not be reached
   */
  async send(server: VoicemailServer, announce: (recordingId: string, durationMs: number) => Promise<boolean>): Promise<boolean> {
    const { state, sound } = this;
    if (state?.stage !== 'recorded' || sound === undefined) return false;
    const sending: Recording = { ...state, stage: 'sending' };
    this.set(sending);
    let sent = false;
    try {
      sent = await announce(await upload(server, sound), state.durationMs);
    } finally {
      if (this.state === sending) this.finishSending(sent, state);
    }
    return sent;
  }

  private recorded(sound: Blob, durationMs: number): void {
    clearTimeout(this.timer);
    this.recorder = undefined;
    this.sound = sound;
    this.set({ stage: 'recorded', url: URL.createObjectURL(sound), durationMs: Math.min(durationMs, limits.voicemailMaxMs) });
  }

  private finishSending(sent: boolean, recorded: Recording): void {
    if (sent) this.forgetSound();
    this.set(sent ? { stage: 'sent' } : recorded);
  }

  private forgetSound(): void {
    this.sound = undefined;
    if (this.state && 'url' in this.state) URL.revokeObjectURL(this.state.url);
  }

  private set(state: Recording | undefined): void {
    if (state === this.state) return;
    this.state = state;
    this.onChange();
  }
}

/** @returns the id of the recording */
async function upload({ url, getToken }: VoicemailServer, sound: Blob): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${await getToken()}`, 'content-type': sound.type },
    body: sound,
    credentials: 'omit',
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && typeof answer === 'object' && answer !== null && 'recordingId' in answer) return String(answer.recordingId);
  throw new SignallingError(response.status === 413 ? 'too_large' : 'unavailable', `the server answered ${response.status}`);
}
