/** Approvals: held people grouped by the cause, and approval or rejection of a whole group. */
import { z } from 'zod';
import {
  DISPUTED,
  type HeldGroupKey,
  type HeldPart,
  type HeldPerson,
  heldParts,
  heldPeople,
  sendersOfFiles,
  subscribedSkusByPart,
} from '#db/store/people/approvals-read.ts';
import { peopleGroups } from '#db/store/people/people-counts.ts';
import { numbersOfRuns } from '#db/store/runs/runs-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { can, ROLES } from '#lib/auth/roles.ts';
import { freeSeats, licenceName } from '#lib/domain/licences/mapping.ts';
import { readPlan } from '#lib/domain/licences/plan-key.ts';
import { describeReason } from '#lib/domain/reasons/reasons.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { type Page, paged, pageSchema } from '#lib/services/http/listing.ts';
import { approvePeople, rejectPeople } from '#lib/services/people/actions/people-moves.ts';
import { ACTION_PERMISSION, type PersonAction } from '#lib/services/people/actions/person-actions.ts';
import { ownPart } from '#lib/services/people/actions/second-person.ts';
import { MOVE_LIMIT, type MoveResult, whySchema } from '#lib/services/people/actions/seen-people.ts';
import { heldPlanText } from '#lib/services/people/plan-text.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';
import { listed } from '#lib/words/listed.ts';

/** `plan` is sent back with an approval as it stands here. */
export interface HeldItem extends Omit<HeldPerson, 'fileId' | 'hasHand'> {
  planText: string;
  /** What this operator may do with the person. */
  actions: PersonAction[];
}

export interface ApprovalGroup extends HeldGroupKey {
  /** Null: no run held them, or retention has deleted it since. */
  runNumber: number | null;
  title: string;
  fix: string | null;
  /** The message of everybody in the group; null where they differ. */
  message: string | null;
  /** What it is made from. */
  said: string | null;
  /** Of the message, where it is not in the language of its reader. */
  lang?: 'en' | undefined;
  people: number;
  oldestSince: number;
  /** Changes whenever the group changes: sent back with an approval or rejection of the whole group. */
  version: string;
  files: { id: string; name: string; people: number }[];
  plans: { text: string; people: number }[];
  seats: { skuPartNumber: string; name: string; needed: number; neededByAll: number; free: number }[];
  /** Of `people`: those whom this operator brought, changed or mapped, and may not release. */
  needSecondPerson: number;
}

export interface ApprovalList {
  people: number;
  /** Held as well, because two rows disagree: about these somebody chooses on their own page. */
  disputed: number;
  groups: ApprovalGroup[];
  /** The group whose people are shown, with a page of them; null where nobody is held. */
  open: { group: HeldGroupKey; page: Page<HeldItem> } | null;
  /** Who may release people, as a sentence. */
  whoMay: string;
  moveLimit: number;
}

const groupSchema = z.object({
  run: z.string().max(100).nullable().catch(null).default(null),
  reason: z.string().max(100),
});

/** `?run=…&reason=…&page=…`: the group whose people are shown. */
const approvalsQuerySchema = z.object({
  run: groupSchema.shape.run,
  reason: z.string().max(100).nullable().catch(null).default(null),
  page: pageSchema,
});

function whoMay(language: Language): string {
  const may = ROLES.filter((role) => can(role, ACTION_PERMISSION.approve));
  return sayIn(language, 'approvalGroups')('whoMayRoles', { roles: listed(may, language, 'disjunction') });
}

const sameGroup = (a: HeldGroupKey, b: HeldGroupKey) => a.runId === b.runId && a.reason === b.reason;
const sum = (parts: readonly { people: number }[]) => parts.reduce((total, { people }) => total + people, 0);

/** The same as long as nobody was added, removed or changed. */
function versionOf(parts: readonly HeldPart[]): string {
  const total = (of: (part: HeldPart) => number) => parts.reduce((all, part) => all + of(part), 0);
  const newest = Math.max(...parts.map(({ newestSince }) => newestSince));
  return [sum(parts), total(({ idSum }) => idSum), total(({ revisionSum }) => revisionSum), newest].join('.');
}

