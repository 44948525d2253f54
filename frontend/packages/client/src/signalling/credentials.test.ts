import { beforeEach, expect, it, vi } from 'vitest';
import { Credentials } from './credentials.ts';
import { ResumeStore } from './resume-store.ts';

const getToken = vi.fn(async (old?: string) => (old === undefined ? 'access' : `after ${old}`));
let credentials: Credentials;

beforeEach(() => {
  getToken.mockClear();
  credentials = new Credentials(getToken, new ResumeStore('desk', undefined), undefined);
  credentials.use('access');
});

it('the first message names the access token alone, and later the session and the last message of it', () => {
  expect(credentials.resumes).toBe(false);
  expect(credentials.firstMessage(7)).toEqual({ type: 'authenticate', token: 'access' });

  credentials.accepted('resume');

  expect(credentials.resumes).toBe(true);
  expect(credentials.firstMessage(7)).toEqual({ type: 'authenticate', token: 'access', resumeToken: 'resume', seq: 7 });
  expect(credentials.firstMessage(undefined)).toEqual({ type: 'authenticate', token: 'access', resumeToken: 'resume' });
});

it('a session that was handed over goes on here', () => {
  const handover = { accessToken: 'access', resumeToken: 'handed' };
  credentials = new Credentials(getToken, new ResumeStore('desk', undefined), handover);
  expect(credentials.handover()).toBeUndefined();
  credentials.use('access');

  expect(credentials.firstMessage(undefined)).toMatchObject({ resumeToken: 'handed' });
  expect(credentials.handover()).toEqual(handover);
});

it('a refused access token is not given again, until another one is in use', async () => {
  expect(credentials.tryOthers()).toBe(true);
  expect(await credentials.ask()).toBe('after access');
  credentials.use('another');
  await credentials.ask();

  expect(getToken.mock.calls).toEqual([['access'], [undefined]]);
});

it('the resume token before the newest is tried after another access token, and then nothing', () => {
  credentials.accepted('first');
  expect(credentials.accepted('second'), 'the first still counts').toBe(true);
  expect(credentials.tryOthers()).toBe(true);
  expect(credentials.firstMessage(undefined)).toMatchObject({ resumeToken: 'second' });
  expect(credentials.tryOthers()).toBe(true);
  expect(credentials.firstMessage(undefined)).toMatchObject({ resumeToken: 'first' });

  expect(credentials.tryOthers()).toBe(false);
});

it('another access token may be asked for again once the server has let us in', () => {
  credentials.tryOthers();
  expect(credentials.tryOthers()).toBe(false);
  credentials.accepted('resume');

  expect(credentials.tryOthers()).toBe(true);
});

it('the resume token before the newest is void when the server has heard from us under the newest', () => {
  credentials.accepted('first');
  credentials.accepted('second');
  credentials.confirm();
  credentials.tryOthers();

  expect(credentials.tryOthers()).toBe(false);
});

it('a session that was forgotten is not resumed', () => {
  credentials.accepted('resume');
  credentials.forgetSession();

  expect(credentials.resumes).toBe(false);
  expect(credentials.handover()).toBeUndefined();
});

it('the token in use is the one that another is asked for', async () => {
  expect(await credentials.askForAnother()).toBe('after access');
});
