/** Takes one CSV in: file, rows and people in one transaction, or nothing at all. */
import path from 'node:path';
import type { Db } from '#db/client.ts';
import type { FileSource } from '#db/schema.ts';
import { intakeStore, type NewFile, rejectedRows } from '#db/store/intake.ts';
import { newId } from '#lib/ids.ts';
import { decodeBlocks, detectEncoding, type Encoding } from './decode.ts';
import type { Table } from './judge.ts';
import { byLine, type Mending } from './mending.ts';
import { readTable } from './parse.ts';
import { type FileProblem, rowSentence } from './problem.ts';
import { type Source, sha256Of, stampOf, startReading } from './reading.ts';
import { type Intake, intakeEvent, type RowCounts, takeInRow } from './rows.ts';

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
  /** What an operator mended before; the file itself stays as it came. */
  mending?: Mending;
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

/** Rolls the transaction back; never leaves this file. Without a problem the source changed while it was read. */
class Rollback extends Error {
  readonly problem: FileProblem | null;

  constructor(problem: FileProblem | null) {
    super('rolled back');
    this.problem = problem;
  }
}

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

type Stamp = ReturnType<typeof stampOf>;

function isStill(source: Source, stamp: Stamp): boolean {
  const { sizeBytes, modifiedAt } = stampOf(source);
  return sizeBytes === stamp.sizeBytes && modifiedAt === stamp.modifiedAt;
}

/** Before a file is refused it is read once more: a fault in bytes that are just being replaced says nothing. */
function isUnchanged(source: Source, stamp: Stamp, file: NewFile): boolean {
  return isStill(source, stamp) && sha256Of(source) === file.sha256;
}

/** Second pass: decode, parse, validate and store, all in one transaction that only commits if the bytes are still those of the first pass. */
function storeTable(request: TakeIn, file: NewFile, stamp: Stamp, encoding: Encoding): TakenFile | null {
  const { db, source } = request;
  const counts: RowCounts = { accepted: 0, duplicates: 0, rejected: 0 };
  const store = db.$client.transaction(() => {
    const reading = startReading(source);
    const intake = startIntake(request, file);
    const corrections = byLine(request.mending?.corrections ?? []);
    const matching = { choice: request.mending?.columns ?? null, tolerant: false };
    let table: Table | null = null;
    let headerLine: string | null = null;
    for (const part of readTable(decodeBlocks(reading.blocks(), encoding), matching)) {
      if (part.kind === 'fault') throw new Rollback(part.problem);
      if (part.kind === 'header') {
        table = { header: part.header, delimiter: part.delimiter, corrections };
        headerLine = part.raw;
      }
      if (part.kind === 'row' && table) counts[takeInRow(intake, table, part)]++;
    }
    if (!isStill(source, stamp) || reading.sha256() !== file.sha256) throw new Rollback(null);
    const rows = counts.accepted + counts.duplicates + counts.rejected;
    intake.store.endFile(file.id, {
      status: 'accepted',
      problem: null,
      delimiter: table?.delimiter ?? null,
      header: headerLine,
      rows,
      ...counts,
    });
    const told = `${rows} rows: ${counts.accepted} new, ${counts.duplicates} known already, ${counts.rejected} rejected`;
    intake.store.addEvent(
      intakeEvent(intake, 'file.accepted', `${file.name} taken in. ${told}.`, { data: { fileId: file.id } }),
    );
  });
  try {
    store.immediate();
  } catch (error) {
    if (!(error instanceof Rollback)) throw error;
    return error.problem && isUnchanged(source, stamp, file) ? refuse(request, file, error.problem) : null;
  }
  const rejected = rejectedRows(db, file.id).map(({ line, problems }) => ({ line, problem: rowSentence(problems) }));
  const { id, name, sha256 } = file;
  const rows = counts.accepted + counts.duplicates + counts.rejected;
  return { id, name, sha256, status: 'accepted', rows, ...counts, rejected, problem: null };
}

function startIntake({ db, receivedFromKey }: TakeIn, file: NewFile): Intake {
  const store = intakeStore(db);
  store.addFile(file);
  return { store, file, actorKey: receivedFromKey ?? null };
}

function refuse(request: TakeIn, file: NewFile, problem: FileProblem): TakenFile {
  const none = { rows: 0, accepted: 0, duplicates: 0 };
  const store = request.db.$client.transaction(() => {
    const intake = startIntake(request, file);
    intake.store.endFile(file.id, { status: 'rejected', problem, delimiter: null, header: null, ...none, rejected: 0 });
    const message = `${file.name} was refused. Line ${problem.line}: ${problem.message}`;
    intake.store.addEvent(intakeEvent(intake, 'file.rejected', message, { data: { fileId: file.id, problem } }));
  });
  store.immediate();
  return { id: file.id, name: file.name, sha256: file.sha256, status: 'rejected', ...none, rejected: [], problem };
}