/** People per text, the most frequent first. */
function tally(parts: readonly HeldPart[], keyOf: (part: HeldPart) => string | null): [string, number][] {
  const counts = new Map<string, number>();
  for (const part of parts) {
    const key = keyOf(part);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + part.people);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** Seats needed by the plans of these people, by SKU part number. */
function seatsNeeded(parts: readonly HeldPart[]): Map<string, number> {
  const needed = new Map<string, number>();
  for (const { plan, people } of parts)
    for (const { skuPartNumber } of readPlan(plan)?.licences ?? [])
      needed.set(skuPartNumber, (needed.get(skuPartNumber) ?? 0) + people);
  return needed;
}

interface Reader {
  operator: Operator;
  language: Language;
}

type Senders = ReturnType<typeof sendersOfFiles>;

/** Whether this operator brought these people and may not release them. */
function isOwn({ fileId, hasHand }: HeldPart | HeldPerson, senders: Senders, operator: Operator): boolean {
  const sender = (fileId !== null && senders.get(fileId)) || null;
  return ownPart(operator, { sender, hasHand }) !== null;
}

type Skus = ReturnType<typeof subscribedSkusByPart>;

function toGroup(
  all: HeldPart[],
  parts: [HeldPart, ...HeldPart[]],
  senders: Senders,
  skus: Skus,
  { operator, language }: Reader,
) {
  const [{ runId, reason, firstMessage, said }] = parts;
  const isOneMessage = parts.every((part) => part.firstMessage === firstMessage && part.lastMessage === firstMessage);
  const neededByAll = seatsNeeded(all);
  return {
    runId,
    reason,
    ...describeReason(reason),
    message: isOneMessage ? firstMessage : null,
    said,
    people: sum(parts),
    oldestSince: Math.min(...parts.map((part) => part.oldestSince)),
    version: versionOf(parts),
    files: tally(parts, (part) => part.fileId).map(([id, people]) => ({
      id,
      people,
      name: senders.get(id)?.fileName ?? id,
    })),
    plans: tally(parts, (part) => heldPlanText(part.plan, language)).map(([text, people]) => ({ text, people })),
    seats: [...seatsNeeded(parts)].map(([skuPartNumber, needed]) => {
      const sku = skus.get(skuPartNumber.toUpperCase());
      const seats = {
        needed,
        neededByAll: neededByAll.get(skuPartNumber) ?? needed,
        free: sku ? freeSeats(sku) : 0,
      };
      return { skuPartNumber, name: licenceName(skuPartNumber), ...seats };
    }),
    needSecondPerson: sum(parts.filter((part) => isOwn(part, senders, operator))),
  } satisfies Omit<ApprovalGroup, 'runNumber'>;
}

function groupsOf(parts: HeldPart[]): [HeldPart, ...HeldPart[]][] {
  const groups: [HeldPart, ...HeldPart[]][] = [];
  for (const part of parts) {
    const group = groups.find(([first]) => sameGroup(first, part));
    if (group) group.push(part);
    else groups.push([part]);
  }
  return groups;
}

function toItem(person: HeldPerson, senders: Senders, { operator, language }: Reader): HeldItem {
  const { fileId: _, hasHand: __, ...item } = person;
  const actions: PersonAction[] = isOwn(person, senders, operator) ? ['reject'] : ['approve', 'reject'];
  const may = (action: PersonAction) => can(operator.role, ACTION_PERMISSION[action]);
  return { ...item, planText: heldPlanText(person.plan, language), actions: actions.filter(may) };
}

/** Held people by cause, the longest waiting first, with a page of the people of one group. `input`: the address's search parameters. */
export function listApprovals(operator: Operator | null, input: unknown, language: Language = 'en'): ApprovalList {
  authorise(operator, 'people:read');
  const query = parseInput(approvalsQuerySchema, input);
  const db = database();
  const parts = heldParts(db, operator.key);
  const senders = sendersOfFiles(db, [...new Set(parts.flatMap(({ fileId }) => fileId ?? []))]);
  const skus = subscribedSkusByPart(db);
  const groups = groupsOf(parts).map((group) => toGroup(parts, group, senders, skus, { operator, language }));
  const requested = groups.find(({ runId, reason }) => reason === query.reason && runId === query.run);
  const open = requested ?? groups[0];
  const runNumbers = numbersOfRuns(
    db,
    groups.map(({ runId }) => runId),
  );
  return {
    people: sum(groups),
    disputed: sum(peopleGroups(db, { states: ['held'], reason: DISPUTED })),
    groups: groups.map((group) => ({
      ...group,
      runNumber: (group.runId !== null && runNumbers.get(group.runId)) || null,
    })),
    open: open
      ? {
          group: { runId: open.runId, reason: open.reason },
          page: paged(open.people, query.page, (offset, limit) =>
            heldPeople(db, open, operator.key, { offset, limit }).map((person) =>
              toItem(person, senders, { operator, language }),
            ),
          ),
        }
      : null,
    whoMay: whoMay(language),
    moveLimit: MOVE_LIMIT,
  };
}

const seenGroupSchema = groupSchema.extend({
  /** The group as the operator saw it. */
  people: z.number().int().positive(),
  version: z.string().max(200),
});
type SeenGroup = z.infer<typeof seenGroupSchema>;

type SeenPerson = Pick<HeldPerson, 'id' | 'revision' | 'plan'>;

/** Moves the people of a group, the first `MOVE_LIMIT` of them, if the group is still as the operator saw it. */
function moveGroup(
  operator: Operator,
  { run, reason, people, version }: SeenGroup,
  move: (people: readonly SeenPerson[]) => MoveResult,
): MoveResult {
  const key = { runId: run, reason };
  return database().transaction(
    (tx) => {
      const parts = heldParts(tx, operator.key).filter((part) => sameGroup(part, key));
      const count = sum(parts);
      if (count === 0) throw new ServiceError('conflict', ['nobodyHeld']);
      if (versionOf(parts) !== version)
        throw new ServiceError('conflict', ['groupChanged', { now: count, seen: people }]);
      const held = heldPeople(tx, key, operator.key, { offset: 0, limit: MOVE_LIMIT });
      return move(held.map(({ id, revision, plan }) => ({ id, revision, plan })));
    },
    { behavior: 'immediate' },
  );
}

/**
 * Approves everybody in a group. `input`: `{ run, reason, people, version, why? }` as the operator saw it. Throws `conflict` where
 * the group has changed or nobody could be approved.
 */
export function approveGroup(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.approve);
  const { why, ...seen } = parseInput(seenGroupSchema.extend({ why: whySchema.optional() }), input);
  return moveGroup(operator, seen, (people) => approvePeople(operator, { people, why }));
}

/** Rejects everybody in a group. `input`: as for `approveGroup`, and `why`. */
export function rejectGroup(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.reject);
  const { why, ...seen } = parseInput(seenGroupSchema.extend({ why: whySchema }), input);
  return moveGroup(operator, seen, (people) => rejectPeople(operator, { people, why }));
}
