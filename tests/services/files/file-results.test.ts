import { eq } from 'drizzle-orm';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { intakeFiles } from '#db/schema/files.ts';
import { dryRunOutcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { runs } from '#db/schema/runs.ts';
import { correctDraft } from '#lib/services/drafts/draft-corrections.ts';
import { importDraft, startPreview } from '#lib/services/drafts/draft-preview.ts';
import { createDraft } from '#lib/services/drafts/drafts.ts';
import { comparePlan } from '#lib/services/files/file-plan.ts';
import { downloadResults } from '#lib/services/files/file-results.ts';
import { uploadFile } from '#lib/services/files/files.ts';
import { openServicesDatabase, operator, sent } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');
const helpdesk = operator('Operator');

const upload = async (name: string, text: string) => (await uploadFile(helpdesk, { name }, sent(text))).id;
const results = (id: string) => [...downloadResults(viewer, { id }).lines].join('');
const table = (text: string, delimiter: string) =>
  Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimiter, skipEmptyLines: true }).data;

test("the sender's own columns come back as they were, every row, with what became of it", async () => {
  const own = [
    'Dept ;"Name";UPN;Typ',
    'a;"Doe; Jane";jane@contoso.example;E',
    ' =x;Bob;bob@contoso.example;E',
    'c;Bad;;E',
  ];
  const id = await upload('Neuzugänge.CSV', `${own.join('\r\n')}\r\n`);
  const jane = eq(people.upnKey, 'jane@contoso.example');
  db.update(people)
    .set({ state: 'provisioned', reason: 'provisioned', message: '=1+1', licensedAt: 0, mailboxReadyAt: 60_000 })
    .where(jane)
    .run();
  expect(downloadResults(viewer, { id }).name).toBe('Neuzugänge-results.csv');
  const text = results(id);
  expect(text.startsWith('\uFEFFDept ;"Name";UPN;Typ;State;Reason;Message;LicensedAt;MailboxReadyAt\r\n')).toBe(true);
  for (const line of own) expect(text).toContain(`${line};`);
  const [, ...rows] = table(text, ';');
  expect(rows.map((row) => row.slice(4))).toEqual([
    ['provisioned', 'provisioned', "'=1+1", '1970-01-01T00:00:00.000Z', '1970-01-01T00:01:00.000Z'],
    ['queued', 'queued', expect.stringContaining('line 3'), '', ''],
    ['rejected', 'row_rejected', 'UserPrincipalName is empty.', '', ''],
  ]);
});

test('a row of another shape keeps the columns of the others in place', async () => {
  const id = await upload(
    'x.csv',
    'CN,UPN,Type\nA,a@contoso.example\nDoe, B,b@contoso.example,E\n"C"x,c@contoso.example,E\n',
  );
  const rows = table(results(id), ',');
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([8]));
  expect(rows.map((row) => [row[0], row[3]])).toEqual([
    ['CN', 'State'],
    ['A', 'rejected'],
    ['Doe, B,b@contoso.example,E', 'rejected'],
    ['"C"x,c@contoso.example,E', 'rejected'],
  ]);
});

test('a file with results that is uploaded again gets results of its own beside the old ones', async () => {
  const first = await upload('a.csv', 'CN,UPN,Type\nZed,zed@contoso.example,E\n');
  const second = await upload('b.csv', results(first));
  expect(table(results(second), ',')[0]?.slice(3)).toEqual([
    ...['State', 'Reason', 'Message', 'LicensedAt', 'MailboxReadyAt'],
    ...['State (2)', 'Reason (2)', 'Message (2)', 'LicensedAt (2)', 'MailboxReadyAt (2)'],
  ]);
});

test('a file of before its header was kept has numbered columns; one that was refused whole has none', async () => {
  const id = await upload('old.csv', 'CN,UPN,Type\nOld,old@contoso.example,E\n');
  db.update(intakeFiles).set({ header: null }).where(eq(intakeFiles.id, id)).run();
  expect(table(results(id), ',')[0]?.slice(0, 4)).toEqual(['Column 1', 'Column 2', 'Column 3', 'State']);
  const refused = await upload('broken.csv', 'CN,Type\nA,E\n');
  expect(() => downloadResults(viewer, { id: refused })).toThrow('whole file was rejected');
});

test('what was expected is held against what happened, with the names of those who differ', async () => {
  const csv = ['CN,UPN,Type', ...['p', 'q', 'r', 's'].map((name) => `${name},${name}@contoso.example,E`)].join('\n');
  const { id } = await createDraft(helpdesk, { name: 'plan.csv' }, sent(csv));
  const { runId } = startPreview(helpdesk, { id, revision: 0 });
  const outcome = { runId, userPrincipalName: '', displayName: '', employeeType: 'E', message: 'So.' } as const;
  const licensed = { ...outcome, state: 'queued', reason: 'would_license', licences: ['EXCHANGESTANDARD'] } as const;
  const sync = { ...outcome, state: 'awaiting_sync', reason: 'not_synchronised', licences: [] } as const;
  db.insert(dryRunOutcomes)
    .values([
      { ...licensed, line: 2 },
      { ...licensed, line: 3 },
      { ...licensed, line: 4 },
      { ...sync, line: 5 },
    ])
    .run();
  db.update(runs).set({ status: 'completed', finishedAt: 5 }).where(eq(runs.id, runId)).run();
  const { fileId } = await importDraft(helpdesk, { id, revision: 0 });
  const become = (name: string, change: Partial<typeof people.$inferInsert>) =>
    db
      .update(people)
      .set(change)
      .where(eq(people.upnKey, `${name}@contoso.example`))
      .run();
  become('p', { state: 'awaiting_mailbox', licensedAt: 1 });
  become('q', { state: 'needs_attention', message: 'Disabled.' });
  become('s', { state: 'awaiting_mailbox' });
  expect(comparePlan(viewer, { id: fileId })).toMatchObject({
    checkedAt: 5,
    isOutdated: false,
    parts: [
      { planned: '3 get Exchange Online (Plan 1)', people: 3, asPlanned: 1, open: 1, differ: 1 },
      { planned: '1 is not synchronised yet', people: 1, asPlanned: 1, open: 0, differ: 0 },
    ],
    differing: [{ displayName: 'q', planned: 'gets Exchange Online (Plan 1).', message: 'Disabled.' }],
  });
});

test('what was corrected is said beside the row, which stays as the sender wrote it', async () => {
  const csv = 'CN,UPN,Type\nTim,tim@@contoso.example,E\n';
  const { id } = await createDraft(helpdesk, { name: 'corrected.csv' }, sent(csv));
  await correctDraft(helpdesk, { id, revision: 0, line: 2, at: 1, to: 'tim@contoso.example' });
  const { fileId } = await importDraft(helpdesk, { id, revision: 1 });
  const [, row] = table(results(fileId), ',');
  expect(row?.[1]).toBe('tim@@contoso.example');
  expect(row?.[5]).toContain('corrected by Demo Operator from "tim@@contoso.example" to "tim@contoso.example"');
  expect(comparePlan(viewer, { id: fileId })).toBeNull();
});

test('formulas of the sender come back disarmed, in the header as well; every other row as it was', async () => {
  const own = ['CN;UPN;Type;"=1+1"', 'Eve;eve@contoso.example;E;=1+1', 'Ida;ida@contoso.example;E;"x, ""y"""'];
  const text = results(await upload('formulas.csv', `${own.join('\n')}\n`));
  const [header, eve] = table(text, ';');
  expect([header?.[3], eve?.[3]]).toEqual(["'=1+1", "'=1+1"]);
  expect(text).toContain(`${own[2]};`);
});
