import { expect } from '@playwright/test';
import { DEMO_COMPANY } from './people.ts';
import type { CallDocker } from '../../harness/server.ts';

/** Sets up the company's default queue, as its admin would. */
export async function configureQueue(server: CallDocker, queue: Record<string, unknown>): Promise<void> {
  const token = server.sign({ id: 'ada', role: 'admin', company_id: DEMO_COMPANY, name: 'Ada', exp: Math.floor(Date.now() / 1000) + 60 });
  const answer = await fetch(`${server.url}/api/v1/configuration`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ queues: [{ id: 'default', ...queue }] }),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

/** Open on one day of the week alone, and that is the day after tomorrow. */
export function closedUntilTheDayAfterTomorrow(): Record<string, unknown> {
  const weekday = (new Date().getUTCDay() + 1) % 7 + 1;
  return { hours: { zone: 'UTC', weekly: [{ weekday, open: { from_minute: 540, to_minute: 1020 } }] } };
}
