import { chmodSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { createEngine } from '#lib/engine/create-engine.ts';
import { secretsFinding } from '#lib/engine/doctor/settings-checks.ts';
import { executeRun } from '#lib/engine/run-worker.ts';
import { EnvError, readEnv, readServerEnv } from '#lib/env.ts';
import { openWorld } from '#tests/support/world.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
  file = path.join(folder, 'secret');
});

const write = (value: string, to = file) => writeFileSync(to, value, { mode: 0o600 });

/** Gives the file a time that every file system keeps as it is. */
const age = () => utimesSync(file, 1_000_000, 1_000_000);

const SIGN_IN = {
  AZURE_AD_TENANT_ID: 'tenant',
  AZURE_AD_CLIENT_ID: 'client',
  NEXTAUTH_URL: 'https://autoprovision.example.org',
};
const GRAPH = { TENANT_MODE: 'entra', AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: 'c' };

const smtp = () => readEnv({ SMTP_HOST: 'mail', SMTP_USER: 'u', SMTP_PASSWORD_FILE: file }).mail.smtp;

test('every secret may come from a file; the line break at its end is none of it', () => {
  write(`${'x'.repeat(40)}\n`);
  const names = ['AZURE_CLIENT_SECRET', 'AZURE_AD_CLIENT_SECRET', 'NEXTAUTH_SECRET', 'SMTP_PASSWORD'];
  const files = Object.fromEntries(names.map((name) => [`${name}_FILE`, file]));
  const env = readServerEnv({ ...GRAPH, ...SIGN_IN, SMTP_HOST: 'mail', SMTP_USER: 'u', ...files });
  expect(env).toMatchObject({
    graph: { credential: { kind: 'secret', clientSecret: 'x'.repeat(40) } },
    signIn: { clientSecret: 'x'.repeat(40) },
    sessionSecret: 'x'.repeat(40),
    mail: { smtp: { password: 'x'.repeat(40) } },
  });
  expect(env.secrets).toEqual(names.map((name) => ({ name, file })));
});

describe('one line says what is wrong', () => {
  const both = () => ({ AZURE_CLIENT_SECRET: 's', AZURE_CLIENT_SECRET_FILE: file });
  test.each([
    ['both are given', () => write('s'), both, 'AZURE_CLIENT_SECRET and AZURE_CLIENT_SECRET_FILE are both set'],
    ['there is no such file', () => {}, () => ({ SMTP_PASSWORD_FILE: file }), 'SMTP_PASSWORD_FILE names no secret'],
    ['it is empty', () => write('\n'), () => ({ SMTP_PASSWORD_FILE: file }), 'is empty'],
    ['it is a folder', () => {}, () => ({ SMTP_PASSWORD_FILE: folder }), 'SMTP_PASSWORD_FILE names no secret'],
    ['it is far too long', () => write('x'.repeat(70_000)), () => ({ SMTP_PASSWORD_FILE: file }), 'is longer than'],
    [
      'it is too short',
      () => write('x'),
      () => ({
        ...GRAPH,
        ...SIGN_IN,
        AZURE_CLIENT_SECRET: 's',
        AZURE_AD_CLIENT_SECRET: 's',
        NEXTAUTH_SECRET_FILE: file,
      }),
      'NEXTAUTH_SECRET is too short',
    ],
  ])('%s', (_what, prepare, source, message) => {
    prepare();
    const read = () => readServerEnv(source());
    expect(read).toThrow(EnvError);
    expect(read).toThrow(new RegExp(`^[^\\n]*${message}[^\\n]*$`));
  });
});

describe('a secret that is replaced counts at once', () => {
  test('written anew, renamed into place, or by the link that a mounted volume turns', () => {
    write('first');
    expect(smtp()?.password).toBe('first');
    write('second');
    expect(smtp()?.password).toBe('second');
    write('third', `${file}.new`);
    renameSync(`${file}.new`, file);
    expect(smtp()?.password).toBe('third');
    rmSync(file);
    write('fourth', path.join(folder, 'v4'));
    symlinkSync('v4', file);
    expect(smtp()?.password).toBe('fourth');
  });

  test('while it is away or half written, the last one stays in force', () => {
    write('first');
    expect(smtp()?.password).toBe('first');
    write('');
    expect(smtp()?.password).toBe('first');
    rmSync(file);
    expect(smtp()?.password).toBe('first');
    write('second');
    expect(smtp()?.password).toBe('second');
  });
});

