import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { prepareAuthEnvironment, sessionSecret } from '#lib/auth/session-secret.ts';
import { readServerEnv } from '#lib/env.ts';

const demoEnv = () => readServerEnv({ DATA_DIR: path.join(mkdtempSync(path.join(tmpdir(), 'secret-')), 'data') });

afterEach(() => vi.unstubAllEnvs());

test('the demo makes a secret once and keeps it over restarts, readable by its owner alone', () => {
  const env = demoEnv();
  const made = sessionSecret(env);
  expect(made.length).toBeGreaterThanOrEqual(43);
  expect(sessionSecret(env)).toBe(made);
  const file = path.join(env.dataDir, 'session-secret');
  expect(readFileSync(file, 'utf8').trim()).toBe(made);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('two installations never share a secret', () => {
  expect(sessionSecret(demoEnv())).not.toBe(sessionSecret(demoEnv()));
});

test('a configured secret is used as it is', () => {
  expect(sessionSecret({ dataDir: '/nowhere', sessionSecret: 'configured' })).toBe('configured');
});

test('the address and the secret that next-auth reads are set where missing, and never replaced', () => {
  const env = demoEnv();
  vi.stubEnv('NEXTAUTH_URL', undefined);
  vi.stubEnv('NEXTAUTH_SECRET', 'mine');
  prepareAuthEnvironment(env);
  expect(process.env.NEXTAUTH_URL).toBe('http://127.0.0.1:3000');
  expect(process.env.NEXTAUTH_SECRET).toBe('mine');
});
