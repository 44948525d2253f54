// docs/operations.md, "Public keys": tokens that other systems sign are good for their companies, for a while, and never become ours.
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CallDocker } from '../harness/server.ts';
import { Client } from './client.ts';
import { expect, test as base } from './fixtures.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);

interface Backend { settings: Record<string, string>; sign: (claims: Record<string, unknown>) => string }

const test = base.extend<{ folder: string; backend: Backend }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'calldocker-keys-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  /** A shop's backend with a key of its own, which production knows. */
  backend: async ({ folder }, use) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    mkdirSync(join(folder, 'keys'));
    writeFileSync(join(folder, 'keys/shop.pem'), createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }));
    writeFileSync(join(folder, 'bindings.json'), JSON.stringify({
      bindings: [{ key: 'shop', companies: ['acme'], iss: 'https://shop.example', aud: 'calldocker', secondsMax: 3600 }],
    }));
    await use({
      settings: { NODE_ENV: 'production', JWT_PUBLIC_KEYS: join(folder, 'keys'), JWT_KEY_BINDINGS: join(folder, 'bindings.json'), VISITOR_COMPANIES: 'acme' },
      sign: (claims) => {
        const signed = `${part({ alg: 'ES256', typ: 'JWT', kid: 'shop' })}.${part(claims)}`;
        return `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
      },
    });
  },
});

const customer = () => ({ id: 'customer-42', role: 'user', company_id: 'acme', iss: 'https://shop.example', aud: 'calldocker', exp: now() + 600 });

test('a public key verifies only tokens of its companies, issuer, audience and lifetime', async ({ backend, start }) => {
  const server = await start(backend.settings);
  const dial = (claims: Record<string, unknown>) => Client.dial(server.signallingUrl, `?token=${backend.sign(claims)}`);

  for (const good of [customer(), { ...customer(), aud: ['other', 'calldocker'] }, { ...customer(), role: 'admin' }]) {
    const client = await dial(good);
    expect((await client.next('connection_established')).userId).toBe('customer-42');
    client.vanish();
  }
  const { exp: _exp, ...endless } = customer();
  const { iss: _iss, ...nobodys } = customer();
  for (const bad of [
    { ...customer(), company_id: 'other', role: 'admin' }, { ...customer(), iss: 'https://else.example' }, nobodys, { ...customer(), aud: 'other' },
    { ...customer(), aud: [] }, endless, { ...customer(), exp: now() + 3700 }, { ...customer(), exp: now() - 1 },
  ]) {
    expect(await (await dial(bad)).closed, JSON.stringify(bad)).toEqual({ code: 1008, reason: 'Invalid token' });
  }
});

test('a token that a public key verifies is not made one of ours', async ({ backend, start }) => {
  const server = await start(backend.settings);
  const visitorToken = async (token?: string) => {
    const answer = await fetch(`${server.url}/api/visitor-token`, { method: 'POST', body: JSON.stringify({ company: 'acme', ...token && { token } }) });
    return await answer.json() as { token: string; user: { id: string } };
  };

  const given = await visitorToken(backend.sign(customer()));
  expect(given.user.id).toMatch(/^visitor-/);
  expect((await visitorToken(server.sign({ id: 'customer-42', role: 'user', company_id: 'acme', exp: now() + 600 }))).user.id).toMatch(/^visitor-/);

  // What we have issued ourselves stays the same visitor, and its beginning goes with it.
  const renewed = await visitorToken(given.token);
  expect(renewed.user.id).toBe(given.user.id);
  const claims = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
  expect(claims(renewed.token).auth_time).toBe(claims(given.token).auth_time);
  const old = server.sign({ ...claims(given.token), auth_time: now() - 30 * 86_400, exp: now() + 600 });
  expect((await visitorToken(old)).user.id).not.toBe(given.user.id);
});

test('production does not start with a key that is bound to nothing, and says what to do', async ({ backend, folder }) => {
  const { JWT_KEY_BINDINGS: _bindings, ...unbound } = backend.settings;
  const settings = { ...unbound, DATA_DIR: join(folder, 'data'), PORT: '0', WS_PORT: '0', JWT_SECRET: '8f3a41c07be2d59617f08c2be4a1d6930c5be7128fd4a6e03b917cd2408fae65' };
  const { code, output } = await CallDocker.run(['serve'], folder, settings);

  expect(code).toBe(1);
  expect(output).toContain('JWT_KEY_BINDINGS');
});

for (const [what, settings, remedy] of [
  ['anybody may name a company', { VISITOR_COMPANIES: '*' }, 'REGISTERED_COMPANIES_ONLY'],
  ['unsigned tokens may name a company', { ACCEPT_ANONYMOUS_CUSTOMERS: '1' }, 'REGISTERED_COMPANIES_ONLY'],
  ['the secret of TURN is one letter', { TURN_SECRET: 'a' }, 'openssl rand -hex 32'],
  ['the secret is nothing but zeros', { JWT_SECRET: '0'.repeat(32) }, 'openssl rand -hex 32'],
] as const) {
  test(`config check fails where ${what}`, async ({ folder }) => {
    const { code, output } = await CallDocker.run(['config', 'check'], folder, { NODE_ENV: 'production', JWT_SECRET: '8f3a41c07be2d59617f08c2be4a1d6930c5be7128fd4a6e03b917cd2408fae65', ...settings });

    expect(code).toBe(1);
    expect(output).toContain(remedy);
    expect(output).not.toContain('0000000');
  });
}
