/** What one row means for the person it names: a newcomer, somebody already known, or nobody because the row is invalid. */
import type { Tx } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import type { IntakeStore, KnownPerson, NewFile, NewPerson, NewRow, RowCounts } from '#db/store/files/import.ts';
import { movePerson } from '#db/store/people/transition.ts';
import { isNamedElsewhere } from '#db/store/row-cases/row-cases.ts';
import type { Actor } from '#lib/domain/events.ts';
import type { Newcomer } from '#lib/domain/newcomer.ts';
import { employeeTypeKey, upnKey } from '#lib/domain/person.ts';
import { canMove, isClosed, WAITING_STATES } from '#lib/domain/states.ts';
import type { RowPart } from '#lib/intake/csv/corrections.ts';
import type { RowProblem, ValueChange } from '#lib/intake/csv/problem.ts';
import { differences, extrasOf } from '#lib/intake/csv/validate.ts';
import { type Table, validateTableRow } from '#lib/intake/csv/validation-context.ts';

/** A file being imported, inside its transaction. */
export interface Intake {
  db: Tx;
  store: IntakeStore;
  file: NewFile;
}

/** A validated row, ready to be stored: nothing else of it stays in memory while it waits for its slice. */
export interface PreparedRow {
  line: number;
  raw: string;
  /** JSON. */
  extras: string | null;
  changes: readonly ValueChange[];
  /** What rejects the row, or the doubts about one that is imported. */
  problems: readonly RowProblem[];
  /** Null: the row is rejected. */
  newcomer: Newcomer | null;
}

const NONE: readonly never[] = [];

/** Everything about a row that needs no database. */
export function prepareRow(table: Table, part: RowPart): PreparedRow {
  const validated = validateTableRow(table, part);
  const { fields, changes } = validated;
  const remarks = validated.kind === 'rejected' ? validated.problems : validated.doubts;
  const extras = fields && fields.length === table.header.width ? extrasOf(table.header, fields) : null;
  return {
    line: part.line,
    raw: part.raw,
    extras: extras && JSON.stringify(extras),
    changes: changes.length === 0 ? NONE : changes,
    problems: remarks.length === 0 ? NONE : remarks,
    newcomer: validated.kind === 'ok' ? validated.newcomer : null,
  };
}

/** `importRows` must not be given more rows than this at once. */
export const MAX_ROWS_PER_CALL = 50;

/** Stores consecutive rows and their effect on people; adds them to the counts. */
export function importRows(intake: Intake, rows: readonly PreparedRow[], counts: RowCounts): void {
  if (rows.length === 0) return;
  if (importNewcomers(intake, rows, counts)) return;
  for (const row of rows) if (!importNewcomers(intake, [row], counts)) importKnown(intake, row, counts);
}

/** Stores the rows if each of them is about a newcomer or rejected; otherwise stores none and returns false. */
function importNewcomers({ store, file }: Intake, rows: readonly PreparedRow[], counts: RowCounts): boolean {
  const newcomers = rows.flatMap(({ line, newcomer }) => (newcomer ? newPerson(file, line, newcomer) : []));
  let personId = newcomers.length === 0 ? 0 : store.addPeople(newcomers);
  if (personId === null) return false;
  const stored: NewRow[] = [];
  for (const { line, raw, extras, changes, problems, newcomer } of rows) {
    const verdict = newcomer ? 'accepted' : 'rejected';
    const id = newcomer ? personId++ : null;
    stored.push({
      fileId: file.id,
      line,
      raw,
      extras,
      verdict,
      problems,
      changes,
      personId: id,
      duplicateOfRowId: null,
    });
  }
  store.addRows(stored);
  counts.accepted += newcomers.length;
  counts.rejected += rows.length - newcomers.length;
  return true;
}

function newPerson(file: NewFile, line: number, newcomer: Newcomer): NewPerson {
  return {
    upnKey: upnKey(newcomer.userPrincipalName),
    userPrincipalName: newcomer.userPrincipalName,
    displayName: newcomer.displayName || newcomer.userPrincipalName,
    employeeType: newcomer.employeeType,
    employeeTypeKey: employeeTypeKey(newcomer.employeeType),
    usageLocation: newcomer.usageLocation ?? null,
    startDate: newcomer.startDate ?? null,
    message: `Accepted from ${file.name}, line ${line}. The next cycle looks up the account.`,
    at: file.receivedAt,
  };
}

