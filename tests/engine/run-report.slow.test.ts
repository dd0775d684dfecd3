import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { eq, sql } from 'drizzle-orm';
import { SMTPServer } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { outbox } from '#db/schema/mail.ts';
import { runs } from '#db/schema/runs.ts';
import { unreportedRuns } from '#db/store/mail/report.ts';
import { requestRun } from '#db/store/runs/runs.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import type { UserSeed } from '#lib/demo/tenant/tenant.ts';
import { sendReports, writeRunLogs } from '#lib/engine/run-report.ts';
import { tick } from '#lib/engine/scheduler.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const REPORTED = { REPORT_TO: 'ops@contoso.example', REPORT_FROM: 'autoprovision@contoso.example' };
/** Mail.Send works only from a mailbox that is open. */
const sender: UserSeed = { userPrincipalName: 'autoprovision@contoso.example', mailboxIsOpen: true };
const never = new AbortController().signal;

const mails = ({ db }: World) => db.select().from(outbox).orderBy(outbox.id).all();
const logOf = ({ dropFolder }: World, runId: string) => path.join(dropFolder, 'Processed', `${runId}.log`);

test('script row "mails the log, failure ignored": a run that licensed people stores one mail with counts, links and its log; the tenant gets it once', async () => {
  const world = await openWorld({ users: [sender, ...crowd(2)], env: REPORTED });
  world.drop('a.csv', `${csvOf(crowd(2))}Nobody,${upn('nobody')},X\n`);
  const run = await world.cycle();
  const stored = mails(world);
  expect(stored).toHaveLength(1);
  expect(stored[0]).toMatchObject({
    runId: run.id,
    sender: 'autoprovision@contoso.example',
    recipients: ['ops@contoso.example'],
    attachmentName: `${run.id}.log`,
    attachmentText: readFileSync(logOf(world, run.id), 'utf8'),
  });
  expect(stored[0]?.subject).toMatch(/^AutoProvision: 2 (provisioned|licensed)/);
  expect(stored[0]?.html).toContain(`http://127.0.0.1:3000/runs/${run.id}`);
  await sendReports(world.engine, never);
  await sendReports(world.engine, never);
  expect(mails(world)).toMatchObject([{ status: 'sent', transport: 'graph' }]);
  expect(world.tenant.tenant.sentMail).toMatchObject([
    { sender: 'autoprovision@contoso.example', message: { subject: stored[0]?.subject } },
  ]);
});

test('what stayed out of the files of a run is in its log and its mail, by address or by file and line', async () => {
  const world = await openWorld({ users: [sender], env: REPORTED });
  world.drop('a.csv', `CN,UserPrincipalName,EmployeeType\nAda,ada@@contoso.example,E\nBo\u0007,bo@contoso.example,E\n`);
  world.drop('b.csv', 'Who\nnobody\n');
  const run = await world.cycle();
  const log = readFileSync(logOf(world, run.id), 'utf8').trimEnd().split('\n');
  expect(log).toEqual([
    expect.stringMatching(/^ERROR: Not imported\. UserPrincipalName .+ \[a\.csv:2\]$/),
    expect.stringMatching(/^ERROR: Not imported\. CN contains the control character .+ \[bo@contoso\.example\]$/),
    expect.stringMatching(/^ERROR: Not imported\. The whole file was refused\. .+ \[b\.csv:1\]$/),
  ]);
  const [mail] = mails(world);
  expect(mail?.attachmentText?.trimEnd().split('\n')).toEqual(log);
  for (const name of ['a.csv:2', 'bo@contoso.example', 'b.csv:1']) expect(mail?.text).toContain(name);
});

test('who waits for a seat is named in the mail under the cause, with what to do', async () => {
  const world = await openWorld({ users: [sender, ...crowd(1)], env: REPORTED, seats: { plan1: 0 } });
  world.drop('a.csv', csvOf(crowd(1)));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_seat/no_seat' });
  const [mail] = mails(world);
  expect(mail?.subject).toBe('AutoProvision: 1 waits for a seat');
  expect(mail?.text).toContain(`(${upn('person1')}): Exchange Online (Plan 1) has no free seat.`);
  expect(mail?.text).not.toContain('continues automatically');
});

