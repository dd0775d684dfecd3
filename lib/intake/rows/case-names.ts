/** What rows that stayed out are called in lists, logs and reports: by what can be read of them. */
import type { Tx } from '#db/client.ts';
import { type CaseRow, casesOfRun } from '#db/store/row-cases/row-cases-read.ts';
import { partOf, type Sentence, sentence, within } from '#lib/domain/sentences/sentence.ts';
import { joinedName } from '#lib/intake/csv/columns/name-parts.ts';
import { together } from '#lib/intake/csv/problem.ts';
import { upnProblems } from '#lib/intake/csv/values/upn.ts';
import { type CaseTable, caseTable, validateCase } from './case-table.ts';
import { rawRow } from './row-case.ts';

const SHOWN = 80;

/** Reads the cells of cases as their files were read; each file is prepared once. */
export function caseNames(db: Tx) {
  const tables = new Map<string, CaseTable | null>();
  const tableOf = (fileId: string) => {
    const known = tables.get(fileId) ?? caseTable(db, fileId);
    tables.set(fileId, known);
    return known;
  };
  /** What stands in the known columns; nothing where the row cannot be split. */
  const cellsOf = (row: CaseRow): { name: string | null; userPrincipalName: string | null } => {
    const [file, raw] = [tableOf(row.fileId), rawRow(row)];
    const fields = file && raw && validateCase(file, raw).fields;
    const header = file?.table.header;
    if (!fields || fields.length !== header?.width) return { name: null, userPrincipalName: null };
    const cell = (at: number | null) => fields[at ?? -1]?.trim() ?? '';
    return {
      name: joinedName(header.nameAt.map(cell)) || joinedName(header.namePartsAt.map(cell)) || null,
      userPrincipalName: cell(header.at.UserPrincipalName) || null,
    };
  };
  return {
    /** Its name, its address or its beginning; the name of a file that was refused whole. */
    of(row: CaseRow): { name: string; userPrincipalName: string | null } {
      const { name, userPrincipalName } = cellsOf(row);
      const other = /[^\s,;|]/.test(row.raw ?? '') ? row.raw?.trim().slice(0, SHOWN) : null;
      return { name: name ?? userPrincipalName ?? other ?? row.fileName, userPrincipalName };
    },
    /** Where a colleague finds it: by its UserPrincipalName where it has a valid one, otherwise by file and line. */
    placeOf(row: CaseRow): string {
      const { userPrincipalName: upn } = cellsOf(row);
      const line = row.line ?? row.fileProblem?.line ?? 1;
      return upn !== null && upnProblems(upn).length === 0 ? upn : `${row.fileName}:${line}`;
    },
  };
}

/** What kept a row out, or why a file was refused whole, as a sentence. */
export function caseSentence({ fileProblem, problems }: CaseRow): Sentence {
  if (problems.length > 0) return together(problems);
  if (!fileProblem) return sentence('wholeFileRefused');
  const { line } = fileProblem;
  return within(sentence('wholeFileRefusedAt', { line, problem: partOf(fileProblem) }), [fileProblem]);
}

/** A row that stayed out of a file, or a file that was refused whole. */
interface LeftOut {
  /** Of its case. */
  id: number;
  /** Its UserPrincipalName, otherwise file and line. */
  name: string;
  problem: Sentence;
}

function* casesLeftOut(db: Tx, runId: string): Generator<LeftOut> {
  const names = caseNames(db);
  for (const row of casesOfRun(db, runId)) yield { id: row.id, name: names.placeOf(row), problem: caseSentence(row) };
}

/** What stayed out of the files of a run, in English, as its log tells it. */
export function* rowsLeftOut(db: Tx, runId: string): Generator<{ name: string; problem: string }> {
  for (const { name, problem } of casesLeftOut(db, runId)) yield { name, problem: problem.message };
}

/** The first `limit` rows that stayed out of the files of these runs. */
export function firstRowsLeftOut(tx: Tx, runIds: readonly string[], limit: number): LeftOut[] {
  const first: LeftOut[] = [];
  for (const runId of runIds) for (const row of casesLeftOut(tx, runId)) if (first.push(row) >= limit) return first;
  return first;
}
