import { limits } from '../limits.ts';
import { refusalOf } from '../signalling/http.ts';
import { type Outgoing, SignallingError } from '../signalling/types.ts';
import { steadyNow } from '../steady.ts';
import type { About } from './controls.ts';
import type { Recording } from './phases.ts';
import type { CallEngineOptions } from './types.ts';

/** What every browser records can be one of these: Opus in WebM or Ogg, AAC or Opus in MP4 (Safari). */
const containers = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

export interface VoicemailOptions {
  readonly server: CallEngineOptions['voicemails'];
  /** @returns whether it took effect; if not, the page has heard why */
  readonly command: (message: Outgoing) => Promise<boolean>;
  /** The sound could not be put on the server: a SignallingError says why. */
  readonly onFailure: (error: unknown) => void;
  readonly onChange: () => void;
}

/** A message that a visitor speaks: recorded, heard again, sent or discarded. */
export class Voicemail {
  private readonly options: VoicemailOptions;
  private state: Recording | undefined;
  private recorder: MediaRecorder | undefined;
  private sound: Blob | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: VoicemailOptions) {
    this.options = options;
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
    const since = steadyNow();
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => this.recorded(new Blob(parts, { type: recorder.mimeType }), steadyNow() - since);
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
   * Puts the sound on the server, and in the place of a call. After a failure it is there to be sent again.
   * @returns whether it was sent
   */
  async send(callId: string, about: Omit<About, 'language'>): Promise<boolean> {
    const { state, sound } = this;
    const { server, command } = this.options;
    if (state?.stage !== 'recorded' || sound === undefined || server === undefined) return false;
    const sending: Recording = { ...state, stage: 'sending' };
    this.set(sending);
    const recordingId = await this.upload(server, sound);
    const { durationMs } = state;
    const sent = recordingId !== undefined && (await command({ type: 'leave_voicemail', callId, recordingId, durationMs, ...about }));
    if (this.state !== sending) return sent; // discarded meanwhile
    if (sent) this.forgetSound();
    this.set(sent ? { stage: 'sent' } : state);
    return sent;
  }

  private recorded(sound: Blob, durationMs: number): void {
    clearTimeout(this.timer);
    this.recorder = undefined;
    this.sound = sound;
    this.set({ stage: 'recorded', url: URL.createObjectURL(sound), durationMs: Math.round(Math.min(durationMs, limits.voicemailMaxMs)) });
  }

  private forgetSound(): void {
    this.sound = undefined;
    if (this.state && 'url' in this.state) URL.revokeObjectURL(this.state.url);
  }

  private set(state: Recording | undefined): void {
    if (state === this.state) return;
    this.state = state;
    this.options.onChange();
  }

  /** @returns the id of the recording, or undefined after a failure */
  private async upload({ url, getToken }: NonNullable<VoicemailOptions['server']>, sound: Blob): Promise<string | undefined> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${await getToken()}`, 'content-type': sound.type },
        body: sound,
        credentials: 'omit',
      });
      const answer: unknown = response.ok ? await response.json() : undefined;
      if (typeof answer === 'object' && answer !== null && 'recordingId' in answer) return String(answer.recordingId);
      this.options.onFailure(refusalOf(response));
    } catch (error) {
      this.options.onFailure(new SignallingError('unavailable', String(error))); // it could not be reached
    }
    return undefined;
  }
}
