/** People for the web: the list and one person whole. */
import { z } from 'zod';
import {
  countByState,
  countPeople,
  employeeTypes,
  historyOfPerson,
  mappingRowOf,
  PEOPLE_ORDERS,
  type PeopleFilter,
  type PersonRow,
  pageOfPeople,
  personById,
  reasonsPresent,
  rowsOfPerson,
} from '#db/store/people-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { licenceName, mappedLicencesSchema } from '#lib/provisioning/core/mapping.ts';
import { employeeTypeKey } from '#lib/provisioning/core/person.ts';
import { describeReason } from '#lib/provisioning/core/reasons.ts';
import { PERSON_STATES, type PersonState } from '#lib/provisioning/core/states.ts';
import { database } from './database.ts';
import { authorise, parseInput, ServiceError } from './errors.ts';
import { everyState, type Page, paged, pageSchema } from './listing.ts';
import { type PersonAction, possibleActions } from './person-actions.ts';
import { type Call, type TimelineEntry, timelineOf } from './timeline.ts';

export type { Call, PersonAction, TimelineEntry };

export interface PersonItem {
  id: number;
  userPrincipalName: string;
  displayName: string;
  employeeType: string;
  state: PersonState;
  stateSince: number;
  /** Sent back with an action: it is refused where somebody or the engine was faster. */
  revision: number;
  reason: string;
  reasonTitle: string;
  /** The whole sentence. */
  message: string;
  firstSeenAt: number;
  lastLookAt: number | null;
  nextLookAt: number | null;
  /** What this operator may do with this person now. */
  actions: PersonAction[];
}

export interface PeopleList extends Page<PersonItem> {
  query: PeopleQuery;
  /** Everybody there is, whatever the filter. */
  everybody: number;
  /** Everybody by state, whatever the filter. */
  byState: Record<PersonState, number>;
  /** What the filters can be set to. */
  choices: { reasons: { reason: string; title: string }[]; employeeTypes: { key: string; name: string }[] };
}

export interface PersonSource {
  fileId: string;
  fileName: string;
  receivedAt: number;
  line: number;
  raw: string;
  verdict: 'accepted' | 'duplicate' | 'rejected';
  /** Columns that mean nothing to AutoProvision. */
  extras: Record<string, string>;
  changes: { column: string; from: string; to: string; what: string }[];
}

export interface PersonDetail extends PersonItem {
  /** What to do; null where nothing is to be done. */
  fix: string | null;
  usageLocation: string | null;
  startDate: string | null;
  accountId: string | null;
  synchronisedAt: number | null;
  licensedAt: number | null;
  mailboxReadyAt: number | null;
  looks: number;
  mailboxLooks: number;
  approvedAt: number | null;
  approvedBy: string | null;
  closedBy: string | null;
  /** Null: the EmployeeType is not mapped. */
  mapping: { employeeType: string; version: number; licences: string[]; usageLocation: string | null } | null;
  sources: PersonSource[];
  /** Newest first. */
  timeline: TimelineEntry[];
}

const text = z
  .string()
  .trim()
  .max(200)
  .transform((value) => value || null)
  .nullable()
  .catch(null)
  .default(null);
const stateList = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((item) => item.split(',')))
  .transform((names) => PERSON_STATES.filter((state) => names.includes(state)))
  .catch([])
  .default([]);

/** The address of a people list: `?state=held,needs_attention&reason=…&type=…&file=…&run=…&q=…&sort=…&dir=…&page=…`. Nonsense counts as absent. */
export const peopleQuerySchema = z.object({
  state: stateList,
  reason: text,
  type: text,
  file: text,
  run: text,
  q: text,
  sort: z.enum(PEOPLE_ORDERS).catch('arrival').default('arrival'),
  dir: z.enum(['asc', 'desc']).catch('desc').default('desc'),
  page: pageSchema,
});
export type PeopleQuery = z.infer<typeof peopleQuerySchema>;

function toItem(row: PersonRow, operator: Operator): PersonItem {
  return {
    id: row.id,
    userPrincipalName: row.userPrincipalName,
    displayName: row.displayName,
    employeeType: row.employeeType,
    state: row.state,
    stateSince: row.stateSince,
    revision: row.revision,
    reason: row.reason,
    reasonTitle: describeReason(row.reason).title,
    message: row.message,
    firstSeenAt: row.firstSeenAt,
    lastLookAt: row.lastLookAt,
    nextLookAt: row.nextLookAt,
    actions: can(operator.role, 'people:act') ? possibleActions(row.state) : [],
  };
}

/** One page of people. `input` is the address's search parameters (`peopleQuerySchema`). */
export function listPeople(operator: Operator | null, input: unknown): PeopleList {
  authorise(operator, 'people:read');
  const query = parseInput(peopleQuerySchema, input);
  const db = database();
  const filter: PeopleFilter = {
    states: query.state,
    reason: query.reason,
    employeeType: query.type === null ? null : employeeTypeKey(query.type),
    fileId: query.file,
    runId: query.run,
    search: query.q,
  };
  const order = { by: query.sort, direction: query.dir };
  const byState = everyState(countByState(db));
  return {
    ...paged(countPeople(db, filter), query.page, (offset, limit) =>
      pageOfPeople(db, filter, order, offset, limit).map((row) => toItem(row, operator)),
    ),
    query,
    everybody: Object.values(byState).reduce((sum, n) => sum + n, 0),
    byState,
    choices: {
      reasons: reasonsPresent(db).map((reason) => ({ reason, title: describeReason(reason).title })),
      employeeTypes: employeeTypes(db),
    },
  };
}

const extrasSchema = z.record(z.string(), z.string()).nullable().catch(null);
const changesSchema = z
  .array(z.object({ column: z.string(), from: z.string(), to: z.string(), what: z.string() }))
  .nullable()
  .catch(null);

/** Newest history entries shown of one person. */
const HISTORY_LIMIT = 300;

/** Everything about one person. `input`: `{ id }`. Throws `not_found`. */
export function readPerson(operator: Operator | null, input: unknown): PersonDetail {
  authorise(operator, 'people:read');
  const { id } = parseInput(z.object({ id: z.coerce.number().int().positive() }), input);
  const db = database();
  const row = personById(db, id);
  if (!row) throw new ServiceError('not_found', 'There is no such person.');
  const mapping = mappingRowOf(db, row);
  const { events, outcomes } = historyOfPerson(db, id, HISTORY_LIMIT);
  return {
    ...toItem(row, operator),
    fix: describeReason(row.reason).fix,
    usageLocation: row.usageLocation,
    startDate: row.startDate,
    accountId: row.accountId,
    synchronisedAt: row.synchronisedAt,
    licensedAt: row.licensedAt,
    mailboxReadyAt: row.mailboxReadyAt,
    looks: row.looks,
    mailboxLooks: row.mailboxLooks,
    approvedAt: row.approvedAt,
    approvedBy: row.approvedBy,
    closedBy: row.closedBy,
    mapping: mapping && {
      employeeType: mapping.employeeType,
      version: mapping.version,
      licences: mappedLicencesSchema.parse(mapping.licences).map(({ skuPartNumber }) => licenceName(skuPartNumber)),
      usageLocation: mapping.usageLocation,
    },
    sources: rowsOfPerson(db, id).map((source) => ({
      ...source,
      extras: extrasSchema.parse(source.extras) ?? {},
      changes: changesSchema.parse(source.changes) ?? [],
    })),
    timeline: timelineOf(events, outcomes),
  };
}
