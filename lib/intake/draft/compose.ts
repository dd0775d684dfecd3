/** Rows that stayed out, written as a file of their own: each as it came, each known by its line. */
import type { DraftCases, DraftCorrections } from '#db/store/files/drafts.ts';
import { BY_ITSELF } from '#db/store/row-cases/row-cases.ts';
import type { CaseRow } from '#db/store/row-cases/row-cases-read.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import type { Correction } from '#lib/intake/csv/rows/corrections.ts';
import type { Table } from '#lib/intake/csv/rows/validation-context.ts';
import { quotedField } from '#lib/intake/csv/split.ts';
import { UNKNOWN_ORDER, zoneOf } from '#lib/intake/csv/values/date-order.ts';
import { readDate } from '#lib/intake/csv/values/dates.ts';
import type { CaseTable } from '#lib/intake/rows/case-table.ts';

export interface ComposedDraft {
  text: string;
  /** By their lines in the text. */
  cases: DraftCases;
  /** What operators had corrected in the upload that the rows came with. */
  corrections: DraftCorrections;
}

/** Writes rows of one file as a file of their own, each as it came. */
export function composeDraft({ table, names, hasHeader }: CaseTable, rows: readonly CaseRow[]): ComposedDraft {
  const { delimiter } = table;
  const lines = [names.map((name) => quotedField(name, delimiter)).join(delimiter)];
  const composed: ComposedDraft = { text: '', cases: [], corrections: [] };
  let line = 1 + lineBreaks(lines[0] ?? '');
  for (const { id, raw, line: original } of rows) {
    if (raw === null || original === null) continue;
    line += 1;
    // A row with wrong quotes must not reach into the next one: it becomes a single cell, to be written anew.
    const isSound = hasHeader && readRow(raw, delimiter) !== null;
    const text = isSound ? raw : `"${raw.replaceAll('"', '""')}"`;
    composed.cases.push([line, id]);
    const corrections = table.corrections.get(original) ?? startCorrected(table, original, isSound ? raw : null);
    for (const correction of corrections) composed.corrections.push({ ...correction, line });
    lines.push(text);
    line += lineBreaks(text);
  }
  return { ...composed, text: `${lines.join('\n')}\n` };
}

/** The start date of a row in the only way that needs no other rows, where they showed how it is to be read. */
function startCorrected({ header, delimiter, dates }: Table, line: number, raw: string | null): Correction[] {
  const column = header.at.StartDate;
  const fields = raw === null ? null : readRow(raw, delimiter);
  const text = fields?.length === header.width && column !== null ? (fields[column] ?? '').trim() : '';
  const [shown, alone] = [readDate(text, dates), readDate(text, { ...UNKNOWN_ORDER, timeZone: zoneOf(dates) })];
  if (column === null || shown.kind === 'fault' || (alone.kind === 'ok' && alone.date === shown.date)) return [];
  return [{ line, column, to: shown.date, by: BY_ITSELF.name }];
}

const lineBreaks = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0;
