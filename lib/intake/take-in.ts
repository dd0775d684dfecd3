/** Takes one CSV in: file, rows and people in one transaction, or nothing at all. */
import path from 'node:path';
import type { Db } from '#db/client.ts';
import type { FileSource } from '#db/schema.ts';
import { type IntakeStore, intakeStore, type KnownPerson, type NewFile, rejectedRows } from '#db/store/intake.ts';
import { newId } from '#lib/ids.ts';
import { employeeTypeKey, upnKey } from '#lib/provisioning/core/person.ts';
import { canMove, type PersonState, WAITING_STATES } from '#lib/provisioning/core/states.ts';
import type { Header } from './columns.ts';
import { decodeBlocks, detectEncoding, type Encoding } from './decode.ts';
import { readTable, type TablePart } from './parse.ts';
import { type FileProblem, type RowProblem, rowSentence, type ValueChange } from './problem.ts';
import { type Source, sha256Of, stampOf, startReading } from './reading.ts';
import { differences, extrasOf, type Newcomer, validateRow } from './validate.ts';

export interface TakeIn {
  db: Db;
  /** An open descriptor that stays open, or the bytes. */
  source: Source;
  /** The name the file came with; only its last part counts. */
  name: string;
  sourceKind: FileSource;
  /** Who brought it: an operator's name, or `idm`. */
  receivedFrom: string;
  /** The operator's stable key, where an operator brought it. */
  receivedFromKey?: string | null;
  now: number;
  runId: string | null;
  id?: string;
  /** The name under which the original will be kept, from the verdict; null where it is not kept. */
  storedName?: string | null;
}

export interface TakenFile {
  id: string;
  name: string;
  sha256: string;
  status: 'accepted' | 'rejected';
  rows: number;
  accepted: number;
  duplicates: number;
  rejected: { line: number; problem: string }[];
  /** Why the whole file was refused; null for an accepted one. */
  problem: FileProblem | null;
}

interface Counts {
  accepted: number;
  duplicates: number;
  rejected: number;
}

type RowPart = Extract<TablePart, { kind: 'row' }>;

/** Rolls the transaction back; never leaves this file. */
class Rollback extends Error {}

/** The name as we keep and show it: without folders, control and direction characters. */
export function plainName(name: string): string {
  const base = path.basename(name.replaceAll('\\', '/'));
  return base.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '_').slice(0, 200) || 'unnamed.csv';
}

/**
 * Takes a file in. Null where the file changed while it was read: then nothing is stored, and it is to be tried again.
 * Bad input is an answer, not an error; throws only what the file system or the database throws.
 */
export function takeInFile(request: TakeIn): TakenFile | null {
  const { source, now } = request;
  const stamp = stampOf(source);
  const first = startReading(source);
  const detected = detectEncoding(first.blocks());
  const file: NewFile = {
    id: request.id ?? newId(now),
    name: plainName(request.name),
    sha256: first.sha256(),
    sizeBytes: stamp.sizeBytes,
    modifiedAt: stamp.modifiedAt ?? now,
    receivedAt: now,
    source: request.sourceKind,
    receivedFrom: request.receivedFrom,
    encoding: detected.kind === 'ok' ? detected.encoding : null,
    storedName: request.storedName ?? null,
    movedAt: request.sourceKind === 'drop_folder' ? null : now,
    runId: request.runId,
  };
  if (detected.kind === 'fault')
    return isUnchanged(source, stamp, file) ? refuse(request, file, detected.problem) : null;
  return storeTable(request, file, stamp, detected.encoding);
}

function isUnchanged(source: Source, stamp: ReturnType<typeof stampOf>, file: NewFile): boolean {
  const after = stampOf(source);
  return (
    after.sizeBytes === stamp.sizeBytes && after.modifiedAt === stamp.modifiedAt && sha256Of(source) === file.sha256
  );
}

/** Second pass: decode, parse, validate and store, all in one transaction that only commits if the bytes are still those of the first pass. */
function storeTable(
  request: TakeIn,
  file: NewFile,
  stamp: ReturnType<typeof stampOf>,
  encoding: Encoding,
): TakenFile | null {
  const { db, source } = request;
  let problem: FileProblem | null = null;
  const counts: Counts = { accepted: 0, duplicates: 0, rejected: 0 };
  const store = db.$client.transaction(() => {
    const reading = startReading(source);
    const intake = intakeStore(db);
    intake.addFile(file);
    let header: Header | null = null;
    let delimiter: string | null = null;
    for (const part of readTable(decodeBlocks(reading.blocks(), encoding))) {
      if (part.kind === 'fault') {
        problem = part.problem;
        throw new Rollback();
      }
      if (part.kind === 'header') ({ header, delimiter } = part);
      else if (header) counts[takeInRow(request, intake, file, header, part)]++;
    }
    const after = stampOf(source);
    const isSame = after.sizeBytes === stamp.sizeBytes && after.modifiedAt === stamp.modifiedAt;
    if (!isSame || reading.sha256() !== file.sha256) throw new Rollback();
    const rows = counts.accepted + counts.duplicates + counts.rejected;
    intake.endFile(file.id, { status: 'accepted', problem: null, delimiter, rows, ...counts });
    const told = `${rows} rows: ${counts.accepted} new, ${counts.duplicates} known already, ${counts.rejected} rejected`;
    intake.addEvent(event(request, 'file.accepted', `${file.name} taken in. ${told}.`, { data: { fileId: file.id } }));
  });
  try {
    store.immediate();
  } catch (error) {
    if (!(error instanceof Rollback)) throw error;
    return problem && isUnchanged(source, stamp, file) ? refuse(request, file, problem) : null;
  }
  const rejected = rejectedRows(db, file.id).map(({ line, problems }) => ({ line, problem: rowSentence(problems) }));
  const { id, name, sha256 } = file;
  const rows = counts.accepted + counts.duplicates + counts.rejected;
  return { id, name, sha256, status: 'accepted', rows, ...counts, rejected, problem: null };
}

