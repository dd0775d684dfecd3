/** A stored run as pages show it. */

import { z } from 'zod';
import type { RunSelection, RunStatus, RunTrigger } from '#db/schema/runs.ts';
import type { RunRow } from '#db/store/runs/runs-read.ts';
import { describeReason, RUN_REASONS } from '#lib/domain/reasons/reasons.ts';
import { SENTENCE, sentenceSchema } from '#lib/domain/sentences/sentence.ts';
import { PERSON_STATES, type PersonState } from '#lib/domain/states.ts';
import { everyState } from '#lib/services/http/listing.ts';
import type { Language } from '#lib/words/languages.ts';
import { type SentenceInWords, sentenceIn } from '#lib/words/sentences.ts';

export interface RunItem {
  id: string;
  /** What people call it: `Run 214`. */
  number: number;
  trigger: RunTrigger;
  status: RunStatus;
  requestedBy: string;
  requestedAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  dryRun: boolean;
  checkAll: boolean;
  /** A dry run over an upload that is not imported yet. */
  draftId: string | null;
  /** Null: everybody who was due. Otherwise how its people were chosen, how many, and what it re-runs. */
  selection: { kind: RunSelection; people: number; ofRunId: string | null; ofFileId: string | null } | null;
  /** Who cancelled it; null: nobody. */
  cancelRequestedBy: string | null;
  /** The progress bar: people the run has to check, and how many are done. */
  peopleDue: number;
  peopleDone: number;
  /** People checked so far, by their state afterwards; for a dry run, the state they would be in. */
  counts: Record<PersonState, number>;
  /** For a run that ended early: a title and a sentence. */
  reason: string | null;
  reasonTitle: string | null;
  message: string | null;
  /** Of the message. */
  lang: SentenceInWords['lang'];
  warnings: SentenceInWords[];
}

type Counts = Partial<Record<PersonState, number>>;

/** People by the state they were in after the run. */
export function countsOf(counts: unknown): Record<PersonState, number> {
  const known = countsSchema.parse(counts) ?? {};
  return everyState(new Map(PERSON_STATES.map((state) => [state, known[state] ?? 0])));
}

const countsSchema = z.partialRecord(z.enum(PERSON_STATES), z.number()).nullable().catch(null);

function titleOf(reason: string | null): string | null {
  if (reason === null) return null;
  const titles: Record<string, string> = RUN_REASONS;
  return titles[reason] ?? describeReason(reason).title;
}

const warningsSchema = z.array(sentenceSchema).nullable().catch(null);

/** How a run ended, and what went wrong on its way. */
export function runInWords(
  language: Language,
  row: Pick<RunRow, 'message' | 'said' | 'warnings'>,
): Pick<RunItem, 'message' | 'lang' | 'warnings'> {
  const { message, lang } = sentenceIn(
    language,
    endSchema.parse({ message: row.message ?? '', said: row.said ?? undefined }),
  );
  return {
    message: row.message === null ? null : message,
    lang,
    warnings: (warningsSchema.parse(row.warnings) ?? []).map((warning) => sentenceIn(language, warning)),
  };
}

const endSchema = z.object(SENTENCE);

/** `live`: numbers of a run that has not ended, which are not stored with it yet. `chosen`: the number of people it was started for. */
export function toRunItem(row: RunRow, live: Counts | null, chosen: number, language: Language): RunItem {
  const { selection: kind, rerunOfRunId: ofRunId, rerunOfFileId: ofFileId } = row;
  return {
    id: row.id,
    number: row.number,
    trigger: row.trigger,
    status: row.status,
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    dryRun: row.dryRun,
    checkAll: row.checkAll,
    draftId: row.draftId,
    selection: kind && { kind, people: chosen, ofRunId, ofFileId },
    cancelRequestedBy: row.cancelRequestedAt === null ? null : (row.cancelRequestedBy ?? 'An operator'),
    peopleDue: row.peopleDue,
    peopleDone: row.peopleDone,
    counts: countsOf(live ?? row.counts),
    reason: row.reason,
    reasonTitle: titleOf(row.reason),
    ...runInWords(language, row),
  };
}
