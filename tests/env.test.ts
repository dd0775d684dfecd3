import { describe, expect, test } from 'vitest';
import { EnvError, readEnv, readServerEnv } from '#lib/env.ts';

const ENTRA = {
  TENANT_MODE: 'entra',
  AZURE_TENANT_ID: 't',
  AZURE_CLIENT_ID: 'c',
  AZURE_CLIENT_SECRET: 's',
  AZURE_AD_TENANT_ID: 'tenant',
  AZURE_AD_CLIENT_ID: 'client',
  AZURE_AD_CLIENT_SECRET: 'secret',
  NEXTAUTH_URL: 'https://autoprovision.example.org',
  NEXTAUTH_SECRET: 'x'.repeat(32),
};

test('nothing set means the demo tenant with the documented defaults', () => {
  expect(readEnv({})).toMatchObject({
    tenantMode: 'demo',
    safetyLimit: 200,
    fileSettleMs: 10_000,
    port: 3000,
    hostname: '127.0.0.1',
    graph: { baseUrl: null, writesPer150s: 3000, unitsPer10s: 8000 },
  });
});

test('a complete production environment is taken', () => {
  expect(readServerEnv(ENTRA)).toMatchObject({
    tenantMode: 'entra',
    graph: { baseUrl: 'https://graph.microsoft.com', credential: { kind: 'secret' } },
    signIn: { tenantId: 'tenant' },
  });
});

test('without secret or certificate the managed identity is used', () => {
  const { AZURE_TENANT_ID: _t, AZURE_CLIENT_SECRET: _s, ...rest } = ENTRA;
  expect(readServerEnv(rest).graph.credential).toEqual({ kind: 'managed', clientId: 'c' });
});

describe('a missing or contradictory setting is named in one line', () => {
  const without = (name: string) => Object.fromEntries(Object.entries(ENTRA).filter(([key]) => key !== name));
  const cases: [string, Record<string, string>][] = [
    ['AZURE_AD_TENANT_ID', without('AZURE_AD_TENANT_ID')],
    ['AZURE_AD_CLIENT_ID', without('AZURE_AD_CLIENT_ID')],
    ['AZURE_AD_CLIENT_SECRET', without('AZURE_AD_CLIENT_SECRET')],
    ['AZURE_CLIENT_SECRET', without('AZURE_CLIENT_SECRET')],
    ['AZURE_CLIENT_ID', without('AZURE_CLIENT_ID')],
    ['AZURE_TENANT_ID', without('AZURE_TENANT_ID')],
    ['NEXTAUTH_URL', without('NEXTAUTH_URL')],
    ['NEXTAUTH_SECRET', without('NEXTAUTH_SECRET')],
    ['NEXTAUTH_SECRET', { ...ENTRA, NEXTAUTH_SECRET: 'short' }],
    ['AZURE_AD_TENANT_ID', { ...ENTRA, AZURE_AD_TENANT_ID: 'common' }],
    ['AZURE_CLIENT_CERTIFICATE_PATH', { ...ENTRA, AZURE_CLIENT_CERTIFICATE_PATH: '/cert.pem' }],
    ['GRAPH_BASE_URL', { ...ENTRA, GRAPH_BASE_URL: 'http://graph.example.org' }],
    ['SIGN_IN_AUTH_CONTEXT', { ...ENTRA, SIGN_IN_AUTH_CONTEXT: 'mfa' }],
    ['GRAPH_BASE_URL', { ...ENTRA, GRAPH_BASE_URL: 'not an address' }],
    ['TENANT_MODE', { TENANT_MODE: 'production' }],
    ['SAFETY_LIMIT', { SAFETY_LIMIT: '-1' }],
    ['PORT', { PORT: '3000a' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['SMTP_PASSWORD', { SMTP_HOST: 'mail.contoso.example', SMTP_USER: 'autoprovision' }],
    ['CLAMD', { CLAMD: 'tcp://clamd.example.org:3310' }],
    ['CLAMD', { CLAMD: '/run/clamav/clamd.ctl' }],
    ['LOG_FORWARD', { LOG_FORWARD: 'logs.example.org:6514' }],
    ['LOG_FORWARD', { LOG_FORWARD: 'tcp://logs.example.org:6514' }],
    ['LOG_FORWARD', { LOG_FORWARD: 'tls://logs.example.org/path' }],
    ['SMTP_HOST', { REPORT_TRANSPORT: 'smtp' }],
    ['REPORT_FROM', { REPORT_TO: 'a@contoso.example' }],
  ];
  test.each(cases)('%s', (name, source) => {
    const read = () => readServerEnv(source);
    expect(read).toThrow(EnvError);
    expect(read).toThrow(new RegExp(`^[^\\n]*${name}[^\\n]*$`));
  });
});

describe('demo sign-in never exists beside a real tenant', () => {
  test.each([
    { GRAPH_BASE_URL: 'https://graph.microsoft.com' },
    { AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com' },
    { AZURE_AD_CLIENT_ID: 'client' },
    { AZURE_CLIENT_SECRET: 'secret' },
  ])('%o', (real) => {
    expect(() => readServerEnv({ TENANT_MODE: 'demo', ...real })).toThrow(/TENANT_MODE is demo/);
  });
});
