import { expect, it, vi } from 'vitest';
import { SignallingError } from '../signalling/types.ts';
import { Requests } from './requests.ts';

function requests(callId: string | undefined, refusal?: Error) {
  const problems: unknown[] = [];
  const request = vi.fn(() => (refusal ? Promise.reject(refusal) : Promise.resolve()));
  return {
    problems,
    request,
    asked: new Requests({ signalling: { request }, callId: () => callId, onProblem: (one) => problems.push(one) }),
  };
}

it('a command says whether it took effect, and why not', async () => {
  const taken = requests('c');
  const refused = requests('c', new SignallingError('overloaded', 'too many', 1_000));
  const broken = requests('c', new Error('a bug'));

  expect(await taken.asked.command({ type: 'ping' }, 'live')).toBe(true);
  expect(await refused.asked.command({ type: 'ping' }, 'live')).toBe(false);
  expect(await broken.asked.command({ type: 'ping' }, 'live')).toBe(false);
  expect(taken.problems).toEqual([]);
  expect(refused.problems).toEqual([{ what: 'live', code: 'overloaded', retryAfterMs: 1_000 }]);
  expect(broken.problems).toEqual([{ what: 'live', code: 'failed' }]);
});

it('a command about a call needs one', async () => {
  const without = requests(undefined);
  const within = requests('c');

  expect(await without.asked.ofCall('hold', (callId) => ({ type: 'hold_contact', callId }))).toBe(false);
  expect(await within.asked.ofCall('hold', (callId) => ({ type: 'hold_contact', callId }))).toBe(true);
  expect(without.request).not.toHaveBeenCalled();
  expect(within.request).toHaveBeenCalledWith({ type: 'hold_contact', callId: 'c' });
});

it('a device that works is no problem', () => {
  const { asked, problems } = requests('c');
  asked.tellProblem('camera', undefined);
  asked.tellProblem('camera', 'device_busy');

  expect(problems).toEqual([{ what: 'camera', code: 'device_busy' }]);
});
