/** Held people: why they are held, what they would get, and who brought the files that name them. */
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import type { FileSource } from '#db/schema/files.ts';
import { subscribedSkus } from '#db/schema/mappings.ts';
import type { EventKind } from '#lib/domain/events.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';

/** The file of the newest row that names person `p`. */
const NEWEST_FILE = sql`(select r.file_id from intake_rows r where r.person_id = p.id order by r.id desc limit 1)`;
const EDITED = 'person.edited' satisfies EventKind;
const CHOSEN = 'person.row_chosen' satisfies EventKind;
const PUBLISHED = 'mapping.published' satisfies EventKind;

/**
 * Whether an operator has a hand in what person `p` would get: it corrected a row, changed the person since the last licence, or
 * published a mapping of the EmployeeType since the person came.
 */
function hasHand(db: Tx, key: string): SQL {
  const published = db.all<{ type: string; at: number }>(sql`
    select json_extract(data, '$.employeeType') as type, at from events where kind = ${PUBLISHED} and actor_key = ${key}
    union all select employee_type, at from removed_decisions where kind = ${PUBLISHED} and actor_key = ${key}`);
  const mappings = JSON.stringify(published.map(({ type, at }) => ({ type: employeeTypeKey(type), at })));
  return sql`(exists (select 1 from intake_rows r cross join row_cases c on c.row_id = r.id
      where r.person_id = p.id and c.status = 'corrected' and c.settled_by_key = ${key})
    or exists (select 1 from events e where e.person_id = p.id and e.kind in (${EDITED}, ${CHOSEN}) and e.actor_key = ${key}
      and e.at >= coalesce(p.licensed_at, 0))
    or exists (select 1 from removed_decisions d where d.person_id = p.id and d.actor_key = ${key} and d.at >= coalesce(p.licensed_at, 0))
    or exists (select 1 from json_each(${mappings}) m
      where m.value ->> 'type' = p.employee_type_key and m.value ->> 'at' >= p.first_seen_at))`;
}
/** The run that held person `p`: held people are not checked, so it is that of the newest outcome. */
const HOLDING_RUN = sql`(select o.run_id from outcomes o where o.person_id = p.id order by o.at desc limit 1)`;

const FILE_ACCEPTED = 'file.accepted' satisfies EventKind;

/** About these somebody chooses a row on their own page: there is no plan to approve. */
export const DISPUTED = 'rows_disagree' satisfies ReasonCode;

/** SQLite limits the number of values in one statement. */
const SLICE = 500;

/** Who brought a file. */
export interface FileSender {
  fileName: string;
  name: string;
  /** An operator's stable key; null for the drop folder, and where it was not recorded. */
  key: string | null;
  isDropFolder: boolean;
}

/** Who brought each file, for the files that exist. */
export function sendersOfFiles(db: Tx, fileIds: readonly string[]): Map<string, FileSender> {
  const senders = new Map<string, FileSender>();
  for (const id of fileIds) {
    // The event has the operator's key. It is the last one at its time, and a large file has a great many.
    const file = db.get<{ fileName: string; name: string; source: FileSource; key: string | null } | undefined>(sql`
      select f.name as fileName, f.received_from as name, f.source,
        coalesce((select e.actor_key from events e where e.at = f.received_at and e.kind = ${FILE_ACCEPTED}
          and json_extract(e.data, '$.fileId') = f.id order by e.id desc limit 1), f.received_from_key) as key
      from intake_files f where f.id = ${id}`);
    if (!file) continue;
    const { source, ...sender } = file;
    senders.set(id, { ...sender, isDropFolder: source === 'drop_folder' });
  }
  return senders;
}

/** What an operator has to do with a person. */
export interface Involvement {
  /** Who brought the newest file that names the person; null: no file does. */
  sender: FileSender | null;
  /** The operator corrected the row, changed the person, or published its mapping. */
  hasHand: boolean;
}

