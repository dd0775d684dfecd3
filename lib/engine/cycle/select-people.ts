/** Selects the people a run processes, their order, and the mapping that decides for each. Reads only. */
import { setImmediate } from 'node:timers/promises';
import type { Db } from '#db/client.ts';
import { mappingsById, mappingsInForce } from '#db/store/mappings/mappings.ts';
import {
  chosenPeople,
  countByType,
  type DueOptions,
  duePeople,
  peopleByUpn,
  readPeople,
  waitingBefore,
} from '#db/store/people/people.ts';
import type { Run } from '#db/store/runs/runs.ts';
import type { Account } from '#lib/domain/account.ts';
import { fairOrder, type QueuedPerson } from '#lib/domain/decision/fair-order.ts';
import type { Tenant } from '#lib/domain/decision/observation.ts';
import { isStillHeld } from '#lib/domain/decision/taken-away.ts';
import { type Mapping, resolveMapping, type SubscribedSku } from '#lib/domain/licences/mapping.ts';
import type { Newcomer } from '#lib/domain/newcomer.ts';
import { employeeTypeKey, type Person, upnKey } from '#lib/domain/person.ts';
import { isForCycles, type PersonState } from '#lib/domain/states.ts';
import { licenceDue } from '#lib/domain/time/start-date.ts';

/** Rows of a draft that would be accepted, in the order of the file. */
export type DraftRows = readonly { line: number; newcomer: Newcomer }[];

export interface PeopleSelection {
  count: number;
  /**
   * Ids in the order of processing: by start date and arrival where seats are scarce; where there are enough for everybody, the
   * files take turns, so that a small one does not wait for a big one.
   */
  inFairOrder(seats: ReadonlyMap<string, number>, tenant: Tenant): number[];
  /** Adds people who arrived since the run began to those `remaining`; returns how many there are. */
  addNewcomers(remaining: readonly number[]): Promise<number>;
  /** The people with these ids whom a cycle may move, in the order given. */
  read(ids: readonly number[]): Person[];
  /** The mapping that decides for each of these people, whose account was found; null: it was not. */
  chooseMapping(
    people: readonly Person[],
    skus: readonly SubscribedSku[],
  ): (person: Person, account: Account | null) => Mapping | null;
  /** Seats by SKU id reserved for others who come before these people. */
  reservedSeats(tenant: Tenant): Map<string, number>;
}

/** Everybody who is due, the people a run was started for, or those of a draft. */
export async function selectPeople(db: Db, run: Run, draft: DraftRows | null, now: number): Promise<PeopleSelection> {
  if (draft) return selectDraftPeople(db, draft, now);
  const pinned = run.selection === null ? null : chosenPeople(db, run.id);
  const onlyMailboxes = run.trigger === 'watch';
  let due = pinned ? [] : await readDuePeople(db, { now, all: run.checkAll, onlyMailboxes });
  // Whoever came before it has had a turn in this run, or is not due in it.
  let lastId = due.at(-1)?.id ?? 0;
  return {
    count: pinned?.size ?? due.length,
    inFairOrder: (seats, tenant) => (pinned ? [...pinned.keys()] : fairOrder(due, seatsSuffice(db, seats, tenant))),
    async addNewcomers(remaining) {
      if (pinned || onlyMailboxes) return 0;
      const newcomers = await readDuePeople(db, { now: Date.now(), after: lastId });
      lastId = newcomers.at(-1)?.id ?? lastId;
      const remainingIds = new Set(remaining);
      due = [...due.filter(({ id }) => remainingIds.has(id)), ...newcomers];
      return newcomers.length;
    },
    // Whoever was dismissed or held since they were selected is left to the operators.
    read: (ids) => readPeople(db, ids).filter(({ state }) => isForCycles(state)),
    chooseMapping: (people, skus) => mappingChooser(db, people, skus, pinned ?? new Map()),
    // Held people keep the seats reserved for them, or later arrivals would be served first. A cycle meets everybody else in order;
    // a run for some people leaves the seats of those who come before them.
    reservedSeats: (tenant) => {
      const before = pinned ? duePeopleBefore(db, tenant, [...pinned.keys()]) : [];
      return seatsOf(db, tenant, [...countByType(db, ['held']), ...before]);
    },
  };
}

/** In slices, so that pages are served in between; in order of arrival. */
async function readDuePeople(db: Db, options: DueOptions): Promise<QueuedPerson[]> {
  const due = new Map<number, QueuedPerson>();
  for (const slice of duePeople(db, options)) {
    for (const person of slice) due.set(person.id, person);
    await setImmediate();
  }
  return [...due.values()].sort((a, b) => a.id - b.id);
}

/** People who may take a seat in this cycle. */
const SEAT_SEEKING: readonly PersonState[] = [
  'queued',
  'awaiting_sync',
  'awaiting_start',
  'awaiting_seat',
  'needs_attention',
];

/** True where the order does not matter because there are enough seats for everybody. */
function seatsSuffice(db: Db, seats: ReadonlyMap<string, number>, tenant: Tenant): boolean {
  const wanted = seatsOf(db, tenant, countByType(db, SEAT_SEEKING));
  return [...wanted].every(([skuId, people]) => people <= (seats.get(skuId) ?? 0));
}

/** Whoever is licensed keeps the version used then, as long as the EmployeeType is the same. */
function isPinned({ licensedAt, licensedAsType, employeeType }: Person): boolean {
  return licensedAt !== null && employeeTypeKey(licensedAsType ?? '') === employeeTypeKey(employeeType);
}

