/** What one row means for the person it names: a newcomer, somebody already known, or nobody because the row is invalid. */
import type { KnownPerson, ListedRow, NewFile, NewPerson, NewRow, RowCounts } from '#db/store/files/import.ts';
import { isNamedElsewhere } from '#db/store/row-cases/row-cases.ts';
import type { RecordChange } from '#lib/domain/events.ts';
import { COLUMN_FIELDS, KNOWN_COLUMNS, type Newcomer } from '#lib/domain/newcomer.ts';
import { domainOf, employeeTypeKey, upnKey } from '#lib/domain/person.ts';
import { tell } from '#lib/domain/reasons/said.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { isClosed } from '#lib/domain/states.ts';
import type { RowProblem, ValueChange } from '#lib/intake/csv/problem.ts';
import type { RowPart } from '#lib/intake/csv/rows/corrections.ts';
import { differences } from '#lib/intake/csv/rows/differences.ts';
import { extrasOf } from '#lib/intake/csv/rows/extras.ts';
import { type Table, validateTableRow } from '#lib/intake/csv/rows/validation-context.ts';
import type { Intake } from '#lib/intake/intake.ts';
import { type CaseTable, caseTable, validateCase } from './case-table.ts';
import { isNamedAsBefore, isNamedInFile, namedAsBefore } from './corrected-name.ts';
import { nameKnown, nextCheckOfUnchanged, rowHash, saysNothingNew } from './known-person.ts';

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
  /** Who a row names that says that this person leaves. */
  leaver: Newcomer | null;
  /** Whom the row names, where an operator has corrected that name; `newcomer` has the right one. */
  cameAs?: Newcomer;
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
    leaver: (validated.kind === 'rejected' && validated.leaver) || null,
  };
}

/** `importRows` must not be given more rows than this at once. */
export const MAX_ROWS_PER_CALL = 50;

/** Stores consecutive rows and their effect on people; adds them to the counts. */
export function importRows(intake: Intake, prepared: readonly PreparedRow[], counts: RowCounts): void {
  if (prepared.length === 0) return;
  const decided = intake.decided();
  const rows = prepared.map((row) => {
    const problem = decided.get(row.line);
    if (problem) return { ...row, newcomer: null, problems: [problem] };
    return row.leaver ? aboutLeaver(intake, row, row.leaver) : row;
  });
  if (!rows.some((row) => isNamedAsBefore(intake, row.newcomer)) && importNewcomers(intake, rows, counts)) return;
  const repeats: Repeat[] = [];
  for (const one of rows) {
    const row = asCorrected(intake, one);
    if (!importNewcomers(intake, [row], counts)) repeats.push(...importKnown(intake, row, counts));
  }
  intake.store.addUnchanged(intake.file.id, repeats);
}

/**
 * Who is done or was dismissed may leave: a full list that comes every night names such people for years. The row is told, and changes nothing.
 * Who waits goes on waiting, so the row that stays out says where that is ended.
 */
function aboutLeaver({ store }: Intake, row: PreparedRow, leaver: Newcomer): PreparedRow {
  const known = store.findPerson(upnKey(leaver.userPrincipalName));
  if (!known) return row;
  const { displayName, employeeType } = known;
  if (!isClosed(known.state)) {
    const waits = { column: 'UserPrincipalName', ...sentence('leaverWaits', { name: displayName }) };
    return known.licensedAt === null ? { ...row, problems: [...row.problems, waits] } : row;
  }
  return { ...row, newcomer: { ...leaver, displayName, employeeType, usageLocation: undefined, startDate: undefined } };
}

/** A row whose name an operator has corrected is about the person of the right name: it would create another one every night. */
function asCorrected(intake: Intake, row: PreparedRow): PreparedRow {
  const { newcomer, raw } = row;
  const before =
    newcomer && namedAsBefore(intake, newcomer, (known) => sameInItsList(intake, known, { raw, newcomer }) !== null);
  if (!before) return row;
  const { userPrincipalName } = before.known;
  const column = 'UserPrincipalName';
  const said = { column, ...sentence('nameCorrected', { what: column, by: before.by, known: userPrincipalName }) };
  return {
    ...row,
    newcomer: { ...newcomer, userPrincipalName },
    cameAs: newcomer,
    problems: [said, ...row.problems],
  };
}

