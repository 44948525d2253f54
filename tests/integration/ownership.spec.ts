// One server alone uses a DATA_DIR: two would each take the other's calls for abandoned.
import { CallDocker } from '../harness/server.ts';
import { freePort } from '../harness/process.ts';
import { Client } from './client.ts';
import { expect, test } from './fixtures.ts';

const secret = 'f'.repeat(32) + '0123456789abcdef'.repeat(2);

async function second(folder: string): Promise<Record<string, string>> {
  return { NODE_ENV: 'development', HOST: '127.0.0.1', PORT: String(await freePort()), WS_PORT: String(await freePort()), DATA_DIR: folder, JWT_SECRET: secret };
}

test('a second server on the same data refuses to start, names the first, and leaves it alone', async ({ start }) => {
  const first = await start();
  const agent = await Client.connect(first, { id: 'agent', role: 'agent', company_id: 'owned' });

  const { code, output } = await CallDocker.run(['serve'], first.dataFolder, await second(first.dataFolder));

  expect(code).toBe(1);
  expect(output).toContain(`pid ${first.pid} `);
  expect(output).toContain(`ports ${first.port} and ${first.signallingPort} of 127.0.0.1`);
  expect(output).toMatch(/since \d{4}-\d\d-\d\dT/);
  expect(output).toContain('DATA_DIR');
  expect(await agent.settled()).toEqual([]);
  agent.vanish();
});

test('the data of a server that was killed are taken over at once', async ({ start }) => {
  const first = await start();
  await first.kill();

  await first.restart();

  expect((await fetch(`${first.url}/health`)).status).toBe(200);
  expect(first.output).not.toContain('another calldocker');
});
