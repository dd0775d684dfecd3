/** What operators do about rows that stayed out: correct one or all alike, close with a reason, reopen. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { reopenCase, type SeenCase, settleCase } from '#db/store/row-cases/row-cases.ts';
import { type CaseRow, caseById, countCases, openCasesOfFile } from '#db/store/row-cases/row-cases-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import { together } from '#lib/intake/csv/problem.ts';
import { caseTable } from '#lib/intake/rows/case-table.ts';
import { correctCase } from '#lib/intake/rows/row-case.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { checkAtOnce } from '#lib/services/people/actions/check-now.ts';
import { whySchema } from '#lib/services/people/actions/seen-people.ts';
import { sentenceIn } from '#lib/words/sentences.ts';
import { type CaseReviewer, caseReviewer } from './case-review.ts';

const seenSchema = z.object({ id: z.number().int().positive(), revision: z.number().int().min(0) });
const correctInput = seenSchema.extend({
  cells: z.array(z.string().max(10_000, 'this is too long')).max(10_000),
});

/**
 * Checks a corrected row as every row is checked, makes it a person and looks at once. `input`: `{ id, revision, cells }`, one cell for each
 * column. Throws `invalid` with what is still wrong, and `conflict` where somebody was faster.
 */
export function correctRowCase(operator: Operator | null, input: unknown): { personId: number } {
  authorise(operator, 'people:act');
  const { cells, ...seen } = parseInput(correctInput, input);
  return inTransaction((tx, now) => {
    const found = caseById(tx, seen.id);
    const file = found && caseTable(tx, found.fileId);
    if (!file) throw new ServiceError('not_found', ['noRow']);
    if (cells.length !== file.names.length)
      throw new ServiceError('invalid', 'cells: one for each column of the file.');
    const result = correctCase(tx, file, { seen, cells, operator, now });
    if (result.kind === 'changed') throw new ServiceError('conflict', ['rowChanged']);
    if (result.kind === 'invalid')
      throw new ServiceError('invalid', (language) => sentenceIn(language, together(result.problems)).message);
    checkAtOnce(tx, operator, [result.personId], now);
    return { personId: result.personId };
  });
}

const alikeInput = z.object({
  fileId: z.string().min(1).max(100),
  at: z.number().int().min(0).max(10_000).nullable(),
  pattern: z.string().min(1).max(500),
});

/** Rows corrected or closed in one transaction, some 30 ms of work: others can write in between. */
const CORRECTED_AT_ONCE = 25;
const CLOSED_AT_ONCE = 500;
/** People of more rows than this are left to the next cycle. */
const OWN_RUN_PEOPLE = 5000;

/**
 * Corrects every open row of a file that has this very mistake, each by its own suggestion. `input`: `{ fileId, at, pattern }`. `left`: rows
 * with the mistake that have another one as well. Throws `conflict` where no row could be corrected.
 */
export async function correctAlikeCases(
  operator: Operator | null,
  input: unknown,
): Promise<{ corrected: number; left: number }> {
  authorise(operator, 'people:act');
  const { fileId, at, pattern } = parseInput(alikeInput, input);
  const db = database();
  const reviewer = caseReviewer(db, fileId);
  if (!reviewer) throw new ServiceError('not_found', ['noFile']);
  const people: number[] = [];
  let left = 0;
  const correctAll = (rows: readonly CaseRow[]) =>
    inTransaction((tx, now) => {
      for (const row of rows) {
        const cells = cellsMeant(reviewer, row, at, pattern);
        if (!cells) continue;
        const result = correctCase(tx, reviewer.file, { seen: row, cells, operator, now });
        if (result.kind === 'corrected') people.push(result.personId);
        else left += 1;
      }
    });
  await eachPart(openCasesOfFile(db, fileId), CORRECTED_AT_ONCE, correctAll);
  if (people.length === 0) throw new ServiceError('conflict', ['noRowCorrected']);
  if (people.length <= OWN_RUN_PEOPLE) inTransaction((tx, now) => checkAtOnce(tx, operator, [...new Set(people)], now));
  return { corrected: people.length, left };
}

/** The row's cells with the suggestion for this mistake; null where the row does not have it. */
function cellsMeant(
  reviewer: CaseReviewer,
  row: CaseRow,
  at: number | null,
  pattern: string,
): readonly string[] | null {
  const { cells, notes } = reviewer.review(row);
  const meant = notes
    .filter((note) => note.at === at)
    .flatMap(({ suggestions }) => suggestions)
    .find((suggestion) => suggestion.pattern === pattern);
  if (!meant) return null;
  return at === null ? readRow(meant.to, reviewer.file.table.delimiter) : (cells?.with(at, meant.to) ?? null);
}