test('whom an import holds because two rows disagree is named in the mail once, although no run checks them', async () => {
  const world = await openWorld({ users: [sender], env: REPORTED });
  const ada = upn('ada');
  world.drop('a.csv', `CN,UserPrincipalName,EmployeeType\nAda,${ada},E\n`);
  await world.cycle();
  expect(mails(world)).toEqual([]);
  world.drop('b.csv', `CN,UserPrincipalName,EmployeeType\nAda,${ada},N\n`);
  await world.cycle();
  expect(world.standing()).toEqual({ ada: 'held/rows_disagree' });
  await world.cycle({ checkAll: true });
  const [mail, ...more] = mails(world);
  expect([mail?.subject, more]).toEqual(['AutoProvision: 1 held', []]);
  expect(mail?.text).toContain(`(${ada}): b.csv, line 2, says EmployeeType N, but EmployeeType E was said before.`);
});

test('a run in which nothing changed mails nobody', async () => {
  const world = await openWorld({ env: REPORTED });
  world.drop('a.csv', csvOf(crowd(1)));
  await world.cycle();
  await world.cycle({ checkAll: true });
  expect(mails(world)).toEqual([]);
});

test('without recipients, or without a sender, nothing is stored and the run is not affected', async () => {
  const world = await openWorld({ users: crowd(2) });
  world.drop('a.csv', csvOf(crowd(1)));
  expect((await world.cycle()).status).toBe('completed');
  saveSettings(world.db, world.engine.env, { reportRecipients: ['ops@contoso.example'] }, { name: 't', key: 't' }, 1);
  world.drop('b.csv', csvOf(crowd(2)));
  expect((await world.cycle()).status).toBe('completed');
  expect(mails(world)).toEqual([]);
});

test('what a check of mailboxes found is reported with the next cycle, not every minute', async () => {
  const world = await openWorld({ users: crowd(1, { mailboxOpensAfterMs: 60_000 }), env: REPORTED });
  world.drop('a.csv', csvOf(crowd(1)));
  await world.cycle();
  expect(mails(world).map(({ subject }) => subject)).toEqual(['AutoProvision: 1 licensed']);
  world.tenant.tenant.advance(120_000);
  world.letTimePass();
  await world.cycle({ trigger: 'watch' });
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  expect(mails(world)).toHaveLength(1);
  await world.cycle();
  expect(mails(world).map(({ subject }) => subject)).toEqual([
    'AutoProvision: 1 licensed',
    'AutoProvision: 1 provisioned',
  ]);
});

test('while Graph is away the first stopped run is mailed, and its mail waits for Graph', async () => {
  const world = await openWorld({ users: [sender, ...crowd(1)], env: REPORTED });
  world.drop('a.csv', csvOf(crowd(1)));
  await world.fault({ kind: 'reset', match: { path: '/\\$batch' } });
  for (let i = 0; i < 3; i++) expect((await world.cycle()).status).toBe('stopped');
  expect(mails(world).map(({ subject }) => subject)).toEqual([expect.stringContaining('run stopped')]);
  await sendReports(world.engine, never);
  expect(mails(world)).toMatchObject([{ status: 'queued', attempts: 0 }]);
  await world.noFaults();
  await world.cycle();
  await sendReports(world.engine, never);
  expect(mails(world).map(({ subject, status }) => `${status}: ${subject}`)).toEqual([
    'sent: AutoProvision: run stopped (Microsoft Graph is not responding)',
    'sent: AutoProvision: 1 provisioned',
  ]);
});

