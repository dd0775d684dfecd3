/** People as the engine reads them, and who is due in which order. */
import { and, asc, desc, eq, inArray, isNotNull, notInArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Db, oncePerConnection, type Tx } from '#db/client.ts';
import { people, upnsInOrder } from '#db/schema/people.ts';
import { runPeople } from '#db/schema/runs.ts';
import type { QueuedPerson } from '#lib/domain/decision/fair-order.ts';
import type { Person, SentLicences } from '#lib/domain/person.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { readReason } from '#lib/domain/reasons/reasons.ts';
import { CLOSED_STATES, type PersonState } from '#lib/domain/states.ts';
import { readLeft } from './left-accounts.ts';
import { peopleGroups, sumByKey } from './people-counts.ts';

export interface DueOptions {
  now: number;
  /** Also people whose next check is not due yet. */
  all?: boolean;
  /** Only people waiting for their mailbox. */
  onlyMailboxes?: boolean;
  /** Only people who arrived after the one with this id. */
  after?: number;
}

/** When a person needs the licence, ms UTC (`QueuedPerson.neededAt`). */
export const NEEDED_AT = 'max(first_seen_at, coalesce(unixepoch(start_date) * 1000, 0))';

/** People read at once: a few milliseconds. */
const DUE_SLICE = 2000;

/**
 * The people a cycle has to check, slice by slice, longest due first. Other writes may happen between two slices: a person may
 * then be returned twice.
 */
export function* duePeople(db: Db, { now, all, onlyMailboxes, after = 0 }: DueOptions): Generator<QueuedPerson[]> {
  const next = db.$client.prepare<unknown[], QueuedPerson & { nextCheckAt: number }>(
    // A held person waits for approval, whoever drops the row again.
    `select id, next_check_at as nextCheckAt, ${NEEDED_AT} as neededAt,
       (select r.file_id from intake_rows r where r.person_id = people.id order by r.id limit 1) as fileId
     from people
     where next_check_at is not null and (next_check_at, id) > (?, ?) and next_check_at <= ? and id > ?
       and state ${onlyMailboxes ? "= 'awaiting_mailbox'" : "<> 'held'"}
     order by next_check_at, id limit ${DUE_SLICE}`,
  );
  let last = { nextCheckAt: Number.MIN_SAFE_INTEGER, id: 0 };
  for (;;) {
    const slice = next.all(last.nextCheckAt, last.id, all ? Number.MAX_SAFE_INTEGER : now, after);
    yield slice;
    const end = slice.at(-1);
    if (!end || slice.length < DUE_SLICE) return;
    last = end;
  }
}

/**
 * The people a run was started for who are still open and not held, in the order in which they need the licence, each with the mapping version that
 * decides (null: the one in force).
 */
export function chosenPeople(db: Tx, runId: string): Map<number, number | null> {
  const rows = db
    .select({ id: people.id, mappingId: runPeople.mappingId })
    .from(runPeople)
    .innerJoin(people, eq(people.id, runPeople.personId))
    .where(and(eq(runPeople.runId, runId), notInArray(people.state, [...CLOSED_STATES, 'held'])))
    .orderBy(sql.raw(NEEDED_AT), asc(people.id))
    .all();
  return new Map(rows.map(({ id, mappingId }) => [id, mappingId]));
}

/**
 * How many people wait for a seat or for their account and need the licence before the last of those with these ids, by state,
 * EmployeeType and start date; those with these ids left out.
 */
export function waitingBefore(db: Tx, ids: readonly number[]) {
  const chosen = sql`(select value from json_each(${JSON.stringify(ids)}))`;
  const neededAt = sql.raw(NEEDED_AT);
  return db.all<{ state: PersonState; employeeTypeKey: string; startDate: string | null; people: number }>(sql`
    select state, employee_type_key as employeeTypeKey, start_date as startDate, count(*) as people from people
    where state in ('awaiting_seat', 'awaiting_sync') and id not in ${chosen}
      and (${neededAt}, id) < (select ${neededAt}, id from people where id in ${chosen} order by 1 desc, 2 desc limit 1)
    group by state, employee_type_key, start_date`);
}

/** Has the next cycle check everybody with one of these reasons; `employeeTypeKey` null: whatever the EmployeeType. */
export function checkAgain(tx: Tx, reasons: readonly ReasonCode[], employeeTypeKey: string | null, now: number): void {
  const isOfType = employeeTypeKey === null ? undefined : eq(people.employeeTypeKey, employeeTypeKey);
  const isOpen = inArray(people.state, ['awaiting_start', 'needs_attention']);
  tx.update(people)
    .set({ nextCheckAt: now })
    .where(and(isOpen, inArray(people.reason, [...reasons]), isOfType))
    .run();
}

const dueMailbox = oncePerConnection((_, tx) =>
  tx
    .select({ id: people.id })
    .from(people)
    // The plus makes SQLite scan the few people waiting for a mailbox instead of everybody who is due.
    .where(and(eq(people.state, 'awaiting_mailbox'), sql`+${people.nextCheckAt} <= ${sql.placeholder('now')}`))
    .limit(1)
    .prepare(),
);

/** True where a mailbox check is due between two scheduled cycles. */
export function mailboxIsDue(db: Tx, now: number): boolean {
  return dueMailbox(db).get({ now }) !== undefined;
}