/** A row that repeats a stored one letter for letter: its line, and the id of the stored row. */
type Repeat = readonly [line: number, rowId: number];

/** Stores the rows if each of them is about a newcomer or rejected; otherwise stores none and returns false. */
function importNewcomers(intake: Intake, rows: readonly PreparedRow[], counts: RowCounts): boolean {
  const { store, file } = intake;
  const newcomers: NewPerson[] = [];
  for (const { line, newcomer } of rows) if (newcomer) newcomers.push(newPerson(file, line, newcomer));
  let personId = newcomers.length === 0 ? 0 : store.addPeople(newcomers);
  if (personId === null) return false;
  const stored: NewRow[] = [];
  for (const { line, raw, extras, changes, problems, newcomer } of rows) {
    const verdict = newcomer ? 'accepted' : 'rejected';
    const id = newcomer ? personId++ : null;
    const doubts = newcomer ? domainDoubts(intake, newcomer) : NONE;
    stored.push({
      fileId: file.id,
      line,
      raw,
      extras,
      verdict,
      problems: doubts.length === 0 ? problems : [...doubts, ...problems],
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

/** Somebody new at a domain that could be taken for one of ours is told: a mistake, or somebody who wants a licence by it. */
function domainDoubts(intake: Intake, { userPrincipalName }: Newcomer): readonly RowProblem[] {
  const domain = domainOf(userPrincipalName);
  const known = intake.lookAlike(domain);
  if (known === null) return NONE;
  const column = 'UserPrincipalName';
  return [{ column, ...sentence('domainLooksLike', { what: column, domain, known }) }];
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
    message: tell('queued', { row: { file: file.name, line, again: false } }).message,
    at: file.receivedAt,
  };
}

/** A row about somebody already known, from this file or an earlier one. */
function importKnown(intake: Intake, { newcomer, cameAs, ...prepared }: PreparedRow, counts: RowCounts): Repeat[] {
  const { line, raw, extras, changes } = prepared;
  const { store, file } = intake;
  const known = newcomer ? store.findPerson(upnKey(newcomer.userPrincipalName)) : undefined;
  if (!newcomer || !known) throw new Error('A person that cannot be added must be known: the key is unique.');
  counts.duplicates++;
  const isOfThisFile = isNamedInFile(intake, known, cameAs !== undefined);
  const hash = rowHash(cameAs ?? newcomer);
  const isKnownAnyway = !isOfThisFile && saysNothingNew(known, newcomer, { raw, receivedAt: file.receivedAt, hash });
  const listed =
    isOfThisFile || isKnownAnyway ? null : sameInItsList(intake, known, { raw, newcomer: cameAs ?? newcomer });
  const isUnchanged = isKnownAnyway || listed !== null;
  if (isUnchanged) {
    // What stands was said by another list where this one only repeats itself: that list may take it back.
    const said = isKnownAnyway ? hash : (known.rowHash ?? hash);
    store.nameAgain(known.id, file.id, said, nextCheckOfUnchanged(known, file.receivedAt));
    const same = known.lastRaw === raw ? known.lastRowId : listed?.raw === raw ? listed.id : null;
    if (same !== null) return [[line, same]];
  }
  const disputed = isUnchanged ? [] : nameKnown(intake, { line, raw }, known, newcomer, isOfThisFile);
  const problems = [
    ...(isOfThisFile ? disagreement(intake, known, newcomer, disputed) : []),
    ...emptied(known, newcomer),
    ...prepared.problems,
  ];
  const row = { fileId: file.id, line, raw, extras, changes, problems, personId: known.id };
  store.addRows([{ ...row, verdict: 'duplicate', duplicateOfRowId: known.firstRowId }]);
  return [];
}

function tableOf({ db, tables }: Intake, fileId: string): CaseTable | null {
  const known = tables.get(fileId);
  if (known !== undefined) return known;
  const table = caseTable(db, fileId);
  tables.set(fileId, table);
  return table;
}

/**
 * The row of the night before, where its list says the same as then: what another list said in between stands. Two lists that write a name
 * each in its own way would otherwise bring everybody back every night, whoever was dismissed as well. Null: it says something new.
 */
function sameInItsList(
  intake: Intake,
  known: KnownPerson,
  { raw, newcomer }: { raw: string; newcomer: Newcomer },
): ListedRow | null {
  if (intake.file.source === 'upload') return null;
  const rows = intake.store.lastListed(known.id, intake.file.id);
  const saysTheSame = (listed: ListedRow) => {
    if (listed.raw === raw) return true;
    const table = tableOf(intake, listed.fileId);
    const read = table && validateCase(table, { ...listed, problems: [] });
    return read?.kind === 'ok' && rowHash(read.newcomer) === rowHash(newcomer);
  };
  const [newest] = rows;
  if (!newest || saysTheSame(newest)) return newest ?? null;
  // Several lists may have one header. They are told apart by their names, which say too little for what decides about somebody who is not dismissed.
  if (known.state !== 'dismissed' && differences(known, newcomer).some(({ column }) => column !== 'CN')) return null;
  const own = rows.find(({ fileName }) => lettersOf(fileName) === lettersOf(intake.file.name));
  return own && saysTheSame(own) ? own : null;
}

/** The name of a file without its date or number. */
const lettersOf = (fileName: string) => fileName.replace(/[^\p{L}]/gu, '').toLowerCase();

/** The person of a row that had stayed out and was corrected: a newcomer, or somebody known, of whom a later row says more. */
export function personOfCorrected(intake: Intake, row: { id: number; line: number }, newcomer: Newcomer): number {
  const { db, store, file } = intake;
  const added = store.addPeople([newPerson(file, row.line, newcomer)]);
  if (added !== null) return added;
  const known = store.findPerson(upnKey(newcomer.userPrincipalName));
  if (!known) throw new Error('A person that cannot be added must be known: the key is unique.');
  // As in a file, a row that says what is known brings nobody back.
  const asItIs = { raw: null, receivedAt: file.receivedAt };
  if (known.state === 'dismissed' && saysNothingNew(known, newcomer, asItIs)) return known.id;
  const isNamedAlready = isNamedElsewhere(db, known.id, { id: row.id, fileId: file.id });
  nameKnown(intake, { line: row.line, raw: null }, known, newcomer, isNamedAlready);
  return known.id;
}

/** What an empty cell leaves as it was, of whom something is left to do. */
function emptied(known: KnownPerson, newcomer: Newcomer): RowProblem[] {
  if (isClosed(known.state)) return [];
  return KNOWN_COLUMNS.flatMap((column) => {
    const value = known[COLUMN_FIELDS[column]];
    if (newcomer[COLUMN_FIELDS[column]] !== null || !value) return [];
    return [{ column, ...sentence('earlierValueStays', { what: column, known: value }) }];
  });
}

/** A row of one file that says something else of a person than an earlier row of it did. */
function disagreement(
  { store }: Intake,
  known: KnownPerson,
  newcomer: Newcomer,
  disputed: readonly RecordChange[],
): RowProblem[] {
  const isAmong = (changes: readonly RecordChange[], column: string) => changes.some((one) => one.column === column);
  const differing = differences(known, newcomer);
  const now = differing.length > 0 ? store.findPerson(upnKey(newcomer.userPrincipalName)) : undefined;
  const left = differences(now ?? known, newcomer);
  return differing.flatMap(({ column, before, after }) => {
    const said = { what: column, after, before };
    if (isAmong(left, column))
      return [{ column, ...sentence('earlierRowDiffers', { ...said, counts: !isAmong(disputed, column) }) }];
    // What the earlier row left empty is only added; without a name somebody is called by the address.
    return before === null || before === known.userPrincipalName
      ? []
      : [{ column, ...sentence('earlierRowReplaced', said) }];
  });
}
