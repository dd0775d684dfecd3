/** What one row means for the person it names: a newcomer, somebody already known, or nobody because the row is invalid. */
import { hash } from 'node:crypto';
import type { Tx } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import type { IntakeStore, KnownPerson, NewFile, NewPerson, NewRow, RowCounts } from '#db/store/files/import.ts';
import { wasDecidedAgainst } from '#db/store/people/people-read.ts';
import { movePerson, NEW_REQUEST } from '#db/store/people/transition.ts';
import { isNamedElsewhere } from '#db/store/row-cases/row-cases.ts';
import { readNewestRowWins } from '#db/store/system/settings.ts';
import type { Actor, RecordChange } from '#lib/domain/events.ts';
import { COLUMN_FIELDS, KNOWN_COLUMNS, type Newcomer } from '#lib/domain/newcomer.ts';
import { employeeTypeKey, upnKey } from '#lib/domain/person.ts';
import { sentence } from '#lib/domain/reasons.ts';
import { canMove } from '#lib/domain/states.ts';
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
  const repeats: Repeat[] = [];
  for (const row of rows)
    if (!importNewcomers(intake, [row], counts)) repeats.push(...importKnown(intake, row, counts));
  intake.store.addUnchanged(intake.file.id, repeats);
}

/** A row that repeats a stored one letter for letter: its line, and the id of the stored row. */
type Repeat = readonly [line: number, rowId: number];

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
    rowHash: rowHash(newcomer),
    fileId: file.id,
    message: `Accepted from ${file.name}, line ${line}. The next cycle looks up the account.`,
    at: file.receivedAt,
  };
}

/** A number that differs where two rows say different things of a person. */
function rowHash(newcomer: Newcomer): number {
  const said = KNOWN_COLUMNS.map((column) => newcomer[COLUMN_FIELDS[column]] ?? null);
  return hash('sha1', JSON.stringify(said), 'buffer').readUIntBE(0, 6);
}

/** A row about somebody already known, from this file or an earlier one. */
function importKnown(intake: Intake, { newcomer, ...prepared }: PreparedRow, counts: RowCounts): Repeat[] {
  const { line, raw, extras, changes } = prepared;
  const { store, file } = intake;
  const known = newcomer ? store.findPerson(upnKey(newcomer.userPrincipalName)) : undefined;
  if (!newcomer || !known) throw new Error('A person that cannot be added must be known: the key is unique.');
  counts.duplicates++;
  const isOfThisFile = known.lastFileId === file.id;
  const isUnchanged = !isOfThisFile && saysNothingNew(known, newcomer);
  if (isUnchanged) {
    store.nameAgain(known.id, file.id, rowHash(newcomer), nextCheckOfUnchanged(known, file.receivedAt));
    if (known.lastRowId !== null && known.lastRaw === raw) return [[line, known.lastRowId]];
  }
  const disputed = isUnchanged ? [] : nameKnown(intake, { line, raw }, known, newcomer, isOfThisFile);
  const problems = [...(isOfThisFile ? disagreement(known, newcomer, disputed) : []), ...prepared.problems];
  const row = { fileId: file.id, line, raw, extras, changes, problems, personId: known.id };
  store.addRows([{ ...row, verdict: 'duplicate', duplicateOfRowId: known.firstRowId }]);
  return [];
}

/** True for a row that says what the newest one said, whatever an operator has corrected since, or what is known anyway. */
function saysNothingNew(known: KnownPerson, newcomer: Newcomer): boolean {
  return rowHash(newcomer) === known.rowHash || differences(known, newcomer).length === 0;
}

/**
 * A row that says what was known reopens nobody. Who is waited for is checked at once, and who is done is verified; who was dismissed or
 * held, or needs a human to go on, stays.
 */
function nextCheckOfUnchanged({ state, nextCheckAt }: KnownPerson, now: number): number | null {
  const isStill = state === 'dismissed' || state === 'held' || (state === 'needs_attention' && nextCheckAt === null);
  return isStill ? nextCheckAt : now;
}

