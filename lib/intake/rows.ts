/** What one row means for the person it names: a newcomer, somebody known already, or nobody because it cannot be right. */
import type { IntakeEvent, IntakeStore, KnownPerson, NewFile, RowCounts } from '#db/store/intake.ts';
import { employeeTypeKey, upnKey } from '#lib/provisioning/core/person.ts';
import { canMove, type PersonState, WAITING_STATES } from '#lib/provisioning/core/states.ts';
import { type JudgedRow, judgeRow, type Table } from './judge.ts';
import type { RowPart } from './mending.ts';
import type { RowProblem } from './problem.ts';
import { differences, extrasOf, type Newcomer } from './validate.ts';

/** One file on its way into the database, inside its transaction. */
export interface Intake {
  store: IntakeStore;
  file: NewFile;
}

/** A row with its verdict, ready to be stored. */
export interface ReadyRow {
  line: number;
  raw: string;
  extras: Record<string, string> | null;
  judged: JudgedRow;
}

/** Everything about a row that needs no database. */
export function readyRow(table: Table, part: RowPart): ReadyRow {
  const judged = judgeRow(table, part);
  const { fields } = judged;
  const extras = fields && fields.length === table.header.width ? extrasOf(table.header, fields) : null;
  return { line: part.line, raw: part.raw, extras, judged };
}

/** Stores one row and what it means for its person; gives the count it belongs to. */
export function takeInRow(intake: Intake, { line, raw, extras, judged }: ReadyRow): keyof RowCounts {
  const { store, file } = intake;
  const row = { fileId: file.id, line, raw, extras, changes: judged.changes };
  if (judged.kind === 'rejected') {
    store.addRow({ ...row, verdict: 'rejected', problems: judged.problems, personId: null, duplicateOfRowId: null });
    return 'rejected';
  }
  const { newcomer } = judged;
  const key = upnKey(newcomer.userPrincipalName);
  const message = `Accepted from ${file.name}, line ${line}. The next cycle looks it up.`;
  const personId = store.addPerson({
    upnKey: key,
    userPrincipalName: newcomer.userPrincipalName,
    displayName: newcomer.displayName,
    employeeType: newcomer.employeeType,
    employeeTypeKey: employeeTypeKey(newcomer.employeeType),
    usageLocation: newcomer.usageLocation ?? null,
    startDate: newcomer.startDate ?? null,
    message,
    at: file.receivedAt,
  });
  if (personId !== null) {
    store.addRow({ ...row, verdict: 'accepted', problems: [], personId, duplicateOfRowId: null });
    return 'accepted';
  }
  const known = store.findPerson(key);
  if (!known) throw new Error('A person that cannot be added must be known: the key is unique.');
  const problems = known.lastFileId === file.id ? disagreement(known, newcomer) : [];
  if (known.lastFileId !== file.id) lookAgain(intake, line, known, newcomer);
  const duplicateOfRowId = known.firstRowId;
  store.addRow({ ...row, verdict: 'duplicate', problems, personId: known.id, duplicateOfRowId });
  return 'duplicates';
}

/** Two rows of one file about one person: the first counts, and the second says where it disagrees. */
function disagreement(known: KnownPerson, newcomer: Newcomer): RowProblem[] {
  return differences(known, newcomer).map(({ column, before, after }) => ({
    column,
    message: `${column} is ${JSON.stringify(after)} here, but an earlier row of this file says ${JSON.stringify(before)}, which counts`,
  }));
}

/** A later file names a person we know: the newest row is right, and the next cycle looks at the person again. */
function lookAgain(intake: Intake, line: number, known: KnownPerson, newcomer: Newcomer): void {
  const { store, file } = intake;
  const personId = known.id;
  const differing = differences(known, newcomer);
  if (differing.length > 0) {
    store.updatePerson({
      id: personId,
      displayName: newcomer.displayName,
      employeeType: newcomer.employeeType,
      employeeTypeKey: employeeTypeKey(newcomer.employeeType),
      usageLocation: newcomer.usageLocation === undefined ? known.usageLocation : newcomer.usageLocation,
      startDate: newcomer.startDate === undefined ? known.startDate : newcomer.startDate,
    });
    const told = differing.map(
      ({ column, before, after }) => `${column} from ${before ?? 'empty'} to ${after ?? 'empty'}`,
    );
    const message = `${file.name}, line ${line}, changed ${told.join(', ')}.`;
    store.addEvent(intakeEvent(intake, 'person.changed', message, { personId, data: { changes: differing } }));
  }
  const dropped = `Dropped again in ${file.name}, line ${line}.`;
  const isWaiting = WAITING_STATES.some((state) => state === known.state);
  if (!isWaiting && canMove(known.state, 'queued', 'intake')) {
    const message = `${dropped} The next cycle looks it up.`;
    if (!store.requeue(known, message, file.receivedAt))
      throw new Error(`Person ${personId} moved inside our transaction.`);
    store.addEvent(intakeEvent(intake, 'person.dropped_again', message, { personId, from: known.state, to: 'queued' }));
    return;
  }
  if (isWaiting) store.lookNow(personId, file.receivedAt);
  const message = isWaiting ? `${dropped} The next cycle looks again.` : `${dropped} It keeps waiting for a human.`;
  store.addEvent(intakeEvent(intake, 'person.dropped_again', message, { personId }));
}

/** An event of this intake, at its time and in the name of who brought the file. */
export function intakeEvent(
  { file }: Pick<Intake, 'file'>,
  kind: string,
  message: string,
  more: { personId?: number; from?: PersonState; to?: PersonState; data?: unknown },
): IntakeEvent {
  return {
    at: file.receivedAt,
    actor: file.receivedFrom,
    actorKey: file.receivedFromKey,
    kind,
    personId: more.personId ?? null,
    runId: file.runId,
    fromState: more.from ?? null,
    toState: more.to ?? null,
    reason: more.to ?? null,
    message,
    data: more.data ?? null,
  };
}
