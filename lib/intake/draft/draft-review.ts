/** Reviews a whole upload: reads it, checks it against the known people, mappings and domains, and lists its rows. */
import type { Db } from '#db/client.ts';
import { type Draft, domainsInUse, personFinder } from '#db/store/files/drafts.ts';
import { FirstLines } from '#db/store/files/first-lines.ts';
import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import { correctedNames, personById } from '#db/store/people/people-read.ts';
import { readNewestRowWins } from '#db/store/system/settings.ts';
import type { Newcomer } from '#lib/domain/newcomer.ts';
import { domainOf, upnKey } from '#lib/domain/person.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { columnName, type Header } from '#lib/intake/csv/columns/columns.ts';
import type { FileProblem } from '#lib/intake/csv/problem.ts';
import { byLine, type Correction, WHOLE_ROW } from '#lib/intake/csv/rows/corrections.ts';
import type { ValidatedRow } from '#lib/intake/csv/rows/validation-context.ts';
import { type DraftHeader, type DraftReader, readDraftRows } from './draft.ts';
import { ColumnSamples, type UnusedColumn, unusedColumns } from './guess-columns.ts';
import { disagreements, type ReviewNote, type ReviewVerdict, reviewContext, reviewRow } from './review.ts';

export interface ReviewRow {
  line: number;
  /** With its corrections; null where the row cannot be split into the columns of the file. */
  cells: readonly string[] | null;
  /** The whole row, corrected, where `cells` is null. */
  raw: string | null;
  /** Null while the columns of the file do not match. */
  verdict: ReviewVerdict | null;
  notes: ReviewNote[];
  /** For a duplicate: the line that names the person first, which is the one that counts. */
  duplicateOf: number | null;
  /** Cells that operators corrected (null: the row as a whole), and their original values. */
  corrected: { at: number | null; from: string; by: string }[];
}

export interface DraftReview {
  /** Why the file cannot be read at all. */
  fault: FileProblem | null;
  /** Null where there is a fault before the header. */
  file: DraftHeader | null;
  /** Columns that mean nothing to us, each with a guess. */
  unused: readonly UnusedColumn[];
  counts: Record<ReviewVerdict, number> & { rows: number; warned: number };
  rows: ReviewRow[];
  /** Valid rows of a very long file that are not listed. */
  omitted: number;
  /** How many listed rows have the same mistake, by `alikeKey`; only where several have it. */
  alike: Record<string, number>;
}

/** A browser gets at most this many rows; of a longer file it gets these and every rejected one, up to as many again. */
const LISTED_ROWS = 20_000;

/** What makes two mistakes alike: the column, and what would correct it. */
function alikeKey(at: number | null, pattern: string): string {
  return `${at ?? 'row'}|${pattern}`;
}

interface Listed extends Pick<Verdict, 'first'> {
  row: ReviewRow;
  validated: ValidatedRow;
}

interface ReviewHooks {
  /** Receives the number of rows read. */
  onRow?(rows: number): void;
  throwIfStopped?(): void;
}

/** Reads and validates the draft as it is now. Throws where its original is missing. */
export function reviewDraft(db: Db, dataDir: string, draft: Draft, hooks: ReviewHooks = {}): DraftReview {
  const review: DraftReview = {
    fault: null,
    file: null,
    unused: [],
    counts: { rows: 0, ok: 0, known: 0, duplicate: 0, rejected: 0, warned: 0 },
    rows: [],
    omitted: 0,
    alike: {},
  };
  const listed: Listed[] = [];
  const domains = new Map<string, number>();
  const samples = new ColumnSamples();
  const firstLines = new FirstLines();
  const verdictOf = verdictFinder(firstLines, personFinder(db));
  const corrections = byLine(draft.corrections);
  const reader: DraftReader = {
    header(header) {
      review.file = header;
    },
    row({ line, raw, fields }, validated) {
      review.counts.rows++;
      hooks.onRow?.(review.counts.rows);
      if (!review.file) return;
      const { verdict, first } = validated ? verdictOf(validated, line) : { verdict: null, first: null };
      if (verdict) review.counts[verdict]++;
      if (validated?.kind === 'ok') {
        const domain = domainOf(validated.newcomer.userPrincipalName);
        domains.set(domain, (domains.get(domain) ?? 0) + 1);
      }
      const isListed = listed.length + review.rows.length < LISTED_ROWS * (verdict === 'rejected' ? 2 : 1);
      if (!isListed) {
        review.omitted++;
        return;
      }
      const cells = validated?.fields ?? fields;
      const isSplit = cells?.length === review.file.header.width;
      if (isSplit) samples.see(cells);
      const rowCorrections = corrections.get(line) ?? [];
      const row: ReviewRow = {
        line,
        cells: isSplit ? cells : null,
        raw: isSplit ? null : (rowCorrections.find(({ column }) => column === null)?.to ?? raw),
        verdict,
        notes: [],
        duplicateOf: first?.line ?? null,
        corrected: validated ? correctedCells(review.file.header, rowCorrections, validated) : [],
      };
      if (validated) listed.push({ row, validated, first });
      else review.rows.push(row);
    },
  };
  try {
    review.fault = readDraftRows(db, dataDir, draft, { ...reader, throwIfStopped: hooks.throwIfStopped });
  } finally {
    firstLines.close();
  }
  if (!review.file) return review;
  const employeeTypes = [...mappingsInForce(db).values()].map(({ employeeType }) => employeeType);
  review.unused = unusedColumns(review.file.header, samples, employeeTypes);
  if (listed.length > 0) addNotes(db, review, review.file, listed, { employeeTypes, domains });
  return review;
}

