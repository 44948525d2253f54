import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { limits } from '../limits.ts';
import { Heartbeat } from './heartbeat.ts';

const ask = vi.fn();
const onDead = vi.fn();
let heartbeat: Heartbeat;

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  heartbeat = new Heartbeat({ ask, onDead });
  heartbeat.begin(20_000);
});
afterEach(() => vi.useRealTimers());

it('a connection on which nothing comes is asked once, and is dead when it does not answer in time', () => {
  vi.advanceTimersByTime(19_999);
  expect(ask).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ask).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(19_999);
  expect(onDead).not.toHaveBeenCalled();

  vi.advanceTimersByTime(1);

  expect(ask).toHaveBeenCalledTimes(1);
  expect(onDead).toHaveBeenCalledTimes(1);
});

it('a connection that answers is asked again after the same time', () => {
  vi.advanceTimersByTime(20_000);
  heartbeat.heard();
  vi.advanceTimersByTime(20_000);

  expect(ask).toHaveBeenCalledTimes(2);
  expect(onDead).not.toHaveBeenCalled();
});

it('a connection that may have died has less time to answer', () => {
  heartbeat.check();
  expect(ask).toHaveBeenCalledTimes(1);

  vi.advanceTimersByTime(limits.wakeDeadlineMs);

  expect(onDead).toHaveBeenCalledTimes(1);
});

it('a connection is not asked twice, nor does it get more time by that', () => {
  heartbeat.check();
  vi.advanceTimersByTime(limits.wakeDeadlineMs - 1);
  heartbeat.check();
  vi.advanceTimersByTime(1);

  expect(ask).toHaveBeenCalledTimes(1);
  expect(onDead).toHaveBeenCalledTimes(1);
});

it('a check leaves at most the time of the heartbeat itself', () => {
  heartbeat.begin(1_000);
  heartbeat.check();
  vi.advanceTimersByTime(1_000);

  expect(onDead).toHaveBeenCalledTimes(1);
});

it('a connection that is over is not asked', () => {
  heartbeat.stop();
  vi.advanceTimersByTime(60_000);

  expect(ask).not.toHaveBeenCalled();
});