/** Hands on a few at a time, and lets others work in between. */
async function eachPart<T>(all: Iterable<T>, size: number, work: (part: readonly T[]) => void): Promise<void> {
  let part: T[] = [];
  for (const one of all) {
    if (part.push(one) < size) continue;
    work(part);
    part = [];
    await new Promise(setImmediate);
  }
  if (part.length > 0) work(part);
}

function inTransaction<T>(work: (tx: Tx, now: number) => T): T {
  return database().transaction((tx) => work(tx, Date.now()), { behavior: 'immediate' });
}

const CASES_LIMIT = 1000;
const casesSchema = z.array(seenSchema).min(1, 'choose a row').max(CASES_LIMIT, `at most ${CASES_LIMIT} rows at once`);
const closeInput = z.object({ cases: casesSchema, why: whySchema });

/**
 * Closes rows that will never become a person, or a file that was refused whole, with a reason. `input`: `{ cases: [{ id, revision }],
 * why }`. All or none: throws `conflict` where somebody was faster with one of them.
 */
export function closeRowCases(operator: Operator | null, input: unknown): { closed: number } {
  authorise(operator, 'people:act');
  const { cases, why } = parseInput(closeInput, input);
  return inTransaction((tx, now) => {
    const rows = cases.map((seen) => existing(tx, seen));
    closeAll(tx, operator, rows, why, now);
    return { closed: rows.length };
  });
}

const closeFileInput = z.object({
  fileId: z.string().min(1).max(100),
  /** How many open rows the operator saw. */
  open: z.number().int().min(1),
  why: whySchema,
});

/** Closes every open row of a file with one reason. `input`: `{ fileId, open, why }`. Throws `conflict` where their number has changed. */
export async function closeFileCases(operator: Operator | null, input: unknown): Promise<{ closed: number }> {
  authorise(operator, 'people:act');
  const { fileId, open, why } = parseInput(closeFileInput, input);
  const db = database();
  if (countCases(db, { status: 'open', fileId }) !== open) throw new ServiceError('conflict', ['rowChanged']);
  let closed = 0;
  await eachPart(openCasesOfFile(db, fileId), CLOSED_AT_ONCE, (rows) => {
    inTransaction((tx, now) => closeAll(tx, operator, rows, why, now));
    closed += rows.length;
  });
  return { closed };
}

const reopenInput = z.object({ cases: casesSchema });

/** Opens closed rows or files again. `input`: `{ cases: [{ id, revision }] }`. All or none: throws `conflict` where somebody was faster. */
export function reopenRowCases(operator: Operator | null, input: unknown): { reopened: number } {
  authorise(operator, 'people:act');
  const { cases } = parseInput(reopenInput, input);
  return inTransaction((tx, now) => {
    const rows = cases.map((seen) => existing(tx, seen));
    for (const row of rows) if (!reopenCase(tx, row)) throw new ServiceError('conflict', ['rowChanged']);
    recordByFile(rows, (fileId, lines, what) =>
      recordEvent(tx, {
        kind: 'row.reopened',
        at: now,
        actor: operator,
        data: { fileId, lines },
        message: `${operator.name} reopened ${what}.`,
      }),
    );
    return { reopened: rows.length };
  });
}

/** The case as it was seen. Throws `not_found` or `conflict`. */
function existing(tx: Tx, seen: SeenCase): CaseRow {
  const row = caseById(tx, seen.id);
  if (!row) throw new ServiceError('not_found', ['noRow']);
  if (row.revision !== seen.revision) throw new ServiceError('conflict', ['rowChanged']);
  return row;
}

function closeAll(tx: Tx, operator: Operator, rows: readonly CaseRow[], why: string, now: number): void {
  for (const row of rows)
    if (!settleCase(tx, row, { status: 'closed', by: operator, at: now, why }))
      throw new ServiceError('conflict', ['rowChanged']);
  recordByFile(rows, (fileId, lines, what) =>
    recordEvent(tx, {
      kind: 'row.closed',
      at: now,
      actor: operator,
      data: { fileId, lines, why },
      message: `${operator.name} closed ${what}: ${why}`,
    }),
  );
}

/** One event for the rows of each file. */
function recordByFile(rows: readonly CaseRow[], record: (fileId: string, lines: number[], what: string) => void): void {
  for (const [fileId, ofFile] of Map.groupBy(rows, (row) => row.fileId)) {
    const lines = ofFile.flatMap(({ line }) => line ?? []);
    const name = ofFile[0]?.fileName ?? '';
    if (lines.length === 0) record(fileId, lines, `the file ${name}, which was rejected as a whole`);
    else record(fileId, lines, lines.length === 1 ? `line ${lines[0]} of ${name}` : `${lines.length} rows of ${name}`);
  }
}
