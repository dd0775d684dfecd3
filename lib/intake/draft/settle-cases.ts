/** What the import of an upload says about the rows that had stayed out and were opened as that upload. */
import { recordEvent } from '#db/store/events/record-event.ts';
import { draftOfFile } from '#db/store/files/drafts.ts';
import { rowOfLine } from '#db/store/files/files-read.ts';
import { setCorrectedRow, settleCase } from '#db/store/row-cases/row-cases.ts';
import { caseById } from '#db/store/row-cases/row-cases-read.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { byFile, type Intake } from '#lib/intake/intake.ts';

/** Settles the cases that the upload was made of, now that all of its rows are stored. Call inside a transaction. */
export function settleCasesOfDraft({ db, file }: Intake): void {
  const draft = draftOfFile(db, file.id);
  const { at, actor } = byFile(file);
  const by = { by: actor, at, importedAsFileId: file.id };
  for (const [line, id] of draft?.cases ?? []) {
    const open = caseById(db, id);
    if (open?.status !== 'open') continue;
    const row = line === 0 ? null : rowOfLine(db, file.id, line);
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
}
