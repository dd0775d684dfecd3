/** What the import of an upload says about the rows that had stayed out and were opened as that upload. */
import { recordEvent } from '#db/store/events/record-event.ts';
import { draftOfFile } from '#db/store/files/drafts.ts';
import { rowOfLine } from '#db/store/files/files-read.ts';
import { BY_ITSELF, setCorrectedRow, settleCase } from '#db/store/row-cases/row-cases.ts';
import { type CaseRow, caseById, openCaseOfRow } from '#db/store/row-cases/row-cases-read.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { byFile, type Intake } from '#lib/intake/intake.ts';
import { recordRepeats } from '#lib/intake/rows/repeated-rows.ts';

/** Settles the cases that the upload was made of, now that all of its rows are stored. Call inside a transaction. */
export function settleCasesOfDraft(intake: Intake): void {
  const { db, file } = intake;
  const draft = draftOfFile(db, file.id);
  const { at, actor } = byFile(file);
  const by = { by: actor, at, importedAsFileId: file.id };
  const decidedBefore: number[] = [];
  for (const [line, id] of draft?.cases ?? []) {
    const open = caseById(db, id);
    if (!open) continue;
    const row = line === 0 ? null : rowOfLine(db, file.id, line);
    if (open.status !== 'open') {
      if (row?.personId === null && closeAsDecided(intake, row.id, open)) decidedBefore.push(line);
      continue;
    }
    if (line > 0 && !row) continue;
    if (row && row.personId === null) {
      settleCase(db, open, {
        ...by,
        status: 'closed',
        why: sentence('cameAgain', { line: String(line), file: file.name }).message,
      });
      continue;
    }
    settleCase(db, open, { ...by, status: 'corrected' });
    if (!row || row.personId === null || open.rowId === null || open.line === null) continue;
    setCorrectedRow(db, open.rowId, { personId: row.personId, extras: null, changes: [], problems: [] });
    const message = `Line ${open.line} of ${open.fileName}, which had not been imported, came again as line ${line} of ${file.name}.`;
    const data = {
      fileId: open.fileId,
      file: open.fileName,
      line: open.line,
      changes: [],
      again: { file: file.name, line },
    };
    recordEvent(db, { kind: 'row.corrected', at, actor, personId: row.personId, message, data });
  }
  recordRepeats(intake, decidedBefore, false);
}

/** Somebody had decided about the row by the time it was imported: nobody is asked again. */
function closeAsDecided({ db, file }: Intake, rowId: number, { line, fileName }: CaseRow): boolean {
  const again = openCaseOfRow(db, rowId);
  if (!again || line === null) return false;
  const why = sentence('cameBefore', { line: String(line), file: fileName }).message;
  return settleCase(db, again, { status: 'closed', by: BY_ITSELF, at: byFile(file).at, why });
}
