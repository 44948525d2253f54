import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../limits.ts';
import { codeOf, type Outgoing } from '../signalling/types.ts';
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
const answers = (body: object, init: ResponseInit = {}) => vi.fn(async () => new Response(JSON.stringify(body), init));
const revoked = vi.fn();
let voicemail: Voicemail;
let taken: boolean;
let commands: Outgoing[];
let failures: string[];

beforeEach(() => {
  vi.useFakeTimers();
  FakeRecorder.supported.clear();
  FakeRecorder.supported.add('audio/webm;codecs=opus').add('audio/mp4');
  vi.stubGlobal('MediaRecorder', FakeRecorder);
  vi.stubGlobal('MediaStream', class {});
  vi.stubGlobal('URL', { createObjectURL: () => 'blob:1', revokeObjectURL: revoked.mockClear() });
  taken = true;
  commands = [];
  failures = [];
  voicemail = new Voicemail({
    server: { url: 'https://host/api/v1/voicemails', getToken: async () => 'token' },
    command: async (message) => {
      commands.push(message);
      return taken;
    },
    onFailure: (error) => failures.push(codeOf(error)),
    onChange: () => undefined,
  });
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

  it('is uploaded as it is, with the token, and takes the place of the call', async () => {
    const fetched = answers({ recordingId: 'rec-1' });
    vi.stubGlobal('fetch', fetched);
    record(3_000);

    expect(await voicemail.send('call-1', { queueId: 'sales' })).toBe(true);
    const [url, request] = fetched.mock.calls[0] as unknown as [string, RequestInit];
    expect(url).toBe('https://host/api/v1/voicemails');
    expect(request.headers).toEqual({ authorization: 'Bearer token', 'content-type': 'audio/webm;codecs=opus' });
    expect(await (request.body as Blob).text()).toBe('sound');
    expect(commands).toEqual([{ type: 'leave_voicemail', callId: 'call-1', recordingId: 'rec-1', durationMs: 3_000, queueId: 'sales' }]);
    expect(voicemail.recording).toEqual({ stage: 'sent' });
    expect(revoked).toHaveBeenCalledWith('blob:1');
  });

  it('is not sent without a server, and stays', async () => {
    voicemail = new Voicemail({ server: undefined, command: async () => true, onFailure: () => undefined, onChange: () => undefined });
    record(3_000);

    expect(await voicemail.send('call-1', {})).toBe(false);
    expect(voicemail.recording?.stage).toBe('recorded');
  });

  it.each([
    ['does not take it', answers({}, { status: 413 }), 'too_large'],
    ['fails', answers({}, { status: 503 }), 'unavailable'],
    ['cannot be reached', vi.fn(() => Promise.reject(new TypeError())), 'unavailable'],
  ])('is there to be sent again when the server %s', async (_, fetched, code) => {
    vi.stubGlobal('fetch', fetched);
    record(3_000);

    expect(await voicemail.send('call-1', {})).toBe(false);
    expect(failures).toEqual([code]);
    expect(voicemail.recording?.stage).toBe('recorded');
  });

  it('is there to be sent again when the contact was refused', async () => {
    vi.stubGlobal('fetch', answers({ recordingId: 'rec-1' }));
    taken = false;
    record(3_000);

    expect(await voicemail.send('call-1', {})).toBe(false);
    expect(voicemail.recording?.stage).toBe('recorded');
  });

  it('leaves nothing behind when it is discarded, while recording as well', () => {
    voicemail.start(track);
    voicemail.discard();

    expect(FakeRecorder.last.state).toBe('inactive');
    expect(voicemail.recording).toBeUndefined();
  });
});