function refuse(request: TakeIn, file: NewFile, problem: FileProblem): TakenFile {
  const none = { rows: 0, accepted: 0, duplicates: 0 };
  const store = request.db.$client.transaction(() => {
    const intake = intakeStore(request.db);
    intake.addFile(file);
    intake.endFile(file.id, { status: 'rejected', problem, delimiter: null, ...none, rejected: 0 });
    const message = `${file.name} was refused. Line ${problem.line}: ${problem.message}`;
    intake.addEvent(event(request, 'file.rejected', message, { data: { fileId: file.id, problem } }));
  });
  store.immediate();
  return { id: file.id, name: file.name, sha256: file.sha256, status: 'rejected', ...none, rejected: [], problem };
}

function event(
  request: TakeIn,
  kind: string,
  message: string,
  more: { personId?: number; from?: PersonState; to?: PersonState; data?: unknown },
): Parameters<IntakeStore['addEvent']>[0] {
  return {
    at: request.now,
    actor: request.receivedFrom,
    actorKey: request.receivedFromKey ?? null,
    kind,
    personId: more.personId ?? null,
    runId: request.runId,
    fromState: more.from ?? null,
    toState: more.to ?? null,
    reason: more.to ?? null,
    message,
    data: more.data ?? null,
  };
}

/** Stores one row and what it means for its person; gives the count it belongs to. */
function takeInRow(request: TakeIn, intake: IntakeStore, file: NewFile, header: Header, part: RowPart): keyof Counts {
  const { line, raw, fields } = part;
  const extras = fields && fields.length === header.width ? extrasOf(header, fields) : null;
  const row = { fileId: file.id, line, raw, extras };
  const reject = (problems: readonly RowProblem[], changes: readonly ValueChange[]): 'rejected' => {
    intake.addRow({ ...row, verdict: 'rejected', problems, changes, personId: null, duplicateOfRowId: null });
    return 'rejected';
  };
  if (!fields) return reject([{ column: null, message: part.problem ?? 'The row cannot be read' }], []);
  const result = validateRow(header, fields);
  if (result.kind === 'rejected') return reject(result.problems, result.changes);
  const { newcomer, changes } = result;
  const key = upnKey(newcomer.userPrincipalName);
  const message = `Accepted from ${file.name}, line ${line}. The next cycle looks it up.`;
  const personId = intake.addPerson({
    upnKey: key,
    userPrincipalName: newcomer.userPrincipalName,
    displayName: newcomer.displayName,
    employeeType: newcomer.employeeType,
    employeeTypeKey: employeeTypeKey(newcomer.employeeType),
    usageLocation: newcomer.usageLocation ?? null,
    startDate: newcomer.startDate ?? null,
    message,
    at: request.now,
  });
  if (personId !== null) {
    intake.addRow({ ...row, verdict: 'accepted', problems: [], changes, personId, duplicateOfRowId: null });
    intake.addEvent(event(request, 'person.accepted', message, { personId, to: 'queued' }));
    return 'accepted';
  }
  const known = intake.findPerson(key);
  if (!known) throw new Error('A person that cannot be added must be known: the key is unique.');
  const problems = known.lastFileId === file.id ? disagreement(known, newcomer) : [];
  if (known.lastFileId !== file.id) lookAgain(request, intake, file, line, known, newcomer);
  const duplicateOfRowId = known.firstRowId;
  intake.addRow({ ...row, verdict: 'duplicate', problems, changes, personId: known.id, duplicateOfRowId });
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
function lookAgain(
  request: TakeIn,
  intake: IntakeStore,
  file: NewFile,
  line: number,
  known: KnownPerson,
  newcomer: Newcomer,
): void {
  const personId = known.id;
  const differing = differences(known, newcomer);
  if (differing.length > 0) {
    intake.updatePerson({
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
    intake.addEvent(event(request, 'person.changed', message, { personId, data: { changes: differing } }));
  }
  const dropped = `Dropped again in ${file.name}, line ${line}.`;
  const isWaiting = (WAITING_STATES as readonly PersonState[]).includes(known.state);
  if (!isWaiting && canMove(known.state, 'queued', 'intake')) {
    const message = `${dropped} The next cycle looks it up.`;
    if (!intake.requeue(known, message, request.now))
      throw new Error(`Person ${personId} moved inside our transaction.`);
    intake.addEvent(event(request, 'person.dropped_again', message, { personId, from: known.state, to: 'queued' }));
    return;
  }
  if (isWaiting) intake.lookNow(personId, request.now);
  const message = isWaiting ? `${dropped} The next cycle looks again.` : `${dropped} It keeps waiting for a human.`;
  intake.addEvent(event(request, 'person.dropped_again', message, { personId }));
}
