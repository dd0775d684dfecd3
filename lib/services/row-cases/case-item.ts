/** A row that stayed out, or a file that was refused whole, as lists show it. */
import type { Tx } from '#db/client.ts';
import type { RowCaseStatus } from '#db/schema/row-cases.ts';
import type { CaseRow } from '#db/store/row-cases/row-cases-read.ts';
import { caseNames, caseSentence } from '#lib/intake/rows/case-names.ts';
import type { Language } from '#lib/words/languages.ts';
import { type SentenceInWords, sentenceIn, whyClosedIn } from '#lib/words/sentences.ts';

export interface RowCaseItem {
  id: number;
  /** Sent back with an action: it is refused where somebody was faster. */
  revision: number;
  status: RowCaseStatus;
  fileId: string;
  fileName: string;
  receivedAt: number;
  /** Null: the whole file was refused. */
  line: number | null;
  /** The name in the row, its address or its beginning, whichever is there first; the name of a file that was refused whole. */
  name: string;
  /** Null where the row has none. */
  userPrincipalName: string | null;
  /** What keeps it out, or kept it out, as a sentence. */
  problem: SentenceInWords;
  settledAt: number | null;
  settledBy: string | null;
  why: string | null;
  /** Whom a corrected row became. */
  person: { id: number; displayName: string } | null;
  /** The file in which it came again. */
  importedAsFileId: string | null;
}

/** Turns stored cases into items; each file is prepared once. */
export function toItems(db: Tx, rows: readonly CaseRow[], language: Language = 'en'): RowCaseItem[] {
  const names = caseNames(db);
  return rows.map((row) => ({
    id: row.id,
    revision: row.revision,
    status: row.status,
    fileId: row.fileId,
    fileName: row.fileName,
    receivedAt: row.receivedAt,
    line: row.line,
    ...names.of(row),
    problem: sentenceIn(language, caseSentence(row)),
    settledAt: row.settledAt,
    settledBy: row.settledBy,
    why: row.why && whyClosedIn(language, row.why),
    person: row.personId === null || row.personName === null ? null : { id: row.personId, displayName: row.personName },
    importedAsFileId: row.importedAsFileId,
  }));
}
