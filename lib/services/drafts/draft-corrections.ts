/** Corrects an upload before it is imported: cells, whole rows, and which column means what. The original stays as it came. */
import { z } from 'zod';
import { recordEvent } from '#db/store/events/record-event.ts';
import { changeDraft, type Draft, type DraftCorrections, draftById } from '#db/store/files/drafts.ts';
import type { Operator } from '#lib/auth/operator.ts';
import type { DraftChange } from '#lib/domain/events.ts';
import { KNOWN_COLUMNS } from '#lib/domain/newcomer.ts';
import { readEnv } from '#lib/env.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import type { JsonText } from '#lib/services/http/json-text.ts';
import type { Language } from '#lib/words/languages.ts';
import { inThread } from '#lib/worker/thread.ts';
import { assertMayChange } from './draft-owner.ts';
import { type DraftDetail, readDraftRows, seenReviewInput } from './drafts.ts';

const CORRECTIONS_LIMIT = 20_000;
const VALUE_LIMIT = 10_000;

const asSeen = z
  .object({ id: z.string().min(1).max(100), revision: z.number().int().min(0) })
  .extend(seenReviewInput.shape);
const cell = z.number().int().min(0).max(10_000).nullable();
const correctInput = asSeen.extend({
  line: z.number().int().positive(),
  at: cell,
  to: z.string().max(VALUE_LIMIT, 'this is too long').nullable(),
});
const alikeInput = asSeen.extend({ at: cell, pattern: z.string().min(1).max(500) });
const sameInput = asSeen.extend({
  at: cell.unwrap(),
  from: z.string().max(VALUE_LIMIT),
  to: z.string().max(VALUE_LIMIT, 'this is too long'),
});
const columnsInput = asSeen.extend({ columns: z.partialRecord(z.enum(KNOWN_COLUMNS), cell) });

/** An open draft as the operator saw it, who may change it. Throws `not_found`, `forbidden` or `conflict`. */
function draftAsSeen(operator: Operator, id: string, revision: number): Draft {
  const draft = draftById(database(), id);
  if (!draft) throw new ServiceError('not_found', ['noUpload']);
  assertMayChange(operator, draft);
  if (draft.status !== 'open' || draft.revision !== revision) throw new ServiceError('conflict', ['uploadChanged']);
  return draft;
}

/** What the page has already, and its language. */
interface Answer {
  seen: string | null;
  language: Language;
}

function save(
  operator: Operator,
  draft: Draft,
  change: Partial<Pick<Draft, 'columns' | 'corrections'>>,
  event: { message: string; data: DraftChange },
  { seen, language }: Answer,
): Promise<JsonText<DraftDetail>> {
  if ((change.corrections?.length ?? 0) > CORRECTIONS_LIMIT) throw new ServiceError('invalid', ['tooManyCorrections']);
  database().transaction(
    (tx) => {
      if (!changeDraft(tx, draft.id, draft.revision, change)) throw new ServiceError('conflict', ['uploadChanged']);
      const data = { draftId: draft.id, name: draft.name, ...event.data };
      recordEvent(tx, { at: Date.now(), actor: operator, kind: 'draft.changed', message: event.message, data });
    },
    { behavior: 'immediate' },
  );
  return readDraftRows(operator, { id: draft.id, seen }, language);
}

type NewCorrection = { line: number; at: number | null; to: string };

/** A cell has one correction, the last one; a retyped row has no corrected cells. */
function merged(draft: Draft, added: readonly NewCorrection[], by: string): DraftCorrections {
  const rows = new Set(added.filter(({ at }) => at === null).map(({ line }) => line));
  const cells = new Set(added.map(({ line, at }) => `${line}:${at}`));
  const unaffected = draft.corrections.filter(({ line, column }) => !rows.has(line) && !cells.has(`${line}:${column}`));
  return [...unaffected, ...added.map(({ line, at, to }) => ({ line, column: at, to, by }))];
}

/**
 * Corrects one cell (`at` null: replaces the whole row); `to` null restores the original. `input`: `{ id, revision, line, at,
 * to, seen? }`. Returns the corrected draft, with `seen` only the rows that have changed since that review. Throws `conflict` where it was changed in the meantime.
 */
export async function correctDraft(
  operator: Operator | null,
  input: unknown,
  language: Language = 'en',
): Promise<JsonText<DraftDetail>> {
  authorise(operator, 'files:upload');
  const { id, revision, seen, line, at, to } = parseInput(correctInput, input);
  const draft = draftAsSeen(operator, id, revision);
  const before = draft.corrections.find((one) => one.line === line && one.column === at)?.to ?? null;
  const corrections =
    to === null
      ? draft.corrections.filter((one) => one.line !== line || one.column !== at)
      : merged(draft, [{ line, at, to }], operator.name);
  const message =
    to === null
      ? `${operator.name} restored the original of line ${line} of the upload ${draft.name}.`
      : `${operator.name} corrected line ${line} of the upload ${draft.name}.`;
  return save(operator, draft, { corrections }, { message, data: { line, at, before, after: to } }, { seen, language });
}

/** Corrects every row with the same mistake at once. `input`: `{ id, revision, at, pattern }`, from a suggestion. */
export async function correctAlike(
  operator: Operator | null,
  input: unknown,
  language: Language = 'en',
): Promise<JsonText<DraftDetail>> {
  authorise(operator, 'files:upload');
  const { id, revision, seen, at, pattern } = parseInput(alikeInput, input);
  const draft = draftAsSeen(operator, id, revision);
  const { dataDir } = readEnv();
  const added = await inThread(database(), 'alikeRows', { dataDir, draft, at, pattern });
  if (added.length === 0) throw new ServiceError('conflict', ['noSuchMistake']);
  return saveMany(operator, draft, added, { seen, language });
}

/** Writes the same into every row whose cell says the same. `input`: `{ id, revision, at, from, to, seen? }`. */
export async function correctSame(
  operator: Operator | null,
  input: unknown,
  language: Language = 'en',
): Promise<JsonText<DraftDetail>> {
  authorise(operator, 'files:upload');
  const { id, revision, seen, at, from, to } = parseInput(sameInput, input);
  const draft = draftAsSeen(operator, id, revision);
  const lines = await inThread(database(), 'sameRows', { dataDir: readEnv().dataDir, draft, at, from });
  if (lines.length === 0) throw new ServiceError('conflict', ['noSuchValue']);
  const added = lines.map((line) => ({ line, at, to }));
  return saveMany(operator, draft, added, { seen, language });
}

function saveMany(operator: Operator, draft: Draft, added: readonly NewCorrection[], answer: Answer) {
  const many = added.length === 1 ? '1 row' : `${added.length} rows`;
  const message = `${operator.name} corrected ${many} of the upload ${draft.name} in the same way.`;
  const corrections = merged(draft, added, operator.name);
  return save(operator, draft, { corrections }, { message, data: { corrected: [...added] } }, answer);
}

/** Matches columns with their meaning. `input`: `{ id, revision, columns: { <known column>: index or null } }`. */
export async function matchDraftColumns(
  operator: Operator | null,
  input: unknown,
  language: Language = 'en',
): Promise<JsonText<DraftDetail>> {
  authorise(operator, 'files:upload');
  const { id, revision, seen, columns } = parseInput(columnsInput, input);
  const draft = draftAsSeen(operator, id, revision);
  const message = `${operator.name} matched the columns of the upload ${draft.name}.`;
  return save(
    operator,
    draft,
    { columns },
    { message, data: { before: draft.columns, after: columns } },
    { seen, language },
  );
}
