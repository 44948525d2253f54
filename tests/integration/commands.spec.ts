// `calldocker company` and `calldocker log`: what they say of a server that runs, while it runs.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from './fixtures.ts';
import { until } from '../harness/process.ts';
import { CallDocker } from '../harness/server.ts';

interface Exported { sequence: number; at: string; type: string; actor: string; commandId: string; data: Record<string, unknown> }

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'calldocker-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
});

/** Runs the program with the data of that server. */
async function calldocker(server: CallDocker, ...args: string[]): Promise<string> {
  const { code, output } = await CallDocker.run([...args, '--data-dir', server.dataFolder], tmpdir(), { JWT_SECRET: randomBytes(32).toString('hex') });
  expect(code, output).toBe(0);
  return output;
}

test('a call can be seen, explained, exported and replayed while it goes on', async ({ server, company, connect, folder }) => {
  const agent = await connect({ id: 'amina', name: 'Amina' });
  agent.send({ type: 'join_room', roomId: 'agent-room' });
  agent.send({ type: 'agent_status', status: 'available' });
  await agent.settled();
  const visitor = await connect({ id: 'vera', role: 'user' });
  visitor.send({ type: 'webrtc_offer', targetUserId: 'agent-room', callId: 'call-1', offer: { type: 'offer', sdp: 'v=0\r\n' } });
  await visitor.settled();
  await until('the call on record', async () => server.record().some(({ type, data }) => type === 'contact.offered' && data.call === 'call-1'));

  expect((await calldocker(server, 'company', 'list')).split('\n')).toContain(company);

  const shown = await calldocker(server, 'company', 'show', company);
  expect(shown).toMatch(/^default +1 +call-1 +vera +offering +0:\d\d$/m);
  expect(shown).toMatch(/^amina .*rung by call-1$/m);
  const state = JSON.parse(await calldocker(server, 'company', 'show', company, '--json')) as { contacts: { call: string }[] };
  expect(state.contacts.map(({ call }) => call)).toEqual(['call-1']);

  const exported = await calldocker(server, 'log', 'export', company);
  const events = exported.trimEnd().split('\n').map((line) => JSON.parse(line) as Exported);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['contact.created', 'contact.offered']));
  const later = await calldocker(server, 'log', 'export', company, '--from', '2');
  expect(later).toBe(exported.slice(exported.indexOf('\n') + 1));

  const ofTheCall = (await calldocker(server, 'log', 'show', company, '--call', 'call-1')).trimEnd().split('\n');
  expect(ofTheCall).toHaveLength(events.filter(({ data }) => data.call === 'call-1').length);
  expect(ofTheCall[0]).toMatch(/contact\.created .*call=call-1 visitor=visitor:vera/);

  expect(await calldocker(server, 'log', 'why', company, 'call-1')).toContain('call-1 in queue default was offered to amina');

  const file = join(folder, `${company}.jsonl`);
  writeFileSync(file, exported);
  expect(JSON.parse(await calldocker(server, 'log', 'replay', file, '--json'))).toEqual(state);
  const before = events.find(({ type }) => type === 'contact.created')!.sequence - 1;
  expect(await calldocker(server, 'log', 'replay', file, '--at', String(before))).toContain('CONTACT: none');
});

test('a missing company or file is named, and the exit code says so', async ({ server, connect }) => {
  await (await connect({ id: 'amina' })).settled();
  for (const [args, expected] of [
    [['company', 'show', 'nobody'], 'no company nobody'],
    [['log', 'export', 'nobody'], 'no company nobody'],
    [['log', 'replay', '/nonexistent.jsonl'], '/nonexistent.jsonl'],
  ] as const) {
    const { code, output } = await CallDocker.run([...args, '--data-dir', server.dataFolder], tmpdir(), { JWT_SECRET: randomBytes(32).toString('hex') });
    expect(code).toBe(1);
    expect(output).toContain(expected);
  }
});
