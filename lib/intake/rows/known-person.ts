/** What a row means for a person we know: nothing new, newer values, or values that contradict, about which somebody has to choose. */
import { hash } from 'node:crypto';
import type { Tx } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import type { KnownPerson } from '#db/store/files/import.ts';
import { rowsDecidedAgainst } from '#db/store/people/people-read.ts';
import { movePerson, NEW_REQUEST } from '#db/store/people/transition.ts';
import { readNewestRowWins } from '#db/store/system/settings.ts';
import type { RecordChange } from '#lib/domain/events.ts';
import { COLUMN_FIELDS, KNOWN_COLUMNS, type Newcomer } from '#lib/domain/newcomer.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';
import { tell } from '#lib/domain/reasons/said.ts';
import { canMove, isClosed } from '#lib/domain/states.ts';
import { dayAt } from '#lib/domain/time/days.ts';
import { decides, differences, isSpelling } from '#lib/intake/csv/rows/differences.ts';
import { byFile, type Intake } from '#lib/intake/intake.ts';
import { caseTable, validateCase } from './case-table.ts';

/** As many as a number holds exactly. */
const HASH_BYTES = 6;

/** A number that differs where two rows say different things of a person. */
export function rowHash(newcomer: Newcomer): number {
  const said = KNOWN_COLUMNS.map((column) => newcomer[COLUMN_FIELDS[column]] ?? null);
  const digest = hash('sha1', JSON.stringify(said), 'binary');
  let first = 0;
  for (let at = 0; at < HASH_BYTES; at++) first = first * 256 + digest.charCodeAt(at);
  return first;
}

/**
 * True for a row that says what the newest one said, whatever an operator has corrected since, or what is known anyway. Whoever was dismissed
 * stays so where only capitals and blanks differ, where a first day is named that has passed, and where the same row is read better than before.
 */
export function saysNothingNew(
  known: KnownPerson,
  newcomer: Newcomer,
  { raw, receivedAt, hash = rowHash(newcomer) }: { raw: string | null; receivedAt: number; hash?: number },
): boolean {
  if (hash === known.rowHash) return true;
  const changes = differences(known, newcomer);
  if (changes.length === 0) return true;
  if (known.state !== 'dismissed') return false;
  const hasPassed = ({ column, before, after }: RecordChange) =>
    column === 'StartDate' && before === null && after !== null && after < dayAt(receivedAt, 'UTC');
  return (raw !== null && raw === known.lastRaw) || changes.every((one) => isSpelling(one) || hasPassed(one));
}

/**
 * A row that says what was known reopens nobody. Who is waited for is checked at once, and who is done is verified; who was dismissed or
 * held, or needs a human to go on, stays.
 */
export function nextCheckOfUnchanged({ state, nextCheckAt }: KnownPerson, now: number): number | null {
  const isStill = state === 'dismissed' || state === 'held' || (state === 'needs_attention' && nextCheckAt === null);
  return isStill ? nextCheckAt : now;
}

/**
 * What a row means for a person we know, and the columns about which somebody has to choose first. `isNamedAlready`: an earlier row of
 * the same file named the person, and counts. `raw` null: the row has never come as it is now.
 */
export function nameKnown(
  intake: Intake,
  { line, raw }: { line: number; raw: string | null },
  known: KnownPerson,
  newcomer: Newcomer,
  isNamedAlready: boolean,
): readonly RecordChange[] {
  const contradicting = differences(known, newcomer).filter(decides);
  // Of somebody without a licence somebody has to choose first; whoever was closed begins anew.
  const isUndecided = known.licensedAt === null && (known.state === 'held' || canMove(known.state, 'held', 'intake'));
  const main = contradicting.find(({ column }) => column === 'EmployeeType') ?? contradicting[0];
  if (main && !readNewestRowWins(intake.db)) {
    const { id, receivedAt } = intake.file;
    // A list that comes every night does not ask every night, and undoes nothing once the person is licensed or done.
    if (raw !== null && wasDecidedAgainst(intake.db, known.id, raw, newcomer, isUndecided ? null : main.column)) {
      if (!isNamedAlready)
        intake.store.nameAgain(known.id, id, rowHash(newcomer), nextCheckOfUnchanged(known, receivedAt));
      return [];
    }
    if (isUndecided) {
      const said = isNamedAlready ? onlyAdded(known, newcomer) : newcomer;
      const kept = takeOverUndisputed(intake, line, known, said, contradicting);
      holdDisputed(intake, line, kept, contradicting);
      if (!isNamedAlready) intake.store.nameAgain(known.id, id, rowHash(newcomer), null);
      return contradicting;
    }
  }
  if (!isNamedAlready || (isUndecided && contradicting.length > 0)) requeueKnown(intake, line, known, newcomer);
  else if (!isClosed(known.state)) addToKnown(intake, { line, raw }, known, onlyAdded(known, newcomer));
  return [];
}

/** Of a further row of one file what the rows before it left empty: nothing contradicts that. */
function onlyAdded(known: KnownPerson, newcomer: Newcomer): Newcomer {
  return {
    userPrincipalName: known.userPrincipalName,
    displayName: known.displayName === known.userPrincipalName ? newcomer.displayName : known.displayName,
    employeeType: known.employeeType || newcomer.employeeType,
    usageLocation: known.usageLocation ?? newcomer.usageLocation,
    startDate: known.startDate ?? newcomer.startDate,
  };
}

/** A row that came before adds nothing again that an operator has emptied since. */
function addToKnown(
  intake: Intake,
  { line, raw }: { line: number; raw: string | null },
  known: KnownPerson,
  added: Newcomer,
): void {
  if (differences(known, added).length === 0) return;
  if (intake.store.lastListed(known.id, intake.file.id).some((row) => row.raw === raw)) return;
  requeueKnown(intake, line, known, added);
}

/** Whether a row had come before an operator decided what is right: letter for letter, or with the same to say. `column`: about this one; null: about anything. */
function wasDecidedAgainst(db: Tx, personId: number, raw: string, newcomer: Newcomer, column: string | null): boolean {
  return rowsDecidedAgainst(db, personId, raw, column).some((row) => {
    if (row.raw === raw) return true;
    const table = caseTable(db, row.fileId);
    const read = table && validateCase(table, { ...row, problems: [] });
    return read?.kind === 'ok' && rowHash(read.newcomer) === rowHash(newcomer);
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
  const said = (side: 'before' | 'after') => deciding.map((one) => `${one.column} ${one[side]}`);
  const facts = { file: file.name, line, says: said('after'), known: said('before') };
  const { at, ...by } = byFile(file);
  const told = tell('rows_disagree', facts);
  const transition = { cause: 'intake', person, to: 'held', reason: 'rows_disagree', ...told, at } as const;
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
    const told = tell('queued', { row: { file: file.name, line, again: true } });
    const transition = { cause: 'intake', person, to: 'queued', reason: 'queued', ...told, at } as const;
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
  const data = { row: { file: file.name, line }, isHeld };
  recordEvent(db, { kind: 'person.dropped_again', at, ...by, personId: known.id, message, data });
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
    usageLocation: newcomer.usageLocation ?? known.usageLocation,
    startDate: newcomer.startDate ?? known.startDate,
  });
  const told = changes.map(({ column, before, after }) => `${column} from ${before ?? 'empty'} to ${after ?? 'empty'}`);
  const message = `${file.name}, line ${line}, changed ${told.join(', ')}.`;
  recordEvent(db, {
    kind: 'person.changed',
    ...byFile(file),
    personId: known.id,
    message,
    data: { changes, row: { file: file.name, line } },
  });
  return { ...known, revision: known.revision + 1 };
}
