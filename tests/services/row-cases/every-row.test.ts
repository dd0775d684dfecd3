/** The promise from the first byte to the last decision: every row is somebody, and exactly one of what a row can be. */
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intakeFiles, intakeRows } from '#db/schema/files.ts';
import { rowCases } from '#db/schema/row-cases.ts';
import { draftById } from '#db/store/files/drafts.ts';
import { seedMappings } from '#db/store/mappings/mappings.ts';
import { countCases } from '#db/store/row-cases/row-cases-read.ts';
import { newId } from '#lib/ids.ts';
import { importDraft } from '#lib/intake/draft/draft-import.ts';
import { importFile } from '#lib/intake/import.ts';
import { readFile } from '#lib/services/files/files.ts';
import { ROW_PARTS, type RowReconciliation } from '#lib/services/files/reconciliation.ts';
import { ServiceError } from '#lib/services/http/errors.ts';
import {
  closeFileCases,
  closeRowCases,
  correctAlikeCases,
  correctRowCase,
  reopenRowCases,
} from '#lib/services/row-cases/row-case-actions.ts';
import { openAsUpload } from '#lib/services/row-cases/row-case-upload.ts';
import { listRowCases, type RowCaseItem, readRowCase } from '#lib/services/row-cases/row-cases.ts';
import { randomCases } from '#tests/support/runner/random-cases.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
seedMappings(db, 0);
const helpdesk = operator('Operator');
const { key, name } = helpdesk;

type Standing = 'person' | 'duplicate' | 'open' | 'corrected' | 'closed';

/** What each row of a file is, by the tables alone; throws where it is none of these, or two of them. */
function standings(fileId: string): Standing[] {
  const rows = db
    .select({ verdict: intakeRows.verdict, personId: intakeRows.personId, status: rowCases.status })
    .from(intakeRows)
    .leftJoin(rowCases, eq(rowCases.rowId, intakeRows.id))
    .where(eq(intakeRows.fileId, fileId))
    .all();
  return rows.map((row) => {
    const isPerson = row.personId !== null;
    if (row.verdict === 'accepted' && isPerson && row.status === null) return 'person';
    if (row.verdict === 'duplicate' && isPerson && row.status === null) return 'duplicate';
    if (row.verdict === 'rejected' && isPerson && row.status === 'corrected') return 'corrected';
    if (row.verdict === 'rejected' && !isPerson && (row.status === 'open' || row.status === 'closed'))
      return row.status;
    throw new Error(`a row is nothing of what a row can be: ${JSON.stringify(row)}`);
  });
}

const number = (all: readonly Standing[], one: Standing) => all.filter((standing) => standing === one).length;

/** The page's equation says what the tables say, and adds up; the list of what stayed out has the same rows. */
function expectBalance(fileId: string): Standing[] {
  const all = standings(fileId);
  const { reconciliation, rows } = readFile(helpdesk, { id: fileId });
  const { duplicate, open, corrected, closed } = reconciliation;
  const sum = (parts: RowReconciliation) => ROW_PARTS.reduce((total, part) => total + parts[part], 0);
  expect(rows).toBe(all.length);
  expect(reconciliation.rows).toBe(all.length);
  expect(sum(reconciliation)).toBe(all.length);
  expect({ duplicate, open, corrected, closed }).toEqual({
    duplicate: number(all, 'duplicate'),
    open: number(all, 'open'),
    corrected: number(all, 'corrected'),
    closed: number(all, 'closed'),
  });
  const { counts } = listRowCases(helpdesk, { file: fileId });
  const whole = readFile(helpdesk, { id: fileId }).fileCase;
  expect(counts.open).toBe(open + Number(whole?.status === 'open'));
  return all;
}

const word = fc.constantFrom(
  'ada',
  'bo',
  'Zoë',
  'jürgen',
  'x',
  '',
  ' ',
  'a"b',
  "o'neil",
  '=1+1',
  '\u0007',
  'Łucja',
  '😀',
);
const domain = fc.constantFrom('contoso.com', 'contoso.con', '@contoso.com', 'contoso', '');
const upn = fc.oneof(
  fc.tuple(word, fc.nat(30), domain).map(([one, n, at]) => `${one}${n}@${at}`),
  fc.constantFrom('', 'NULL', 'someone', 'a b@contoso.com', 'x@y@contoso.com'),
);
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const cell = fc.oneof({ arbitrary: word, weight: 4 }, fc.string({ unit: 'binary', maxLength: 6 }));
const row = fc.oneof(
  { arbitrary: fc.tuple(cell.map(quoted), upn.map(quoted), fc.constantFrom('E', 'N', '', 'C'), word), weight: 6 },
  { arbitrary: fc.array(cell, { minLength: 1, maxLength: 7 }), weight: 2 },
  { arbitrary: fc.array(fc.constantFrom('"', 'a', '""', '"b', 'c"', ',', '\n'), { maxLength: 6 }), weight: 1 },
);
const tableText = fc
  .record({
    rows: fc.array(row, { maxLength: 12 }),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    bom: fc.boolean(),
  })
  .map(({ rows, delimiter, end, bom }) => {
    const header = ['CN', 'UserPrincipalName', 'EmployeeType', 'Note'].join(delimiter);
    return `${bom ? '\ufeff' : ''}${[header, ...rows.map((cells) => cells.join(delimiter))].join(end)}${end}`;
  });