test('a run in each of many minutes does not flood anybody: what is held back is told by a later report, also that a run stopped', async () => {
  const world = await openWorld({ users: crowd(6), env: REPORTED });
  const cycleFor = (n: number) => {
    world.drop(`${n}.csv`, csvOf(crowd(6).slice(n, n + 1)));
    return world.cycle();
  };
  for (const n of [0, 1, 2, 3]) await cycleFor(n);
  await world.fault({ kind: 'reset', match: { path: '/\\$batch' } });
  expect((await cycleFor(4)).status).toBe('stopped');
  await world.noFaults();
  await world.cycle();
  expect(mails(world)).toHaveLength(3);
  world.db
    .update(outbox)
    .set({ createdAt: sql`created_at - ${30 * 60_000}` })
    .run();
  await cycleFor(5);
  expect(mails(world).map(({ subject }) => subject)).toEqual([
    ...Array.from({ length: 3 }, () => expect.stringMatching(/^AutoProvision: 1 (licensed|provisioned)/)),
    expect.stringMatching(/^AutoProvision: run stopped \(Microsoft Graph is not responding\), /),
  ]);
});

test('reports that were written while the clock was ahead hold none back', async () => {
  const world = await openWorld({ users: crowd(4), env: REPORTED });
  const cycleFor = (n: number) => {
    world.drop(`${n}.csv`, csvOf(crowd(4).slice(n, n + 1)));
    return world.cycle();
  };
  for (const n of [0, 1, 2]) await cycleFor(n);
  world.db
    .update(outbox)
    .set({ createdAt: sql`created_at + ${48 * 3_600_000}` })
    .run();
  await cycleFor(3);
  expect(mails(world)).toHaveLength(4);
});

test('what was reported before the clock was set back is not reported again, and no run ends before it began', async () => {
  const world = await openWorld({ users: crowd(1), env: REPORTED });
  world.drop('a.csv', csvOf(crowd(1)));
  await world.cycle();
  expect(mails(world)).toHaveLength(1);
  const now = Date.now() - 3_600_000;
  tick(world.engine, () => {}, now);
  expect(unreportedRuns(world.db, now + 60_000)).toEqual([]);
  const [run] = world.db.select().from(runs).where(eq(runs.status, 'completed')).all();
  expect(run?.finishedAt).toBeLessThan(now + 60_000);
  expect(run?.finishedAt).toBeGreaterThanOrEqual(run?.startedAt ?? Number.NaN);
  expect(run?.startedAt).toBeGreaterThanOrEqual(run?.requestedAt ?? Number.NaN);
});

test('people that an interrupted run moved are in the next report', async () => {
  const world = await openWorld({ users: crowd(1), env: REPORTED });
  world.drop('a.csv', csvOf(crowd(1)));
  await world.cycle();
  // As a process leaves it that died after recording the person and before ending the run.
  world.db.delete(outbox).run();
  world.db.update(runs).set({ status: 'running', finishedAt: null, counts: null }).run();
  await world.cycle();
  expect(mails(world).map(({ subject }) => subject)).toEqual([expect.stringMatching(/^AutoProvision: 1 /)]);
});

test('reports go by SMTP where that is set, in the language that Settings name', async () => {
  const received: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) =>
      void text(stream).then((message) => {
        received.push(message);
        done();
      }),
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));
  const world = await openWorld({
    users: crowd(1),
    env: {
      ...REPORTED,
      REPORT_TRANSPORT: 'smtp',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String((server.server.address() as AddressInfo).port),
      SMTP_SECURITY: 'none',
    },
  });
  saveSettings(world.db, world.engine.env, { mailLanguage: 'de' }, { name: 't', key: 't' }, 1);
  world.drop('a.csv', `${csvOf(crowd(1))}Nobody,nobody,E\n`);
  const run = await world.cycle();
  await sendReports(world.engine, never);
  expect(mails(world)).toMatchObject([{ status: 'sent', transport: 'smtp' }]);
  expect(mails(world)[0]?.text).toContain('UserPrincipalName hat kein @');
  const [message = ''] = received;
  expect(received).toHaveLength(1);
  expect(message).toMatch(/^Subject: AutoProvision: 1 (lizenziert|bereitgestellt)/m);
  // Both parts; lines are broken where the mail says so.
  const whole = message.replaceAll(/=\r?\n/g, '');
  expect(whole).toContain('Alles Neue seit dem letzten Bericht');
  expect(whole).toContain('<html lang=3D"de">');
  // What programs read stays in English.
  expect(mails(world)[0]?.attachmentText).toBe(readFileSync(logOf(world, run.id), 'utf8'));
  expect(mails(world)[0]?.attachmentText).toMatch(/^(SUCCESS|WAITING): [A-Z].*\[person1@/m);
  expect(mails(world)[0]?.attachmentText).toMatch(/^ERROR: Not imported\. UserPrincipalName has no @/m);
});

