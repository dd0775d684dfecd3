/** Reads an upload under review before it is imported: same rows and verdicts as at the drop folder, with its corrections. */

import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { type Draft, draftById } from '#db/store/files/drafts.ts';
import type { Newcomer } from '#lib/domain/newcomer.ts';
import { upnKey } from '#lib/domain/person.ts';
import { dayAt } from '#lib/domain/time/days.ts';
import { codePagesOf, columnNames, encodingNotes } from '#lib/intake/column-rules.ts';
import { detectEncoding, isPlainUtf8 } from '#lib/intake/csv/encoding/detect.ts';
import type { Detected, Format } from '#lib/intake/csv/encoding/formats.ts';
import { dateOrderOf, readTable } from '#lib/intake/csv/parse.ts';
import type { FileProblem } from '#lib/intake/csv/problem.ts';
import { byLine, type RowPart } from '#lib/intake/csv/rows/corrections.ts';
import { type Table, type ValidatedRow, validateTableRow } from '#lib/intake/csv/rows/validation-context.ts';
import type { TablePart } from '#lib/intake/csv/table.ts';
import type { DateOrder } from '#lib/intake/csv/values/date-order.ts';
import { fileRecords } from '#lib/intake/file-records.ts';
import { readSource } from '#lib/intake/source-reader.ts';
import { decidedRows } from './decided-rows.ts';

export type DraftHeader = Extract<TablePart, { kind: 'header' }> & { encoding: Format; dates: DateOrder };

/** A dry run over a draft covers at most this many of its people, the first ones. */
export const CHECKED_PEOPLE = 20_000;

export interface DraftReader {
  /** Called once, before the rows. */
  header(header: DraftHeader): void;
  /** `validated` is null while the columns do not match: then no row can be validated. Return false to stop reading. */
  row(part: Extract<TablePart, { kind: 'row' }>, validated: ValidatedRow | null): unknown;
  /** Before each block that is read. */
  throwIfStopped?: (() => void) | undefined;
}

/** The path of an upload's original. */
export function draftFile(dataDir: string, draft: Pick<Draft, 'storedName'>): string {
  return path.join(dataDir, 'uploads', draft.storedName);
}

/** Reads the whole draft; returns the fault where its structure cannot be trusted. Throws where the original is missing. */
export function readDraftRows(db: Db, dataDir: string, draft: Draft, reader: DraftReader): FileProblem | null {
  const source = openSync(draftFile(dataDir, draft), 'r');
  const blocks = () => readSource(source, reader.throwIfStopped).blocks();
  try {
    const isPlain = isPlainUtf8(blocks());
    const detected: Detected = isPlain ? { kind: 'ok', encoding: 'UTF-8' } : detectEncoding(blocks());
    if (detected.kind === 'fault') return detected.problem;
    const { encoding, others: otherEncodings = [], padded = false } = detected;
    const codePages = codePagesOf({ encoding, otherEncodings });
    const corrections = byLine(draft.corrections);
    const matching = { choice: draft.columns, tolerant: true, ...columnNames(db) };
    const today = dayAt(draft.createdAt, matching.timeZone);
    const decided = decidedRows(db, draft);
    const validate = (table: Table, part: RowPart): ValidatedRow => {
      const validated = validateTableRow(table, part);
      const problem = decided.get(part.line);
      if (!problem) return validated;
      const { fields, changes } = validated;
      return { kind: 'rejected', problems: [problem], fields, changes };
    };
    const parts = () =>
      readTable(fileRecords(blocks(), source, encoding, matching.aliases, reader.throwIfStopped), matching);
    const dates = dateOrderOf(parts(), matching.timeZone);
    let table: Table | null = null;
    for (const part of parts()) {
      if (part.kind === 'fault') return part.problem;
      if (part.kind === 'header') {
        if (part.problems.length === 0)
          table = { header: part.header, delimiter: part.delimiter, corrections, dates, codePages, today };
        reader.header({ ...part, encoding, dates, notes: [...encodingNotes(codePages, padded), ...part.notes] });
      } else if (reader.row(part, table && validate(table, part)) === false) return null;
    }
    return null;
  } finally {
    closeSync(source);
  }
}

/**
 * The rows that an import of the draft would create people from, or check again: each person once, by its first row, in the
 * order of the file, the first `limit` of them.
 */
export function newcomersOfDraft(
  db: Db,
  dataDir: string,
  draftId: string,
  {
    limit = Number.POSITIVE_INFINITY,
    throwIfStopped,
  }: { limit?: number; throwIfStopped?: (() => void) | undefined } = {},
): { line: number; newcomer: Newcomer }[] {
  const draft = draftById(db, draftId);
  if (!draft) return [];
  const newcomers = new Map<string, { line: number; newcomer: Newcomer }>();
  const fault = readDraftRows(db, dataDir, draft, {
    throwIfStopped,
    header() {},
    row({ line }, validated) {
      if (validated?.kind !== 'ok') return;
      const key = upnKey(validated.newcomer.userPrincipalName);
      if (!newcomers.has(key)) newcomers.set(key, { line, newcomer: validated.newcomer });
      return newcomers.size < limit;
    },
  });
  return fault ? [] : [...newcomers.values()];
}
