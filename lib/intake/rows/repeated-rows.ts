/** Rows that stayed out before and come again word for word, as in a list of everybody that comes every night: each is decided where it first came. */
import { recordEvent } from '#db/store/events/record-event.ts';
import { BY_ITSELF, settleCase } from '#db/store/row-cases/row-cases.ts';
import { repeatedCases } from '#db/store/row-cases/row-cases-read.ts';
import { ENGINE } from '#lib/domain/events.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { byFile, type Intake } from '#lib/intake/intake.ts';

/** A file of which so much stays out is wrong as a whole. */
const MOST_REPEATED = 20_000;

/** Closes the cases of such rows, whatever became of the first one. Call inside the transaction that ends the import. */
export function closeRepeatedRows({ db, file }: Intake): void {
  const { at } = byFile(file);
  const lines: number[] = [];
  for (const { line, first, ...seen } of repeatedCases(db, file.id, MOST_REPEATED)) {
    // What the row before was closed with names the first one already.
    const why = first.why ?? sentence('cameBefore', { line: String(first.line), file: first.file }).message;
    if (settleCase(db, seen, { status: 'closed', by: BY_ITSELF, at, why })) lines.push(line);
  }
  if (lines.length === 0) return;
  const rows = lines.length === 1 ? `line ${lines[0]} of ${file.name}` : `${lines.length} rows of ${file.name}`;
  const { message } = sentence('cameBeforeAll', { n: lines.length });
  recordEvent(db, {
    kind: 'row.closed',
    at,
    actor: ENGINE,
    data: { fileId: file.id, lines, why: message },
    message: `${ENGINE.name} closed ${rows}: ${message}`,
  });
}