/** An engine whose secret for Graph lies in the file. */
async function worldOfFile(secret: string) {
  write(secret);
  age();
  const world = await openWorld();
  const { tenantId, clientId } = DEMO_CREDENTIALS;
  const source = {
    TENANT_MODE: 'entra',
    DATA_DIR: world.dataDir,
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    GRAPH_BASE_URL: world.tenant.url,
    AZURE_AUTHORITY_HOST: world.tenant.url,
    AZURE_CLIENT_SECRET_FILE: file,
  };
  const { credential } = readEnv(source).graph;
  if (!credential) throw new Error('no credential');
  const engine = createEngine({
    db: openDatabase(path.join(folder, 'another.db')),
    readEnv: () => readEnv(source),
    publicUrl: '',
    graph: { baseUrl: world.tenant.url, authorityHost: world.tenant.url, credential },
  });
  const run = async () => {
    const request = { trigger: 'command_line', requestedBy: 'test' } as const;
    const outcome = await executeRun(engine, request, new AbortController().signal);
    return outcome.kind === 'busy' ? outcome : { status: outcome.run.status, reason: outcome.run.reason };
  };
  return { run };
}

describe('Graph, without a restart', () => {
  test('a run that could not sign in is followed by one that can, once the secret is there', async () => {
    const { run } = await worldOfFile('an-old-secret');
    expect(await run()).toEqual({ status: 'stopped', reason: 'sign_in_failed' });
    write(DEMO_CREDENTIALS.clientSecret);
    expect(await run()).toMatchObject({ status: 'completed' });
  });

  test('a sign-in that fails reads the file anew, also where its time and size tell no change', async () => {
    const before = 'x'.repeat(DEMO_CREDENTIALS.clientSecret.length);
    const { run } = await worldOfFile(before);
    expect(await run()).toMatchObject({ reason: 'sign_in_failed' });
    write(DEMO_CREDENTIALS.clientSecret);
    age();
    expect(await run()).toMatchObject({ status: 'completed' });
  });
});

describe('the set-up test', () => {
  const finding = (source: Record<string, string>) => secretsFinding(readEnv({ ...GRAPH, ...source }));

  test('recommends a file where a secret stands in the environment itself', () => {
    const { status, message, fix } = finding({ AZURE_CLIENT_SECRET: 's' });
    expect({ status, message }).toEqual({ status: 'ok', message: 'In the environment itself: AZURE_CLIENT_SECRET.' });
    expect(fix).toContain('AZURE_CLIENT_SECRET_FILE');
  });

  test('is content with a file that only the service can read, or its group', () => {
    write('s');
    for (const mode of [0o400, 0o600, 0o440]) {
      chmodSync(file, mode);
      expect(finding({ AZURE_CLIENT_SECRET_FILE: file })).toMatchObject({ status: 'ok', fix: null });
    }
  });

  test('names a file that others can read or change, and one that is gone', () => {
    write('s');
    for (const mode of [0o644, 0o620]) {
      chmodSync(file, mode);
      const { status, message } = finding({ AZURE_CLIENT_SECRET_FILE: file });
      expect({ status, message }).toEqual({
        status: 'warning',
        message: `AZURE_CLIENT_SECRET: ${file} can be read or changed by others on this machine.`,
      });
    }
    rmSync(file);
    expect(finding({ AZURE_CLIENT_SECRET_FILE: file })).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('cannot be read'),
    });
  });

  test('a certificate with its key is such a file as well', () => {
    write('s');
    chmodSync(file, 0o644);
    expect(finding({ AZURE_CLIENT_CERTIFICATE_PATH: file }).message).toContain(
      `AZURE_CLIENT_CERTIFICATE_PATH: ${file}`,
    );
  });
});