const bytes = fc.oneof(
  { arbitrary: tableText.map((text) => Buffer.from(text)), weight: 8 },
  { arbitrary: tableText.map((text) => Buffer.from(`\ufeff${text}`, 'utf16le')), weight: 1 },
  { arbitrary: fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all)), weight: 1 },
);

const step = fc.record({
  kind: fc.constantFrom('correct', 'meant', 'alike', 'close', 'close all', 'reopen', 'as upload'),
  which: fc.nat(),
  upn: fc.oneof(
    fc.nat(40).map((n) => `person${n}@contoso.com`),
    upn,
  ),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const nth = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];

/** What an operator does about one of the rows that stayed out; a refusal with a reason is an answer too. */
async function take({ kind, which, upn: to }: Step, fileId: string): Promise<void> {
  const status = kind === 'reopen' ? 'closed' : 'open';
  const { items, total } = listRowCases(helpdesk, { file: fileId, status });
  const chosen = nth(items, which);
  if (!chosen) return;
  try {
    await ACTIONS[kind]({ chosen, total, to });
  } catch (error) {
    if (!(error instanceof ServiceError) || error.message === '') throw error;
  }
}

interface Choice {
  chosen: RowCaseItem;
  total: number;
  to: string;
}

const ACTIONS: Record<Step['kind'], (choice: Choice) => unknown> = {
  correct: ({ chosen: { id, revision }, to }) => {
    const { cells, names } = readRowCase(helpdesk, { id });
    const at = names.indexOf('UserPrincipalName');
    return correctRowCase(helpdesk, { id, revision, cells: at < 0 ? cells : cells.with(at, to) });
  },
  meant: ({ chosen: { id, revision } }) => {
    const { meant, cells } = readRowCase(helpdesk, { id });
    return correctRowCase(helpdesk, { id, revision, cells: meant?.cells ?? cells });
  },
  alike: ({ chosen: { id, fileId } }) => {
    const note = readRowCase(helpdesk, { id }).notes.find(({ suggestions }) => suggestions.length > 0);
    const pattern = note?.suggestions[0]?.pattern;
    return pattern && correctAlikeCases(helpdesk, { fileId, at: note?.at, pattern });
  },
  close: ({ chosen }) => closeRowCases(helpdesk, { cases: [chosen], why: 'closed by hand' }),
  'close all': ({ chosen: { fileId }, total }) => closeFileCases(helpdesk, { fileId, open: total, why: 'all closed' }),
  reopen: ({ chosen }) => reopenRowCases(helpdesk, { cases: [chosen] }),
  'as upload': async ({ chosen: { fileId } }) => {
    const { draftId } = await openAsUpload(helpdesk, { fileId });
    const draft = draftById(db, draftId);
    const confirmation = { draftId, revision: draft?.revision ?? 0, operator: { key, name }, now: Date.now() };
    const imported = importDraft(db, process.env.DATA_DIR ?? '', confirmation, {});
    if (imported.kind === 'imported') expectBalance(imported.fileId);
    else db.$client.prepare("update drafts set status = 'discarded' where id = ?").run(draftId);
  },
};

const RUNS = Number(process.env.EVERY_ROW_RUNS ?? randomCases(60));

test('whatever bytes come in and whatever is decided about them, every row is a person, a duplicate, open, corrected or closed', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, fc.array(step, { maxLength: 8 }), async (source, steps) => {
      const now = Date.now();
      const from = { sourceKind: 'upload', receivedFrom: name, receivedFromKey: key } as const;
      const id = newId(now);
      const file = importFile({
        db,
        source,
        copyTo: null,
        name: 'any.csv',
        ...from,
        now,
        runId: null,
        id,
        storedName: `${id}.csv`,
      });
      if (!file) throw new Error('the bytes did not change');
      const before = expectBalance(file.id).length;
      for (const one of steps) {
        await take(one, file.id);
        expect(expectBalance(file.id)).toHaveLength(before);
      }
      const corrected = number(standings(file.id), 'corrected');
      const told = sql`select count(*) as n from events where kind = 'row.corrected' and data ->> '$.fileId' = ${file.id}`;
      expect(db.get<{ n: number }>(told).n).toBe(corrected);
    }),
    { numRuns: RUNS },
  );
  const files = db.select({ id: intakeFiles.id }).from(intakeFiles).all();
  const open = files.reduce((sum, { id }) => sum + countCases(db, { status: 'open', fileId: id }), 0);
  expect(countCases(db, { status: 'open', fileId: null })).toBe(open);
}, 600_000);