/**
 * The mapping chosen for this run, otherwise the one in force; for a person already licensed, the version used then, as long as it is
 * what the account has.
 */
function mappingChooser(
  db: Db,
  people: readonly Person[],
  skus: readonly SubscribedSku[],
  chosen: ReadonlyMap<number, number | null>,
): ReturnType<PeopleSelection['chooseMapping']> {
  const now = Date.now();
  const inForce = mappingsInForce(db);
  const pinOf = (person: Person) => chosen.get(person.id) ?? (isPinned(person) ? person.mappingId : null);
  const versions = mappingsById(db, [...new Set(people.flatMap((person) => pinOf(person) ?? []))]);
  return (person, account) => {
    const pin = pinOf(person);
    const version = pin === null ? undefined : versions.get(pin);
    const counts = version && (pin === chosen.get(person.id) || isStillHeld(version, person, { account, skus }, now));
    const pinned = counts ? version : undefined;
    return pinned ?? inForce.get(employeeTypeKey(person.employeeType)) ?? null;
  };
}

/** Who waits for a seat, or for the account once the licence is due, and comes before the last of these people. */
function duePeopleBefore(db: Db, { start }: Tenant, ids: readonly number[]) {
  const inForce = mappingsInForce(db);
  const now = Date.now();
  return waitingBefore(db, ids).filter(({ state, startDate, employeeTypeKey: key }) => {
    if (state === 'awaiting_seat') return true;
    const due = licenceDue(startDate, inForce.get(key)?.leadTime ?? start.leadTime, start);
    return startDate !== null && (due === null || due.at <= now);
  });
}

function seatsOf(db: Db, tenant: Tenant, waiting: readonly { employeeTypeKey: string; people: number }[]) {
  const inForce = mappingsInForce(db);
  const seats = new Map<string, number>();
  for (const { employeeTypeKey: key, people } of waiting) {
    const mapping = inForce.get(key);
    const resolved = mapping ? resolveMapping(mapping, tenant.skus) : null;
    if (resolved?.kind !== 'ok') continue;
    for (const { skuId } of resolved.licences) seats.set(skuId, (seats.get(skuId) ?? 0) + people);
  }
  return seats;
}

/** People who wait for a seat or are about to take one come before a file that is not imported yet. */
const BEFORE_A_DRAFT: readonly PersonState[] = ['queued', 'awaiting_seat', 'held'];

/** People as they would be after the import; a person not known yet has the negative line number as id. */
function selectDraftPeople(db: Db, draft: DraftRows, now: number): PeopleSelection {
  const byId = new Map<number, Person>();
  const known = peopleByUpn(
    db,
    draft.map(({ newcomer }) => upnKey(newcomer.userPrincipalName)),
  );
  for (const { line, newcomer } of draft) {
    const person = known.get(upnKey(newcomer.userPrincipalName));
    byId.set(-line, { ...(person ?? newPerson(line, now)), ...fieldsAfterImport(newcomer, person), id: -line });
  }
  const inDraft = [...known.values()].filter(({ state }) => BEFORE_A_DRAFT.includes(state));
  return {
    count: byId.size,
    inFairOrder: () => [...byId.keys()],
    addNewcomers: async () => 0,
    read: (ids) => ids.flatMap((id) => byId.get(id) ?? []),
    chooseMapping: (people, skus) => mappingChooser(db, people, skus, new Map()),
    reservedSeats(tenant) {
      const waiting = countByType(db, BEFORE_A_DRAFT).map(({ employeeTypeKey: key, people }) => ({
        employeeTypeKey: key,
        people: people - inDraft.filter(({ employeeType }) => employeeTypeKey(employeeType) === key).length,
      }));
      return seatsOf(db, tenant, waiting);
    },
  };
}

function newPerson(line: number, now: number): Person {
  return {
    id: -line,
    userPrincipalName: '',
    displayName: '',
    employeeType: '',
    usageLocation: null,
    locationSetBy: null,
    startDate: null,
    licenseNowBy: null,
    licenseAnywayBy: null,
    state: 'queued',
    reason: 'queued',
    message: '',
    said: null,
    revision: 0,
    firstSeenAt: now,
    stateSince: now,
    licensedAt: null,
    accountId: null,
    mailboxChecks: 0,
    lastCheckAt: null,
    approvedAt: null,
    approvedBy: null,
    approvedPlan: null,
    mappingId: null,
    approvalNeededSince: null,
    licensedAsType: null,
    unknownSince: null,
    unsettledWriteAt: null,
    isWriteUnseen: false,
    sentLicences: [],
    provisioningRetriedAt: null,
    licencesReprocessedAt: null,
    givenLicences: [],
    leftAccounts: [],
    choice: null,
    choiceBy: null,
    heldPlan: null,
    reassignedAt: null,
    mailboxReadyAt: null,
  };
}

/** The newest row wins, and an import reopens whoever was dismissed. */
function fieldsAfterImport(newcomer: Newcomer, known: Person | undefined) {
  const { userPrincipalName } = newcomer;
  // An empty name or type says nothing against what is known.
  const displayName = newcomer.displayName || known?.displayName || userPrincipalName;
  const employeeType = newcomer.employeeType || (known?.employeeType ?? '');
  const usageLocation = newcomer.usageLocation === undefined ? (known?.usageLocation ?? null) : newcomer.usageLocation;
  const startDate = newcomer.startDate === undefined ? (known?.startDate ?? null) : newcomer.startDate;
  const state: PersonState = known && known.state !== 'dismissed' ? known.state : 'queued';
  return { userPrincipalName, displayName, employeeType, usageLocation, startDate, state };
}
