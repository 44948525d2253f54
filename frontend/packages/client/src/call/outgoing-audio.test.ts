import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeAudioContext, FakeStream, FakeTrack } from '../testing.ts';
import { OutgoingAudio, type Voices } from './outgoing-audio.ts';

let audio: FakeAudioContext;
let outgoing: OutgoingAudio;
const microphone = new FakeTrack('audio');
const other = new FakeTrack('audio');

const track = (voices: { own?: boolean; others?: FakeTrack[]; microphone?: FakeTrack | undefined }): FakeTrack | undefined =>
  outgoing.track({ microphone, own: true, others: [], audio, ...voices } as unknown as Voices) as unknown as FakeTrack | undefined;

beforeEach(() => {
  vi.stubGlobal('MediaStream', FakeStream);
  microphone.enabled = true;
  audio = new FakeAudioContext();
  outgoing = new OutgoingAudio();
});

describe('the sound that goes into a connection', () => {
  it('is a copy of the microphone, which can be silent while the microphone is not', () => {
    const sent = track({ own: false });

    expect(sent?.source).toBe(microphone);
    expect(sent?.enabled).toBe(false);
    expect(microphone.enabled).toBe(true);
  });

  it('stays the same track on hold and after it', () => {
    const before = track({});
    const held = track({ own: false });

    expect(held).toBe(before);
    expect(track({})?.enabled).toBe(true);
  });

  it('is silent while the microphone is muted', () => {
    microphone.enabled = false;

    expect(track({})?.enabled).toBe(false);
  });

  it('is the new microphone once there is one, and the old copy is let go of', () => {
    const before = track({});
    const another = new FakeTrack('audio');

    expect(track({ microphone: another })?.source).toBe(another);
    expect(before?.readyState).toBe('ended');
  });

  it('is mixed with what is passed on', () => {
    const sent = track({ others: [other] });
    const [mix] = audio.mixes;

    expect(sent).toBe(mix?.track);
    expect([...(mix?.sources ?? [])].map((one) => one.source ?? one)).toEqual([microphone, other]);
    expect(track({ others: [other] })).toBe(sent);
  });

  it('is the microphone alone when nothing is passed on any more, and the mix is taken apart', () => {
    const mixed = track({ others: [other] });

    expect(track({})?.source).toBe(microphone);
    expect(mixed?.readyState).toBe('ended');
    expect(audio.mixes[0]?.sources.size).toBe(0);
    expect(other.readyState).toBe('live');
  });

  it('is the microphone alone while the mixer does not run', () => {
    audio.state = 'suspended';

    expect(track({ others: [other] })?.source).toBe(microphone);
  });

  it('is what is passed on, without a microphone', () => {
    expect(track({ microphone: undefined, others: [other] })).toBe(audio.mixes[0]?.track);
    expect(track({ microphone: undefined })).toBeUndefined();
  });

  it('leaves nothing open at the end', () => {
    const sent = track({});
    outgoing.stop();

    expect(sent?.readyState).toBe('ended');
    expect(microphone.readyState).toBe('live');
  });
});
