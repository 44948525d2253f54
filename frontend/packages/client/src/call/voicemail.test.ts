import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../limits.ts';
import { Voicemail } from './voicemail.ts';

class FakeRecorder {
  static readonly supported = new Set<string>();
  static isTypeSupported = (type: string): boolean => FakeRecorder.supported.has(type);
  static last: FakeRecorder;
  state = 'inactive';
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;
  readonly mimeType: string;

  constructor(_: unknown, options: { mimeType?: string }) {
    this.mimeType = options.mimeType ?? 'audio/whatever';
    FakeRecorder.last = this;
  }

  start(): void {
    this.state = 'recording';
  }

  stop(): void {
    this.state = 'inactive';
    this.ondataavailable?.({ data: new Blob(['sound']) });
    this.onstop?.();
  }
}

const track = {} as MediaStreamTrack;
const server = { url: 'https://host/api/v1/voicemails', getToken: async () => 'token' };
const answers = (body: object, init: ResponseInit = {}) => vi.fn(async () => new Response(JSON.stringify(body), init));
const revoked = vi.fn();
let voicemail: Voicemail;

beforeEach(() => {
  vi.useFakeTimers();
  FakeRecorder.supported.clear();
  FakeRecorder.supported.add('audio/webm;codecs=opus').add('audio/mp4');
  vi.stubGlobal('MediaRecorder', FakeRecorder);
  vi.stubGlobal('MediaStream', class {});
  vi.stubGlobal('URL', { createObjectURL: () => 'blob:1', revokeObjectURL: revoked.mockClear() });
  voicemail = new Voicemail(() => undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function record(ms: number): void {
  voicemail.start(track);
  vi.advanceTimersByTime(ms);
  voicemail.stop();
}

describe('a voicemail', () => {
  it('is recorded, and can be heard before it is sent', () => {
    record(3_000);

    expect(voicemail.recording).toEqual({ stage: 'recorded', url: 'blob:1', durationMs: 3_000 });
  });

  it('stops by itself after two minutes', () => {
    voicemail.start(track);
    vi.advanceTimersByTime(limits.voicemailMaxMs);

    expect(voicemail.recording).toMatchObject({ stage: 'recorded', durationMs: 120_000 });
  });

  it('ends with its microphone', () => {
    voicemail.start(track);
    FakeRecorder.last.stop();

    expect(voicemail.recording?.stage).toBe('recorded');
  });

  it.each([
    [['audio/webm;codecs=opus', 'audio/mp4'], 'audio/webm;codecs=opus'],
    [['audio/mp4'], 'audio/mp4'],
    [[], 'audio/whatever'],
  ])('is in a container that the browser can write: of %o it is %s', (supported, used) => {
    FakeRecorder.supported.clear();
    for (const type of supported) FakeRecorder.supported.add(type);
    voicemail.start(track);

    expect(FakeRecorder.last.mimeType).toBe(used);
  });

  it('is uploaded as it is, with the token, and then announced', async () => {
    const fetched = answers({ recordingId: 'rec-1' });
    vi.stubGlobal('fetch', fetched);
    const announce = vi.fn(async () => true);
    record(3_000);

    expect(await voicemail.send(server, announce)).toBe(true);
    const [url, request] = fetched.mock.calls[0] as unknown as [string, RequestInit];
    expect(url).toBe(server.url);
    expect(request.headers).toEqual({ authorization: 'Bearer token', 'content-type': 'audio/webm;codecs=opus' });
    expect(await (request.body as Blob).text()).toBe('sound');
    expect(announce).toHaveBeenCalledWith('rec-1', 3_000);
    expect(voicemail.recording).toEqual({ stage: 'sent' });
    expect(revoked).toHaveBeenCalledWith('blob:1');
  });

  it('is there to be sent again when the server did not take it', async () => {
    vi.stubGlobal('fetch', answers({}, { status: 413 }));
    record(3_000);

    await expect(voicemail.send(server, async () => true)).rejects.toMatchObject({ code: 'too_large' });
    expect(voicemail.recording?.stage).toBe('recorded');
  });

  it('is there to be sent again when the contact was refused', async () => {
    vi.stubGlobal('fetch', answers({ recordingId: 'rec-1' }));
    record(3_000);

    expect(await voicemail.send(server, async () => false)).toBe(false);
    expect(voicemail.recording?.stage).toBe('recorded');
  });

  it('leaves nothing behind when it is discarded, while recording as well', () => {
    voicemail.start(track);
    voicemail.discard();

    expect(FakeRecorder.last.state).toBe('inactive');
    expect(voicemail.recording).toBeUndefined();
  });
});