/** The person of a row that had stayed out and was corrected: a newcomer, or somebody known, of whom a later row says more. */
export function personOfCorrected(intake: Intake, row: { id: number; line: number }, newcomer: Newcomer): number {
  const { db, store, file } = intake;
  const added = store.addPeople([newPerson(file, row.line, newcomer)]);
  if (added !== null) return added;
  const known = store.findPerson(upnKey(newcomer.userPrincipalName));
  if (!known) throw new Error('A person that cannot be added must be known: the key is unique.');
  nameKnown(
    intake,
    { line: row.line, raw: null },
    known,
    newcomer,
    isNamedElsewhere(db, known.id, { id: row.id, fileId: file.id }),
  );
  return known.id;
}

/**
 * What a row means for a person we know, and the columns about which somebody has to choose first. `isNamedAlready`: an earlier row of
 * the same file named the person, and counts. `raw` null: the row has never come as it is now.
 */
function nameKnown(
  intake: Intake,
  { line, raw }: { line: number; raw: string | null },
  known: KnownPerson,
  newcomer: Newcomer,
  isNamedAlready: boolean,
): readonly RecordChange[] {
  const deciding = decidingDifferences(known, newcomer);
  if (deciding.length > 0 && !readNewestRowWins(intake.db)) {
    // A list that comes every night does not ask every night.
    if (raw !== null && wasDecidedAgainst(intake.db, known.id, raw)) {
      const { id, receivedAt } = intake.file;
      if (!isNamedAlready)
        intake.store.nameAgain(known.id, id, rowHash(newcomer), nextCheckOfUnchanged(known, receivedAt));
      return [];
    }
    const kept = isNamedAlready ? known : takeOverUndisputed(intake, line, known, newcomer, deciding);
    holdDisputed(intake, line, kept, deciding);
    if (!isNamedAlready) intake.store.nameAgain(known.id, intake.file.id, rowHash(newcomer), null);
    return deciding;
  }
  if (!isNamedAlready || deciding.length > 0) requeueKnown(intake, line, known, newcomer);
  return [];
}

/**
 * The columns in which a row contradicts what is known and which decide about the licence of somebody who has none yet. An empty cell
 * contradicts nothing, and whoever was closed begins anew.
 */
function decidingDifferences(known: KnownPerson, newcomer: Newcomer): RecordChange[] {
  const isUndecided = known.licensedAt === null && (known.state === 'held' || canMove(known.state, 'held', 'intake'));
  if (!isUndecided) return [];
  const isSameType = employeeTypeKey(known.employeeType) === employeeTypeKey(newcomer.employeeType);
  return differences(known, newcomer).filter(
    ({ column, before, after }) =>
      (column === 'UsageLocation' || (column === 'EmployeeType' && !isSameType)) && Boolean(before) && Boolean(after),
  );
}

/** A row of one file that says something else of a person than an earlier row of it did. */
function disagreement(known: KnownPerson, newcomer: Newcomer, disputed: readonly RecordChange[]): RowProblem[] {
  return differences(known, newcomer).map(({ column, before, after }) => {
    const end = disputed.some((one) => one.column === column) ? ': somebody has to choose' : ', which is used';
    const message = `${column} is ${JSON.stringify(after)} here, but an earlier row of this file says ${JSON.stringify(before)}${end}`;
    return { column, message };
  });
}

function takeOverUndisputed(
  intake: Intake,
  line: number,
  known: KnownPerson,
  newcomer: Newcomer,
  deciding: readonly RecordChange[],
): KnownPerson {
  const isDisputed = (column: string) => deciding.some((one) => one.column === column);
  return changeKnown(intake, line, known, {
    ...newcomer,
    employeeType: isDisputed('EmployeeType') ? known.employeeType : newcomer.employeeType,
    usageLocation: isDisputed('UsageLocation') ? known.usageLocation : newcomer.usageLocation,
  });
}

