import { describe, expect, it } from 'vitest';
import { contact, established, message, reset, timestamp } from '../testing.ts';
import { freshness, initialLiveState, markStale, reduce } from './reduce.ts';
import type { LiveState } from './types.ts';

const now = Date.parse(timestamp) - 1_500;
const begun = [established(), reset()].reduce((state, one) => reduce(state, one, now), initialLiveState);
const after = (state: LiveState, ...messages: Parameters<typeof reduce>[1][]): LiveState =>
  messages.reduce((before, one) => reduce(before, one, now), state);

describe('the live view', () => {
  it('is stale until the snapshot of a new session has come', () => {
    const connected = reduce(initialLiveState, established(), now);

    expect(connected.stale).toBe(true);
    expect(reduce(connected, reset(), now).stale).toBe(false);
  });

  it('knows how far the clock of the server is ahead', () => {
    expect(begun.clockOffsetMs).toBe(1_500);
  });

  it('follows the clock of the server when that was corrected, which counts for nothing else', () => {
    const serverTime = new Date(now + 2_000).toISOString();
    const corrected = after(begun, message('clock', begun.seq ?? 0, { serverTime }));

    expect(corrected).toEqual({ ...begun, clockOffsetMs: 2_000 });
    expect(freshness(corrected, message('pong', (begun.seq ?? 0) + 1))).toBe('new');
  });

  it('believes no message that came before it was sent: this page’s clock has stood still, as in a computer that slept', () => {
    const awake = message('pong', 2, { timestamp: new Date(now + 60_000).toISOString() });
    const late = message('pong', 2, { timestamp: new Date(now - 60_000).toISOString() });

    expect(after(begun, awake).clockOffsetMs).toBe(60_000);
    expect(after(begun, late).clockOffsetMs).toBe(1_500);
  });

  it('is not changed by a message that came before', () => {
    const state = after(begun, message('contact_offered', 2, { contact: contact({ you: 'offered' }) }));

    expect(reduce(state, message('contact_revoked', 2, { callId: 'call-1', reason: 'ended' }), now)).toBe(state);
  });

  it('is stale after a gap, and takes nothing from behind it', () => {
    const gap = message('contact_offered', 3, { contact: contact({ you: 'offered' }) });

    expect(freshness(begun, gap)).toBe('gap');
    expect(reduce(begun, gap, now)).toEqual({ ...begun, stale: true });
  });

  it('goes on where it was when the session resumes with nothing lost', () => {
    const lost = markStale(after(begun, message('pong', 2)));
    const resumed = reduce(lost, established({ resumed: true, seq: 2 }), now);

    expect(resumed.stale).toBe(false);
    expect(after(resumed, message('pong', 3)).seq).toBe(3);
  });

  it('waits for the snapshot when the session resumed without memory of it', () => {
    expect(reduce(initialLiveState, established({ resumed: true, seq: 41 }), now).stale).toBe(true);
  });

  it('is replaced whole by a snapshot, offers apart from own contacts', () => {
    const state = after(
      begun,
      message('contact_offered', 2, { contact: contact({ callId: 'old', you: 'offered' }) }),
      reset({
        reason: 'epoch',
        snapshot: {
          rooms: [{ roomId: 'r', users: ['u'] }],
          contacts: [contact({ you: 'agent' }), contact({ callId: 'call-2', you: 'offered' })],
        },
      }),
    );

    expect(Object.keys(state.contacts)).toEqual(['call-1']);
    expect(Object.keys(state.offers)).toEqual(['call-2']);
    expect(state.rooms).toEqual({ r: ['u'] });
    expect(state.seq).toBe(1);
  });

  it('follows rooms: joined, once each, and left', () => {
    const state = after(
      begun,
      message('room_joined', 2, { roomId: 'r', users: ['u'] }),
      message('user_joined', 3, { roomId: 'r', userId: 'v' }),
      message('user_joined', 4, { roomId: 'r', userId: 'v' }),
      message('user_left', 5, { roomId: 'r', userId: 'u' }),
      message('user_joined', 6, { roomId: 'unknown', userId: 'v' }),
    );

    expect(state.rooms).toEqual({ r: ['v'] });
  });

  it('turns an offer into an own contact when it is won', () => {
    const state = after(
      begun,
      message('contact_offered', 2, { contact: contact({ you: 'offered', state: 'offering' }) }),
      message('contact_state', 3, { contact: contact({ you: 'agent', state: 'connecting' }) }),
    );

    expect(state.offers).toEqual({});
    expect(state.contacts['call-1']?.state).toBe('connecting');
  });

  it('keeps a contact that has ended until the next one', () => {
    const ended = after(begun, message('contact_state', 2, { contact: contact({ state: 'closed' }) }));
    const next = after(ended, message('contact_state', 3, { contact: contact({ callId: 'call-2' }) }));

    expect(Object.keys(ended.contacts)).toEqual(['call-1']);
    expect(Object.keys(next.contacts)).toEqual(['call-2']);
  });

  it('keeps the last place while the contact waits', () => {
    const place = { place: 3, minMinutes: 2, maxMinutes: 4, away: false };
    const waiting = after(
      begun,
      message('contact_state', 2, { contact: contact() }),
      message('queue_place', 3, { callId: 'call-1', place }),
      message('contact_state', 4, { contact: contact({ state: 'offering' }) }),
    );
    const taken = after(waiting, message('contact_state', 5, { contact: contact({ state: 'connecting' }) }));

    expect(waiting.contacts['call-1']?.place).toEqual(place);
    expect(taken.contacts['call-1']?.place).toBeUndefined();
  });

  it('keeps answers by what they are about, without the envelope', () => {
    const status = { queueId: 'q', name: 'Sales', open: true, staffed: true, callback: true, voicemail: false };
    const directory = { queues: [], agents: [], reasons: [], dispositions: ['sold'] };
    const state = after(begun, message('queue_status', 2, status), message('directory', 3, directory));

    expect(state.queues).toEqual({ q: status });
    expect(state.directory).toEqual(directory);
  });

  it('shows the company as it was last told, also through a new session', () => {
    const live = { at: timestamp, queues: [], agents: [], contacts: [] };
    const state = after(begun, message('live_state', 2, { live }), reset({ reason: 'overrun' }, 3));

    expect(state.company).toEqual(live);
  });
});

