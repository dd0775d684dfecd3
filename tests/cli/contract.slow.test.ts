import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '#db/client.ts';
import { takeLease } from '#db/store/runs/lease.ts';
import { cli, type Env, startTenantProcess, type TenantProcess, temporaryFolder } from '#tests/support/processes.ts';
import { crowd, csvOf, seedOf, upn } from '#tests/support/seeds.ts';

const iso = z.iso.datetime();
const state = z.enum([
  'queued',
  'awaiting_sync',
  'awaiting_start',
  'awaiting_seat',
  'awaiting_mailbox',
  'held',
  'needs_attention',
  'provisioned',
  'already_provisioned',
  'dismissed',
]);

const cycleContract = z.strictObject({
  runId: z.string().min(1),
  status: z.string().min(1),
  startedAt: iso,
  finishedAt: iso,
  counts: z.partialRecord(state, z.number().int()),
  outcomes: z.array(
    z.strictObject({
      userPrincipalName: z.string(),
      state,
      reason: z.string().min(1),
      message: z.string().min(1),
    }),
  ),
});

const peopleContract = z.array(
  z.strictObject({
    userPrincipalName: z.string(),
    displayName: z.string(),
    employeeType: z.string(),
    state,
    reason: z.string(),
    message: z.string(),
    firstSeenAt: iso,
    licensedAt: iso.nullable(),
    mailboxReadyAt: iso.nullable(),
    sources: z.array(z.strictObject({ file: z.string(), line: z.number().int() })),
  }),
);

const importContract = z.strictObject({
  files: z.array(
    z.strictObject({
      name: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      status: z.enum(['accepted', 'rejected']),
      rows: z.number().int(),
      accepted: z.number().int(),
      duplicates: z.number().int(),
      rejected: z.array(z.strictObject({ line: z.number().int(), problem: z.string().min(1) })),
    }),
  ),
});

const USERS = crowd(5);
let tenant: TenantProcess;
let env: Env;

beforeAll(async () => {
  tenant = await startTenantProcess(seedOf({ users: USERS }));
});
afterAll(() => tenant.stop());
beforeEach(() => {
  const dataDir = temporaryFolder();
  mkdirSync(path.join(dataDir, 'idm'));
  env = { ...tenant.env, TENANT_MODE: 'entra', DATA_DIR: dataDir, FILE_SETTLE_MS: '0' };
});

const dataDir = () => env.DATA_DIR ?? '';
const drop = (name: string, text: string) => writeFileSync(path.join(dataDir(), 'idm', name), text);