/** Holds a person about whom two rows disagree: what decides stays as it was until somebody chooses. */
function holdDisputed(
  { db, file }: Intake,
  line: number,
  person: KnownPerson,
  deciding: readonly RecordChange[],
): void {
  const said = (side: 'before' | 'after') => deciding.map((one) => `${one.column} ${one[side]}`).join(' and ');
  const facts = { row: `${file.name}, line ${line},`, says: said('after'), known: said('before') };
  const { at, ...by } = byFile(file);
  const message = sentence('rows_disagree', facts);
  const transition = { cause: 'intake', person, to: 'held', reason: 'rows_disagree', message, at } as const;
  const values = { heldPlan: null, approvedAt: null, approvedBy: null, approvedPlan: null };
  if (!movePerson(db, { ...transition, nextCheckAt: null, values }, { kind: 'person.disputed', ...by }))
    throw new Error(`Person ${person.id} changed state inside our transaction.`);
}

/** A later file says something else of a person we know: the newest row wins, and the next cycle checks the person again. */
export function requeueKnown(intake: Intake, line: number, known: KnownPerson, newcomer: Newcomer): void {
  const { db, store, file } = intake;
  const person = changeKnown(intake, line, known, newcomer);
  const { at, ...by } = byFile(file);
  const said = { lastFileId: file.id, rowHash: rowHash(newcomer) };
  const dropped = `Dropped again in ${file.name}, line ${line}.`;
  if (known.state !== 'queued' && canMove(known.state, 'queued', 'intake')) {
    const message = `${dropped} The next cycle looks up the account.`;
    const transition = { cause: 'intake', person, to: 'queued', reason: 'queued', message, at } as const;
    // Whoever was dismissed begins anew, and whoever has no licence yet gets a clock of its own.
    const isAnew = known.state === 'dismissed' || known.licensedAt === null;
    const begins = { ...(known.state === 'dismissed' ? NEW_REQUEST : {}), ...(isAnew ? { firstSeenAt: at } : {}) };
    const change = { nextCheckAt: at, values: { closedBy: null, ...said, ...begins } };
    if (!movePerson(db, { ...transition, ...change }, { kind: 'person.dropped_again', ...by }))
      throw new Error(`Person ${known.id} changed state inside our transaction.`);
    return;
  }
  const isHeld = known.state === 'held';
  store.nameAgain(known.id, said.lastFileId, said.rowHash, isHeld ? known.nextCheckAt : at);
  const message = isHeld
    ? `${dropped} The person still waits for approval.`
    : `${dropped} The next cycle checks again.`;
  recordEvent(db, { kind: 'person.dropped_again', at, ...by, personId: known.id, message });
}

/** Takes over what a row says differently of a person we know, who is returned as now stored. */
function changeKnown({ db, store, file }: Intake, line: number, known: KnownPerson, newcomer: Newcomer): KnownPerson {
  const changes = differences(known, newcomer);
  if (changes.length === 0) return known;
  const employeeType = newcomer.employeeType || known.employeeType;
  store.updatePerson({
    id: known.id,
    displayName: newcomer.displayName || known.displayName,
    employeeType,
    employeeTypeKey: employeeTypeKey(employeeType),
    usageLocation: newcomer.usageLocation === undefined ? known.usageLocation : newcomer.usageLocation,
    startDate: newcomer.startDate === undefined ? known.startDate : newcomer.startDate,
  });
  const told = changes.map(({ column, before, after }) => `${column} from ${before ?? 'empty'} to ${after ?? 'empty'}`);
  const message = `${file.name}, line ${line}, changed ${told.join(', ')}.`;
  recordEvent(db, { kind: 'person.changed', ...byFile(file), personId: known.id, message, data: { changes } });
  return { ...known, revision: known.revision + 1 };
}

/** What every event of an import tells: its time, who brought the file, and the cycle that imports it. */
export function byFile(file: NewFile): { at: number; actor: Actor; runId: string | null } {
  return { at: file.receivedAt, actor: { name: file.receivedFrom, key: file.receivedFromKey }, runId: file.runId };
}