test('the log lies beside the processed files: a line for every person, verdict first, name last', async () => {
  const world = await openWorld({ users: crowd(1) });
  world.drop('a.csv', `${csvOf(crowd(2))}Nobody,${upn('nobody')},X\n`);
  const run = await world.cycle();
  const lines = readFileSync(logOf(world, run.id), 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toMatch(/^(SUCCESS|WAITING|ERROR): .+ \[[^ ]+@contoso\.example\]$/);
  expect(readdirSync(path.join(world.dropFolder, 'Processed')).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a log that could not be written is written after the next run', async () => {
  const world = await openWorld({ users: crowd(1) });
  world.drop('a.csv', csvOf(crowd(1)));
  const run = await world.cycle();
  const processed = path.join(world.dropFolder, 'Processed');
  rmSync(processed, { recursive: true });
  writeFileSync(processed, 'in the way');
  world.db.update(runs).set({ logWrittenAt: null }).run();
  await writeRunLogs(world.engine, 1);
  expect(world.db.select().from(runs).all()).toMatchObject([{ logWrittenAt: null }]);
  rmSync(processed);
  await writeRunLogs(world.engine, 2);
  expect(world.db.select().from(runs).all()).toMatchObject([{ logWrittenAt: 2 }]);
  expect(existsSync(logOf(world, run.id))).toBe(true);
});

test('a share that went away is not made anew by the log of a run, which follows when it is back', async () => {
  const world = await openWorld({ users: crowd(1) });
  world.drop('a.csv', csvOf(crowd(1)));
  const run = await world.cycle();
  rmSync(world.dropFolder, { recursive: true });
  world.db.update(runs).set({ logWrittenAt: null }).run();
  await writeRunLogs(world.engine, 1);
  expect(existsSync(world.dropFolder)).toBe(false);
  mkdirSync(world.dropFolder);
  await writeRunLogs(world.engine, 2);
  expect(existsSync(logOf(world, run.id))).toBe(true);
});

test('a link planted in the place of a log is not followed', async () => {
  const world = await openWorld({ users: crowd(1) });
  world.drop('a.csv', csvOf(crowd(1)));
  const run = await world.cycle();
  const precious = path.join(world.dataDir, 'precious.txt');
  writeFileSync(precious, 'untouched');
  rmSync(logOf(world, run.id));
  symlinkSync(precious, logOf(world, run.id));
  symlinkSync(precious, `${logOf(world, run.id)}.part`);
  world.db.update(runs).set({ logWrittenAt: null }).run();
  await writeRunLogs(world.engine, 2);
  expect(readFileSync(precious, 'utf8')).toBe('untouched');
  expect(readFileSync(logOf(world, run.id), 'utf8')).toContain('person1@contoso.example');
});

test('neither report nor log nor sending can fail a run, whatever the database does', async () => {
  const world = await openWorld({ users: crowd(1), env: REPORTED });
  world.drop('a.csv', csvOf(crowd(1)));
  world.db.$client.exec('drop table outbox');
  expect((await world.cycle()).status).toBe('completed');
  await sendReports(world.engine, never);
  world.db.$client.exec('drop table outcomes');
  requestRun(world.db, { trigger: 'operator', requestedBy: 'test' }, 1);
  await writeRunLogs(world.engine, 3);
});