describe('cycle', () => {
  test('runs against a Graph given by GRAPH_BASE_URL with its own authority and prints exactly the contract', async () => {
    drop('newcomers.csv', csvOf(USERS));
    const { code, stdout } = await cli(['cycle', '--json'], env);
    expect(code).toBe(0);
    const answer = cycleContract.parse(JSON.parse(stdout));
    expect(answer.outcomes.map(({ userPrincipalName }) => userPrincipalName)).toEqual(
      USERS.map(({ userPrincipalName }) => userPrincipalName),
    );
    const counted = Object.values(answer.counts).reduce((sum, count) => sum + (count ?? 0), 0);
    expect(counted).toBe(answer.outcomes.length);
  });

  test('leaves the files in Processed beside a log with one line per person', async () => {
    drop('newcomers.csv', csvOf([...USERS, { userPrincipalName: upn('nobody') }, ...crowd(1)]));
    const { runId } = cycleContract.parse(JSON.parse((await cli(['cycle', '--json'], env)).stdout));
    const processed = path.join(dataDir(), 'idm', 'Processed');
    expect(readdirSync(processed).filter((name) => name.endsWith('newcomers.csv'))).toHaveLength(1);
    const lines = readFileSync(path.join(processed, `${runId}.log`), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(6);
    expect(lines.every((line) => /^(SUCCESS|WAITING|ERROR): .* \[[^\]]+@contoso\.example\]$/.test(line))).toBe(true);
    expect(lines.find((line) => line.includes('nobody'))).toMatch(/^WAITING:/);
  });

  test('--dry-run says what would be done and does nothing', async () => {
    drop('newcomers.csv', csvOf(USERS));
    await cli(['import', path.join(dataDir(), 'idm', 'newcomers.csv')], env);
    const { code, stdout } = await cli(['cycle', '--dry-run', '--json'], env);
    expect(code).toBe(0);
    const answer = cycleContract.parse(JSON.parse(stdout));
    expect(answer.outcomes).toHaveLength(USERS.length);
    expect(existsSync(path.join(dataDir(), 'idm', 'newcomers.csv'))).toBe(true);
    const people = peopleContract.parse(JSON.parse((await cli(['people', '--json'], env)).stdout));
    expect(new Set(people.map((person) => person.state))).toEqual(new Set(['queued']));
  });

  test('exit code 3 while another cycle is running', async () => {
    const db = openDatabase(path.join(dataDir(), 'autoprovision.db'));
    takeLease(db, 'this test', Date.now());
    const { code, stdout, stderr } = await cli(['cycle', '--json'], env);
    db.$client.close();
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('exit code 1 and one line that says why where Graph refuses the sign-in', async () => {
    const { code, stderr } = await cli(['cycle'], { ...env, AZURE_CLIENT_SECRET: 'wrong' });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('AADSTS7000215');
    expect(stderr).not.toContain('wrong');
  });
});

describe('import', () => {
  test('rows = accepted + duplicates + rejected, with line and problem, and exit 0 for bad rows', async () => {
    const file = path.join(dataDir(), 'mixed.csv');
    writeFileSync(file, `${csvOf(crowd(2))}Two,person2@contoso.example,E\nBad,not a upn,E\nShort,row\n`);
    const { code, stdout } = await cli(['import', file, '--json'], env);
    expect(code).toBe(0);
    const [answer] = importContract.parse(JSON.parse(stdout)).files;
    expect(answer).toMatchObject({ name: 'mixed.csv', rows: 5, accepted: 2, duplicates: 1 });
    expect(answer?.rejected.map(({ line }) => line)).toEqual([5, 6]);
  });

  test('a file rejected whole is exit 1; the good file beside it is imported', async () => {
    const bad = path.join(dataDir(), 'bad.csv');
    const good = path.join(dataDir(), 'good.csv');
    writeFileSync(bad, 'CN,EmployeeType\nA,E\n');
    writeFileSync(good, csvOf(crowd(1)));
    const { code, stdout, stderr } = await cli(['import', bad, good, '--json'], env);
    expect(code).toBe(1);
    expect(importContract.parse(JSON.parse(stdout)).files.map(({ status }) => status)).toEqual([
      'rejected',
      'accepted',
    ]);
    expect(stderr).toContain('UserPrincipalName');
  });

  test('a file that is not there is one line, not a stack', async () => {
    const { code, stderr } = await cli(['import', '/nowhere/at/all.csv'], env);
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('people', () => {
  test('lists everybody with the rows that named them, or one state only', async () => {
    drop('a.csv', csvOf([...crowd(2), { userPrincipalName: upn('nobody') }]));
    await cli(['cycle'], env);
    drop('b.csv', csvOf(crowd(1)));
    await cli(['cycle'], env);
    const people = peopleContract.parse(JSON.parse((await cli(['people', '--json'], env)).stdout));
    expect(people).toHaveLength(3);
    expect(people[0]?.sources).toEqual([
      { file: 'a.csv', line: 2 },
      { file: 'b.csv', line: 2 },
    ]);
    const waiting = await cli(['people', '--state', 'awaiting_sync', '--json'], env);
    expect(peopleContract.parse(JSON.parse(waiting.stdout)).map((person) => person.userPrincipalName)).toEqual([
      upn('nobody'),
    ]);
  });
});

test('a wrong call says how to call it, with exit code 2', async () => {
  expect(await cli(['dance'], env)).toMatchObject({ code: 2, stdout: '' });
  expect(await cli(['people', '--state', 'happy'], env)).toMatchObject({ code: 2 });
  expect(await cli(['cycle', '--fast'], env)).toMatchObject({ code: 2 });
});

test('a contradictory setting is one line that names it', async () => {
  const { code, stderr } = await cli(['cycle'], {
    ...env,
    TENANT_MODE: 'demo',
    GRAPH_BASE_URL: 'https://graph.microsoft.com',
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^GRAPH_BASE_URL[^\n]*\n$/);
});

test('a level that the log does not have is one line too, not a stack', async () => {
  const { code, stderr } = await cli(['people'], { ...env, LOG_LEVEL: 'loud' });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^LOG_LEVEL is "loud"[^\n]*\n$/);
});