interface Verdict {
  verdict: ReviewVerdict | null;
  /** For a duplicate: the row that named the person first. */
  first: { line: number; newcomer: Newcomer } | null;
}

/** Each person once, by its first row, as the import would do it. */
function verdictFinder(firstLines: FirstLines, isKnown: (key: string) => boolean) {
  return (validated: ValidatedRow, line: number): Verdict => {
    if (validated.kind === 'rejected') return { verdict: 'rejected', first: null };
    const { newcomer } = validated;
    const key = upnKey(newcomer.userPrincipalName);
    const { employeeType, usageLocation } = newcomer;
    const first = firstLines.meet(key, line, JSON.stringify({ employeeType, usageLocation }));
    if (!first) return { verdict: isKnown(key) ? 'known' : 'ok', first: null };
    return { verdict: 'duplicate', first: { line: first.line, newcomer: { ...newcomer, ...JSON.parse(first.says) } } };
  };
}

function correctedCells(
  header: Header,
  corrections: readonly Correction[],
  { changes }: ValidatedRow,
): ReviewRow['corrected'] {
  return corrections.flatMap(({ column: at, by }) => {
    const name = at === null ? WHOLE_ROW : columnName(header, at);
    const change = changes.find(({ column, what }) => column === name && what === `corrected by ${by}`);
    return change ? [{ at, from: change.from, by }] : [];
  });
}

function addNotes(
  db: Db,
  review: DraftReview,
  file: DraftHeader,
  listed: readonly Listed[],
  { employeeTypes, domains }: { employeeTypes: readonly string[]; domains: ReadonlyMap<string, number> },
): void {
  const context = reviewContext(file, { employeeTypes, domains: domainsInUse(db) }, domains);
  const newestWins = readNewestRowWins(db);
  const correctedBefore = correctedBeforeFinder(db, file.header);
  const alike = new Map<string, number>();
  for (const { row, validated, first } of listed) {
    row.notes = reviewRow(context, row.raw ?? '', validated);
    if (first && validated.kind === 'ok')
      row.notes.push(...disagreements(file.header, first, validated.newcomer, newestWins));
    if (row.verdict === 'ok' && validated.kind === 'ok') row.notes.push(...correctedBefore(validated.newcomer));
    if (row.notes.some(({ kind }) => kind === 'warning')) review.counts.warned++;
    for (const { at, suggestions } of row.notes)
      for (const { pattern } of suggestions) {
        const key = alikeKey(at, pattern);
        alike.set(key, (alike.get(key) ?? 0) + 1);
      }
    review.rows.push(row);
  }
  review.alike = Object.fromEntries([...alike].filter(([, rows]) => rows > 1));
}

/** Finds names that operators have corrected before: their lists go on with what the source says. */
function correctedBeforeFinder(db: Db, { at }: Header): (newcomer: Newcomer) => ReviewNote[] {
  const corrected = correctedNames(db);
  return ({ userPrincipalName }) => {
    const found = corrected.get(upnKey(userPrincipalName));
    const known = found && personById(db, found.personId)?.userPrincipalName;
    if (!found || !known || at.UserPrincipalName === null) return [];
    const said = sentence('nameCorrectedBefore', { what: 'UserPrincipalName', by: found.by, known });
    const suggestions = [{ to: known, pattern: 'corrected before' }];
    return [{ at: at.UserPrincipalName, kind: 'warning', ...said, suggestions }];
  };
}

/** The rows to correct in the same way: those with this very mistake, each with what was probably meant. */
export function alikeRows(
  db: Db,
  dataDir: string,
  draft: Draft,
  mistake: { at: number | null; pattern: string },
): { line: number; at: number | null; to: string }[] {
  return reviewDraft(db, dataDir, draft).rows.flatMap(({ line, notes }) => {
    const note = notes.find(({ at, suggestions }) => at === mistake.at && suggestions.length > 0);
    const to = note?.suggestions.find(({ pattern }) => pattern === mistake.pattern)?.to;
    return to === undefined ? [] : [{ line, at: mistake.at, to }];
  });
}

/** The lines whose cell says exactly this, with the corrections made so far. */
export function sameRows(db: Db, dataDir: string, draft: Draft, cell: { at: number; from: string }): number[] {
  return reviewDraft(db, dataDir, draft).rows.flatMap(({ line, cells }) =>
    cells?.[cell.at] === cell.from ? [line] : [],
  );
}
