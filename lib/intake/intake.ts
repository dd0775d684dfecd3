/** A file being imported, and what its events have in common. */
import type { Tx } from '#db/client.ts';
import { draftOfFile, recentDomains } from '#db/store/files/drafts.ts';
import { type IntakeStore, intakeStore, type NewFile } from '#db/store/files/import.ts';
import { type CorrectedName, correctedNames } from '#db/store/people/people-read.ts';
import type { Actor } from '#lib/domain/events.ts';
import { lookAlikes } from '#lib/domain/text/deceptive-text.ts';
import type { RowProblem } from '#lib/intake/csv/problem.ts';
import { decidedRows } from '#lib/intake/draft/decided-rows.ts';
import type { CaseTable } from '#lib/intake/rows/case-table.ts';

/** A file being imported, inside its transaction. */
export interface Intake {
  db: Tx;
  store: IntakeStore;
  file: NewFile;
  /** Which domain with known accounts another one looks like; null: none. */
  lookAlike(domain: string): string | null;
  /** Names that operators had corrected before the file came, by `upnKey`. */
  corrected(): ReadonlyMap<string, CorrectedName>;
  /** What keeps rows of an upload out about which somebody has decided since it was opened, by line. */
  decided(): ReadonlyMap<number, RowProblem>;
  /** Who has been named by the file only as before an operator corrected the name: a row with the right one then says more. */
  onlyAsBefore: Set<number>;
  /** How the files are read whose rows this one is compared with, by id: nearly always one. */
  tables: Map<string, CaseTable | null>;
}

export function openIntake(db: Tx, file: NewFile): Intake {
  let find: ReturnType<typeof lookAlikes> | null = null;
  // Nearly every row is at the domain of the row before.
  let last = { domain: '', known: null as string | null };
  const lookAlike = (domain: string) => {
    find ??= lookAlikes(recentDomains(db));
    if (domain !== last.domain) last = { domain, known: find(domain) };
    return last.known;
  };
  let names: Map<string, CorrectedName> | null = null;
  const corrected = () => {
    names ??= correctedNames(db);
    return names;
  };
  let rows: ReadonlyMap<number, RowProblem> | null = null;
  const decided = () => {
    rows ??= decidedRows(db, file.source === 'upload' ? draftOfFile(db, file.id) : null);
    return rows;
  };
  return {
    db,
    store: intakeStore(db),
    file,
    lookAlike,
    corrected,
    decided,
    onlyAsBefore: new Set(),
    tables: new Map(),
  };
}

/** What every event of an import tells: its time, who brought the file, and the cycle that imports it. */
export function byFile(file: NewFile): { at: number; actor: Actor; runId: string | null } {
  return { at: file.receivedAt, actor: { name: file.receivedFrom, key: file.receivedFromKey }, runId: file.runId };
}