/** A row about somebody already known, from this file or an earlier one. */
function importKnown(intake: Intake, { newcomer, ...prepared }: PreparedRow, counts: RowCounts): void {
  const { line, raw, extras, changes } = prepared;
  const { store, file } = intake;
  const known = newcomer ? store.findPerson(upnKey(newcomer.userPrincipalName)) : undefined;
  if (!newcomer || !known) throw new Error('A person that cannot be added must be known: the key is unique.');
  const disagreements = known.lastFileId === file.id ? disagreement(known, newcomer) : [];
  const problems = [...disagreements, ...prepared.problems];
  if (known.lastFileId !== file.id) requeueKnown(intake, line, known, newcomer);
  const row = { fileId: file.id, line, raw, extras, changes, problems, personId: known.id };
  store.addRows([{ ...row, verdict: 'duplicate', duplicateOfRowId: known.firstRowId }]);
  counts.duplicates++;
}

/** The person of a row that had stayed out and was corrected: a newcomer, or somebody known, of whom a later row says more. */
export function personOfCorrected(intake: Intake, row: { id: number; line: number }, newcomer: Newcomer): number {
  const { db, store, file } = intake;
  const added = store.addPeople([newPerson(file, row.line, newcomer)]);
  if (added !== null) return added;
  const known = store.findPerson(upnKey(newcomer.userPrincipalName));
  if (!known) throw new Error('A person that cannot be added must be known: the key is unique.');
  if (!isNamedElsewhere(db, known.id, { id: row.id, fileId: file.id })) requeueKnown(intake, row.line, known, newcomer);
  return known.id;
}

/** Two rows of one file about one person: the first counts, and the second notes where it disagrees. */
function disagreement(known: KnownPerson, newcomer: Newcomer): RowProblem[] {
  return differences(known, newcomer).map(({ column, before, after }) => ({
    column,
    message: `${column} is ${JSON.stringify(after)} here, but an earlier row of this file says ${JSON.stringify(before)}, which is used`,
  }));
}

/** A later file names a person we know: the newest row wins, and the next cycle checks the person again. */
export function requeueKnown(intake: Intake, line: number, known: KnownPerson, newcomer: Newcomer): void {
  const { db, store, file } = intake;
  const personId = known.id;
  const origin = byFile(file);
  const differing = differences(known, newcomer);
  if (differing.length > 0) {
    const employeeType = newcomer.employeeType || known.employeeType;
    store.updatePerson({
      id: personId,
      displayName: newcomer.displayName || known.displayName,
      employeeType,
      employeeTypeKey: employeeTypeKey(employeeType),
      usageLocation: newcomer.usageLocation === undefined ? known.usageLocation : newcomer.usageLocation,
      startDate: newcomer.startDate === undefined ? known.startDate : newcomer.startDate,
    });
    const changes = differing.map(
      ({ column, before, after }) => `${column} from ${before ?? 'empty'} to ${after ?? 'empty'}`,
    );
    const message = `${file.name}, line ${line}, changed ${changes.join(', ')}.`;
    recordEvent(db, { kind: 'person.changed', ...origin, personId, message, data: { changes: differing } });
  }
  const dropped = `Dropped again in ${file.name}, line ${line}.`;
  const isWaiting = WAITING_STATES.some((state) => state === known.state);
  if (!isWaiting && canMove(known.state, 'queued', 'intake')) {
    const message = `${dropped} The next cycle looks up the account.`;
    const { at, ...by } = origin;
    const transition = { cause: 'intake', person: known, to: 'queued', reason: 'queued', message, at } as const;
    // Whoever is named again once closed is a new case: what was decided for the old one counts no longer.
    const decided = isClosed(known.state) ? { licenseNowBy: null, licenseAnywayBy: null } : {};
    const values = { closedBy: null, ...decided };
    if (!movePerson(db, { ...transition, nextCheckAt: at, values }, { kind: 'person.dropped_again', ...by }))
      throw new Error(`Person ${personId} changed state inside our transaction.`);
    return;
  }
  if (isWaiting) store.checkNow(personId, file.receivedAt);
  const message = isWaiting
    ? `${dropped} The next cycle checks again.`
    : `${dropped} The person still needs attention.`;
  recordEvent(db, { kind: 'person.dropped_again', ...origin, personId, message });
}

/** What every event of an import tells: its time, who brought the file, and the cycle that imports it. */
export function byFile(file: NewFile): { at: number; actor: Actor; runId: string | null } {
  return { at: file.receivedAt, actor: { name: file.receivedFrom, key: file.receivedFromKey }, runId: file.runId };
}
