/**
 * A file that grew after it had been imported: a slow writer had it open while it was moved. What came later is imported as well, as rows
 * of the same file, and a row that was cut is completed.
 */

import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Db } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import type { NewFile } from '#db/store/files/import.ts';
import { lastRowOf, storedFile } from '#db/store/files/import-progress.ts';
import { renamePerson } from '#db/store/people/person-edits.ts';
import { completeRaw, setCorrectedRow, settleCase } from '#db/store/row-cases/row-cases.ts';
import { openCaseOfRow } from '#db/store/row-cases/row-cases-read.ts';
import { takeLease } from '#db/store/runs/lease.ts';
import { upnKey } from '#lib/domain/person.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { dayAt } from '#lib/domain/time/days.ts';
import { codePagesOf, type ReadOptions, storedRules } from '#lib/intake/column-rules.ts';
import { detectEncoding, isPlainUtf8 } from '#lib/intake/csv/encoding/detect.ts';
import type { Encoding } from '#lib/intake/csv/encoding/formats.ts';
import { type ImportedFile, type ImportHooks, importedFile, readOptionsFor } from '#lib/intake/import-request.ts';
import { byFile, type Intake, openIntake } from '#lib/intake/intake.ts';
import { leaseOf, readToEnd, storeCopy, storedCopy } from '#lib/intake/long-file.ts';
import { requeueKnown } from '#lib/intake/rows/known-person.ts';
import { type PreparedRow, personOfCorrected, prepareRow } from '#lib/intake/rows/rows.ts';
import { readSource, stampOf } from '#lib/intake/source-reader.ts';

export interface Growth {
  fileId: string;
  /** An open descriptor of the file where it lies now. */
  source: number;
  /** The hash of all of it. */
  sha256: string;
  now: number;
  runId: string | null;
  /** Our own folder for copies. */
  uploads: string;
}

export type GrowthResult =
  | { kind: 'imported'; file: ImportedFile; warning: Sentence | null }
  /** It is not the file that was imported with more at its end, or cannot be read as such: it is a file of its own. */
  | { kind: 'other' }
  /** It is changing again. */
  | { kind: 'changing' };

/** Imports what an accepted file has grown by. Killed anywhere, it is resumed as any long file. */
export function importGrowth(db: Db, growth: Growth, hooks?: ImportHooks): GrowthResult {
  const { fileId, source, sha256, now, runId, uploads } = growth;
  const stored = storedFile(db, fileId);
  if (stored?.status !== 'accepted') return { kind: 'other' };
  const stamp = stampOf(source);
  const encoding = encodingOfWhole(source, stored.file, hooks);
  if (encoding === null) return { kind: 'other' };
  const { dates, otherEncodings, ...names } = storedRules(stored.reading);
  const options: ReadOptions = { encoding, otherEncodings, ...readOptionsFor(undefined, names) };
  const { lastLine } = stored;
  const newest = lastRowOf(db, fileId);
  // A last row that repeats an earlier file's is whole.
  const last = newest?.line === lastLine ? newest : undefined;
  const holder = randomUUID();
  const copyPath = storedCopy(uploads, sha256);
  const read = readToEnd(source, options, copyPath, hooks, last?.line);
  const { sizeBytes, modifiedAt } = stampOf(source);
  const isSame = sizeBytes === stamp.sizeBytes && modifiedAt === stamp.modifiedAt;
  if (read.kind === 'fault' || read.sha256 !== sha256 || !isSame) {
    rmSync(copyPath, { force: true });
    return { kind: read.kind === 'fault' ? 'other' : 'changing' };
  }
  const change = { sha256, sizeBytes, modifiedAt: modifiedAt ?? now, encoding };
  const file: NewFile = { ...stored.file, ...change };
  const { header, delimiter } = read.start;
  const rules = { corrections: options.corrections, dates, codePages: codePagesOf(options) };
  const table = { header, delimiter, ...rules, today: dayAt(stored.file.receivedAt, names.timeZone) };
  let warning: Sentence | null = null;
  db.$client
    .transaction(() => {
      const intake = openIntake(db, { ...file, receivedAt: now, runId });
      intake.store.reopenFile(fileId, { ...change, rowsTotal: read.rows });
      takeLease(db, holder, Date.now(), leaseOf(fileId));
      const message = `${file.name} grew after it had been imported, from ${stored.file.sizeBytes} to ${sizeBytes} bytes: the rest is imported as well.`;
      recordEvent(db, {
        kind: 'file.accepted',
        ...byFile(intake.file),
        message,
        data: { fileId, grown: { from: stored.file.sizeBytes, to: sizeBytes } },
      });
      const part = read.rowAt;
      if (last && part && part.raw !== last.raw && !completeRow(intake, last, prepareRow(table, part)))
        warning = sentence('cutRow', { line: last.line, name: file.name });
    })
    .immediate();
  const counts = { ...stored.counts };
  const job = { db, file, options, dates, counts, lastLine, total: read.rows, holder, hooks, reading: stored.reading };
  storeCopy(job, source, copyPath);
  return { kind: 'imported', file: importedFile(file, 'accepted', counts, null), warning };
}

