import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../limits.ts';
import { contact } from '../testing.ts';
import { Notes } from './notes.ts';

let sent: [string, string][];
let takes: boolean;
let notes: Notes;
/** How many notes were unsaved, at each change. */
let changes: number[];
const view = (text?: string) => contact({ you: 'agent', ...(text === undefined ? {} : { notes: text }) });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', vi.fn());
  sent = [];
  takes = true;
  notes = new Notes(
    async (callId, text) => {
      sent.push([callId, text]);
      return takes;
    },
    () => changes.push(notes.unsaved.length),
  );
  changes = [];
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('notes', () => {
  it('are sent once the typing pauses, and the last text wins', async () => {
    notes.write('call-1', 'a');
    vi.advanceTimersByTime(limits.notesQuietMs - 1);
    notes.write('call-1', 'ab');
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(limits.notesQuietMs);

    expect(sent).toEqual([['call-1', 'ab']]);
    expect(notes.snapshot(view())).toEqual({ callId: 'call-1', text: 'ab', saved: true });
  });

  it('are sent each second while the typing goes on', async () => {
    for (let text = 'a'; text.length <= 30; text += 'a') {
      notes.write('call-1', text);
      await vi.advanceTimersByTimeAsync(100);
    }

    expect(sent.map(([, text]) => text.length)).toEqual([10, 20, 30]);
  });

  it('that are not taken of a contact that is over are kept until they have been copied', async () => {
    takes = false;
    notes.snapshot(view());
    notes.write('call-1', 'text');
    notes.snapshot(undefined);
    notes.flush();
    await vi.advanceTimersByTimeAsync(0);

    expect(notes.unsaved).toEqual([{ callId: 'call-1', text: 'text' }]);
    notes.forgetUnsaved('call-1');
    expect(notes.unsaved).toEqual([]);
  });

  it('tell of each change that a page shows', async () => {
    takes = false;
    notes.snapshot(view());
    notes.write('call-1', 'text');
    expect(changes).toEqual([0]);
    notes.snapshot(undefined);
    notes.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(changes).toEqual([0, 1, 1]);

    notes.forgetUnsaved('call-1');

    expect(changes).toEqual([0, 1, 1, 0]);
  });

  it('that are not taken while the contact lives are sent again', async () => {
    takes = false;
    notes.snapshot(view());
    notes.write('call-1', 'text');
    notes.flush();
    await vi.advanceTimersByTimeAsync(0);
    takes = true;
    await vi.advanceTimersByTimeAsync(limits.notesRetryMs);

    expect(sent).toHaveLength(2);
    expect(notes.unsaved).toEqual([]);
    expect(notes.snapshot(view())?.saved).toBe(true);
  });

  it('show what is typed, whatever the server has meanwhile', () => {
    notes.write('call-1', 'new');

    expect(notes.snapshot(view('old'))).toEqual({ callId: 'call-1', text: 'new', saved: false });
  });

  it('show what somebody has changed after they were saved', async () => {
    notes.snapshot(view('old'));
    notes.write('call-1', 'mine');
    notes.flush();
    await vi.advanceTimersByTimeAsync(0);

    expect(notes.snapshot(view('old'))?.text).toBe('mine');
    expect(notes.snapshot(view('from another tab'))?.text).toBe('from another tab');
  });

  it('are sent at once when asked for, and then not again', async () => {
    notes.write('call-1', 'text');
    notes.flush();
    notes.flush();
    await vi.advanceTimersByTimeAsync(limits.notesQuietMs);

    expect(sent).toEqual([['call-1', 'text']]);
  });

  it('of one contact are sent before those of the next', () => {
    notes.write('call-1', 'first');
    notes.write('call-2', 'second');

    expect(sent).toEqual([['call-1', 'first']]);
  });

  it('are sent when the page goes', () => {
    notes.write('call-1', 'text');
    const [[event, handler] = []] = vi.mocked(globalThis.addEventListener).mock.calls;
    (handler as () => void)();

    expect(event).toBe('pagehide');
    expect(sent).toEqual([['call-1', 'text']]);
  });

  it('are unsaved while the server has not taken them', async () => {
    takes = false;
    notes.write('call-1', 'text');
    notes.flush();
    await vi.advanceTimersByTimeAsync(0);

    expect(notes.snapshot(view())).toMatchObject({ text: 'text', saved: false });
  });

  it('are sent when the page does without them', () => {
    notes.write('call-1', 'text');
    notes.stop();

    expect(sent).toEqual([['call-1', 'text']]);
  });

  it('are no business of a visitor', () => {
    expect(notes.snapshot(contact({ you: 'visitor' }))).toBeUndefined();
  });
});