it('nothing is known before the server has spoken, nor that its clock is another', () => {
  expect(initialLiveState).toMatchObject({ identity: undefined, stale: true, clockOffsetMs: 0, seq: undefined });
});

describe('a chat', () => {
  const line = (number: number) => ({ number, from: { userId: 'v' }, party: 'visitor', text: `line ${number}`, at: timestamp });
  const said = (seq: number, number: number) => message('chat_message', seq, { callId: 'call-1', message: line(number) });
  const talking = after(begun, message('contact_state', 2, { contact: contact({ state: 'connected' }) }));
  const numbers = (state: LiveState) => state.chats['call-1']?.lines.map((one) => one.number);

  it('is shown line by line, each once', () => {
    const state = after(talking, said(3, 1), said(4, 2), said(5, 2));

    expect(numbers(state)).toEqual([1, 2]);
    expect(state.chats['call-1']?.complete).toBe(true);
  });

  it('is incomplete after a gap in the numbers, until the history has come', () => {
    const gap = after(talking, said(3, 2), said(4, 3));
    const filled = after(gap, message('chat_history', 5, { callId: 'call-1', messages: [line(1), line(2)] }));

    expect(gap.chats['call-1']?.complete).toBe(false);
    expect(numbers(filled)).toEqual([1, 2, 3]);
    expect(filled.chats['call-1']?.complete).toBe(true);
  });

  it('stays incomplete when the history leaves a gap to what came after it was asked for', () => {
    const state = after(talking, said(3, 4), message('chat_history', 4, { callId: 'call-1', messages: [line(1), line(2)] }));

    expect(state.chats['call-1']?.complete).toBe(false);
  });

  it('may be incomplete after a new session, which tells of contacts alone', () => {
    const snapshot = { rooms: [], contacts: [contact({ state: 'connected' })] };
    const state = after(talking, said(3, 1), reset({ reason: 'overrun', snapshot }, 4));

    expect(numbers(state)).toEqual([1]);
    expect(state.chats['call-1']?.complete).toBe(false);
  });

  it('is forgotten with its contact', () => {
    const state = after(
      talking,
      said(3, 1),
      message('contact_state', 4, { contact: contact({ state: 'closed' }) }),
      message('contact_state', 5, { contact: contact({ callId: 'call-2' }) }),
    );

    expect(state.chats).toEqual({});
  });
});