/** How many people of each EmployeeType key are in these states. */
export function countByType(db: Tx, states: readonly PersonState[]): { employeeTypeKey: string; people: number }[] {
  const sums = sumByKey(peopleGroups(db, { states }), (group) => group.employeeTypeKey);
  return [...sums].map(([employeeTypeKey, n]) => ({ employeeTypeKey, people: n }));
}

/** Columns of a person as the engine reads one; `givenLicences` is JSON. */
const PERSON = sql`p.id, user_principal_name as userPrincipalName, display_name as displayName, employee_type as employeeType,
  usage_location as usageLocation, location_set_by as locationSetBy, start_date as startDate, license_now_by as licenseNowBy,
  license_anyway_by as licenseAnywayBy, state, reason, message, said, revision, first_seen_at as firstSeenAt,
  state_since as stateSince, licensed_at as licensedAt, account_id as accountId, mailbox_checks as mailboxChecks,
  last_check_at as lastCheckAt, approved_at as approvedAt,
  approved_by as approvedBy, approved_plan as approvedPlan,
  approval_needed_since as approvalNeededSince, mapping_id as mappingId, unknown_since as unknownSince,
  choice, choice_by as choiceBy, held_plan as heldPlan, reassigned_at as reassignedAt, mailbox_ready_at as mailboxReadyAt,
  given_licences as givenLicences, left_account as leftAccounts, provisioning_retried_at as provisioningRetriedAt, licences_reprocessed_at as licencesReprocessedAt,
  (select m.employee_type from mappings m where m.id = p.mapping_id) as licensedAsType,
  (select max(case r.status when 'interrupted' then max(i.created_at, r.finished_at) else i.created_at end)
    from intents i left join runs r on r.id = i.run_id where i.person_id = p.id and i.settled_at is null) as unsettledWriteAt,
  (select json_group_array(json_object('isOpen', i.settled_at is null, 'payload', json(i.payload)) order by i.id) from intents i
    where i.person_id = p.id and i.kind = 'licence'
      and (i.settled_at is null or (i.result = 'not_applied' and i.created_at >= p.first_seen_at))) as sentLicences`;

const givenSchema = z.array(z.string());

function readGiven(json: string | null): readonly string[] {
  return json === null ? [] : givenSchema.parse(JSON.parse(json));
}

const licencesSchema = z.array(z.object({ skuId: z.string(), skuPartNumber: z.string() }));

/** Of what an earlier version stored otherwise, only that something was sent is known. */
const sentSchema = z.object({
  addLicenses: licencesSchema.catch([]),
  removeLicenses: licencesSchema.catch([]),
  mappingId: z.number().nullable().catch(null),
  employeeType: z.string().nullable().catch(null),
  accountId: z.string().nullable().catch(null),
});
const allSentSchema = z.array(z.object({ isOpen: z.int().transform(Boolean), payload: sentSchema }));

function readSent(json: string): readonly SentLicences[] {
  if (json === '[]') return [];
  return allSentSchema.parse(JSON.parse(json)).map(({ isOpen, payload }) => {
    const { addLicenses: licences, removeLicenses: removed, mappingId, employeeType, accountId } = payload;
    return { isOpen, licences, removed, mappingId, employeeType, accountId };
  });
}

/** Reads people by id, in the order given. */
export function readPeople(db: Tx, ids: readonly number[]): Person[] {
  const read = db.all<
    Omit<Person, 'reason' | 'givenLicences' | 'leftAccounts' | 'isWriteUnseen' | 'sentLicences'> & {
      reason: string;
      givenLicences: string | null;
      leftAccounts: string | null;
      sentLicences: string;
    }
  >(sql`select ${PERSON} from people p where p.id in (select value from json_each(${JSON.stringify(ids)}))`);
  const byId = new Map(
    read.map((person) => {
      const sentLicences = readSent(person.sentLicences);
      const parsed = {
        reason: readReason(person.reason),
        givenLicences: readGiven(person.givenLicences),
        leftAccounts: readLeft(person.leftAccounts === null ? null : JSON.parse(person.leftAccounts)),
        sentLicences,
        isWriteUnseen: sentLicences.some(({ isOpen }) => !isOpen),
      };
      return [person.id, Object.assign(person, parsed)] as const;
    }),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Ids of a few accounts whose mailboxes are open, of those licensed last: by their index, however many people there are. */
export function openAccounts(db: Tx): string[] {
  return db
    .select({ accountId: people.accountId })
    .from(people)
    .where(and(isNotNull(people.licensedAt), isNotNull(people.mailboxReadyAt), isNotNull(people.accountId)))
    .orderBy(desc(people.licensedAt))
    .limit(5)
    .all()
    .flatMap(({ accountId }) => accountId ?? []);
}

/** People by the key of their UserPrincipalName, as far as they exist. */
export function peopleByUpn(db: Tx, keys: readonly string[]): Map<string, Person> {
  const found = new Map<string, Person>();
  // SQLite limits the number of values in one statement.
  for (let start = 0; start < keys.length; start += 500) {
    const some = inArray(upnsInOrder.upnKey, keys.slice(start, start + 500));
    const rows = db
      .select({ id: upnsInOrder.personId, upnKey: upnsInOrder.upnKey })
      .from(upnsInOrder)
      .where(some)
      .all();
    const read = readPeople(
      db,
      rows.map(({ id }) => id),
    );
    const keyOf = new Map(rows.map(({ id, upnKey }) => [id, upnKey]));
    for (const person of read) found.set(keyOf.get(person.id) ?? '', person);
  }
  return found;
}
