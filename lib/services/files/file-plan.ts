/** Compares what the check of an upload planned with what happened. */
import { z } from 'zod';
import { draftOfFile } from '#db/store/files/drafts.ts';
import { plansWithPeople } from '#db/store/files/files-read.ts';
import { readRun } from '#db/store/runs/runs.ts';
import type { Operator } from '#lib/auth/operator.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { kindText, licencesText, type PreviewKind, previewKind } from '#lib/services/drafts/draft-labels.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';

export interface PlanComparison {
  checkedAt: number;
  runId: string;
  runNumber: number;
  /** The file was changed between the check and the import. */
  isOutdated: boolean;
  /** One line for each planned result. */
  parts: { planned: string; people: number; asPlanned: number; open: number; differ: number }[];
  /** The first people for whom the result differs. */
  differing: { id: number; displayName: string; planned: string; state: PersonState; message: string }[];
}

const idInput = z.object({ id: z.string().min(1).max(100) });
const partNumbers = z.array(z.string()).catch([]);
const SHOWN = 50;

type Plan = ReturnType<typeof plansWithPeople>[number];
type Comparison = 'asPlanned' | 'open' | 'differ';
type Part = Record<Comparison | 'people', number> & { kind: PreviewKind; licences: string };

/** States that match the plan, or are further along the same way. */
const MATCHING_STATES: Record<Exclude<PreviewKind, 'licensed' | 'unknown'>, readonly PersonState[]> = {
  mailbox: ['already_provisioned', 'provisioned'],
  opening: ['awaiting_mailbox', 'provisioned', 'already_provisioned'],
  sync: ['awaiting_sync', 'awaiting_start', 'awaiting_seat', 'awaiting_mailbox', 'provisioned', 'already_provisioned'],
  start: ['awaiting_start', 'awaiting_sync', 'awaiting_seat', 'awaiting_mailbox', 'provisioned', 'already_provisioned'],
  seat: ['awaiting_seat', 'awaiting_mailbox', 'provisioned'],
  held: ['held', 'awaiting_mailbox', 'provisioned'],
  cannot: ['needs_attention', 'dismissed'],
};

/** Whether the result matches the plan; open until the person has been checked. */
function compare(kind: PreviewKind, { state, licensedAt }: Pick<Plan, 'state' | 'licensedAt'>): Comparison {
  if (state === 'queued') return 'open';
  if (kind === 'unknown') return 'asPlanned';
  const isAsPlanned = kind === 'licensed' ? licensedAt !== null : MATCHING_STATES[kind].includes(state);
  return isAsPlanned ? 'asPlanned' : 'differ';
}

/** Compares an uploaded file with the last check before its import. `input`: `{ id }` of the file. Null where there was no check. */
export function comparePlan(
  operator: Operator | null,
  input: unknown,
  language: Language = 'en',
): PlanComparison | null {
  authorise(operator, 'files:read');
  const { id } = parseInput(idInput, input);
  const db = database();
  const draft = draftOfFile(db, id);
  const run = draft?.previewRunId ? readRun(db, draft.previewRunId) : null;
  if (!draft || run?.status !== 'completed') return null;
  const parts = new Map<string, Part>();
  const differing: PlanComparison['differing'] = [];
  for (const plan of plansWithPeople(db, id, run.id)) {
    const { personId, displayName, state, message } = plan;
    const kind = previewKind({ state: plan.plannedState, reason: plan.plannedReason });
    const licences = kind === 'licensed' ? licencesText(language, partNumbers.parse(plan.licences)) : '';
    const key = `${kind} ${licences}`;
    const part = parts.get(key) ?? { kind, licences, people: 0, asPlanned: 0, open: 0, differ: 0 };
    parts.set(key, part);
    part.people++;
    const comparison = compare(kind, plan);
    part[comparison]++;
    if (comparison !== 'differ' || differing.length >= SHOWN) continue;
    const planned = kind === 'licensed' ? sayIn(language, 'previews')('gets', { licences }) : plan.plannedMessage;
    differing.push({ id: personId, displayName, planned, state, message });
  }
  return {
    checkedAt: run.finishedAt ?? run.requestedAt,
    runId: run.id,
    runNumber: run.number,
    // The import itself counts as one change.
    isOutdated: draft.previewRevision !== draft.revision - 1,
    parts: [...parts.values()].map(({ kind, licences, people, ...counts }) => ({
      planned: kindText(language, kind, people, licences),
      people,
      ...counts,
    })),
    differing,
  };
}