/** What the operator with this stable key has to do with each person. */
export function involvementIn(db: Tx, personIds: readonly number[], key: string): Map<number, Involvement> {
  const found = new Map<number, { fileId: string | null; hasHand: boolean }>();
  const hand = hasHand(db, key);
  for (let start = 0; start < personIds.length; start += SLICE) {
    const ids = sql.join(
      personIds.slice(start, start + SLICE).map((id) => sql`${id}`),
      sql`, `,
    );
    const rows = db.all<{ id: number; fileId: string | null; hasHand: number }>(
      sql`select p.id, ${NEWEST_FILE} as fileId, ${hand} as hasHand from people p where p.id in (${ids})`,
    );
    for (const { id, fileId, hasHand } of rows) found.set(id, { fileId, hasHand: hasHand === 1 });
  }
  const senders = sendersOfFiles(db, [...new Set([...found.values()].flatMap(({ fileId }) => fileId ?? []))]);
  return new Map(
    [...found].map(([id, { fileId, hasHand }]) => [
      id,
      { sender: (fileId !== null && senders.get(fileId)) || null, hasHand },
    ]),
  );
}

/** People held by one run for one reason. */
export interface HeldGroupKey {
  /** Null where no run is known. */
  runId: string | null;
  reason: string;
}

/** Held people with the same run, reason, plan and file, in whom one operator has a hand or not. */
export interface HeldPart extends HeldGroupKey {
  plan: string | null;
  fileId: string | null;
  hasHand: boolean;
  people: number;
  oldestSince: number;
  newestSince: number;
  idSum: number;
  revisionSum: number;
  /** The first and last message in alphabetical order: equal where all are. */
  firstMessage: string;
  lastMessage: string;
  /** What the first is made from. */
  said: string | null;
}

/** All held people, counted by what they have in common. `key`: the operator whose hand is told. */
export function heldParts(db: Tx, key: string): HeldPart[] {
  const parts = db.all<Omit<HeldPart, 'hasHand'> & { hasHand: number }>(sql`
    with held as (
      select p.id, p.revision, p.reason, p.message, p.said, p.held_plan as plan, p.state_since, ${HOLDING_RUN} as runId, ${NEWEST_FILE} as fileId,
        ${hasHand(db, key)} as hasHand
      from people p where p.state = 'held' and p.reason <> ${DISPUTED})
    select runId, reason, plan, fileId, hasHand, count(*) as people, min(state_since) as oldestSince, max(state_since) as newestSince,
      sum(id) as idSum, sum(revision) as revisionSum,
      min(message) as firstMessage, max(message) as lastMessage, max(said) as said
    from held group by runId, reason, plan, fileId, hasHand order by min(state_since), runId, reason`);
  return parts.map((part) => ({ ...part, hasHand: part.hasHand === 1 }));
}

export interface HeldPerson {
  id: number;
  revision: number;
  userPrincipalName: string;
  displayName: string;
  employeeType: string;
  message: string;
  stateSince: number;
  plan: string | null;
  fileId: string | null;
  hasHand: boolean;
}

const inGroup = ({ runId, reason }: HeldGroupKey): SQL =>
  sql`p.state = 'held' and p.reason = ${reason} and ${HOLDING_RUN} is ${runId}`;

/** People of a group in order of arrival: first come, first served. */
export function heldPeople(
  db: Tx,
  group: HeldGroupKey,
  key: string,
  { offset, limit }: { offset: number; limit: number },
): HeldPerson[] {
  const held = db.all<Omit<HeldPerson, 'hasHand'> & { hasHand: number }>(sql`
    select p.id, p.revision, p.user_principal_name as userPrincipalName, p.display_name as displayName,
      p.employee_type as employeeType, p.message, p.state_since as stateSince, p.held_plan as plan, ${NEWEST_FILE} as fileId,
      ${hasHand(db, key)} as hasHand
    from people p where ${inGroup(group)} order by p.first_seen_at, p.id limit ${limit} offset ${offset}`);
  return held.map((person) => ({ ...person, hasHand: person.hasHand === 1 }));
}

/** The tenant's licences as the last run read them, by part number in upper case. */
export function subscribedSkusByPart(db: Tx) {
  const rows = db.select().from(subscribedSkus).all();
  return new Map(rows.map((row) => [row.skuPartNumber.toUpperCase(), row]));
}