/** Null where the beginning is not what was imported, or the whole is no text that continues it. */
function encodingOfWhole(
  source: number,
  { sha256, sizeBytes, encoding }: NewFile,
  hooks?: ImportHooks,
): Encoding | null {
  const hash = createHash('sha256');
  let left = sizeBytes;
  let isAscii = true;
  for (const block of readSource(source, hooks?.throwIfStopped).blocks()) {
    const begun = block.subarray(0, left);
    hash.update(begun);
    isAscii &&= begun.every((byte) => byte < 0x80);
    left -= begun.length;
    if (left === 0) break;
  }
  if (left > 0 || hash.digest('hex') !== sha256) return null;
  if (isPlainUtf8(readSource(source, hooks?.throwIfStopped).blocks())) return encoding === 'UTF-8' ? encoding : null;
  const detected = detectEncoding(readSource(source, hooks?.throwIfStopped).blocks());
  if (detected.kind === 'fault' || detected.encoding === 'XLSX') return null;
  return detected.encoding === encoding || (encoding === 'UTF-8' && isAscii) ? detected.encoding : null;
}

type LastRow = NonNullable<ReturnType<typeof lastRowOf>>;

/** What the whole row says replaces what its first half said. False where half a row has already had effects that this cannot mend. */
function completeRow(intake: Intake, row: LastRow, prepared: PreparedRow): boolean {
  const { db } = intake;
  const { newcomer, raw, problems } = prepared;
  if (!newcomer) {
    if (row.personId !== null || !openCaseOfRow(db, row.id)) return false;
    completeRaw(db, row, raw, problems);
    return true;
  }
  const personId =
    row.personId === null ? personOfHalf(intake, row, prepared) : samePerson(intake, row, row.personId, prepared);
  if (personId === null) return false;
  setCorrectedRow(db, row.id, { ...prepared, personId });
  completeRaw(db, row, raw, null);
  return true;
}

/** The half had stayed out: its case ends with the person of the whole row. */
function personOfHalf(intake: Intake, row: LastRow, { newcomer }: PreparedRow): number | null {
  const seen = openCaseOfRow(intake.db, row.id);
  if (!seen || !newcomer) return null;
  const by = { name: intake.file.receivedFrom, key: null };
  if (!settleCase(intake.db, seen, { status: 'corrected', by, at: intake.file.receivedAt })) return null;
  return personOfCorrected(intake, row, newcomer);
}

/** The person of the half: by another name where it was that which was cut, as long as nobody has been found under it. */
function samePerson(intake: Intake, row: LastRow, personId: number, { newcomer }: PreparedRow): number | null {
  if (!newcomer || row.upnKey === null) return null;
  const known = intake.store.findPerson(row.upnKey);
  if (!known) return null;
  const { userPrincipalName } = newcomer;
  const isRenamed = upnKey(userPrincipalName) !== row.upnKey;
  if (isRenamed && !renamePerson(intake.db, personId, userPrincipalName)) return null;
  requeueKnown(intake, row.line, known, newcomer);
  return personId;
}
