/** People for the web: the list and one person whole. */

import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { readRemoved } from '#db/store/events/removed-events.ts';
import { fileById, pageOfFiles } from '#db/store/files/files-read.ts';
import { writesInProgress } from '#db/store/outcomes/intents-read.ts';
import { stepDurations } from '#db/store/people/cases-read.ts';
import { listNames } from '#db/store/people/lists.ts';
import { peopleByUpn } from '#db/store/people/people.ts';
import {
  countByState,
  type PeopleGroup,
  peopleGroups,
  sumByKey,
  totalPeople,
  typesOf,
} from '#db/store/people/people-counts.ts';
import { type PeopleWindow, peopleWindow, readPeopleOfPage } from '#db/store/people/people-list.ts';
import {
  historyOfPerson,
  mappingRowOf,
  type PersonRow,
  personById,
  rowsOfPerson,
} from '#db/store/people/people-read.ts';
import { countCases } from '#db/store/row-cases/row-cases-read.ts';
import { numbersOfRuns } from '#db/store/runs/runs-read.ts';
import { type FoundPerson, findPeople } from '#db/store/search/find.ts';
import { findRowCases } from '#db/store/search/find-rows.ts';
import { operatorAddresses } from '#db/store/system/operators.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { licenceName, mappedLicencesSchema } from '#lib/domain/licences/mapping.ts';
import { employeeTypeKey, upnKey } from '#lib/domain/person.ts';
import { describeReason } from '#lib/domain/reasons/reasons.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { type UsualTime, usualTime } from '#lib/domain/time/usual-time.ts';
import { readEnv } from '#lib/env.ts';
import { extrasByName } from '#lib/intake/column-rules.ts';
import { type PortalLink, portalLinks } from '#lib/services/diagnoses/portals.ts';
import { rowChangesSchema, rowProblemsSchema } from '#lib/services/files/row-changes.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { everyState, type Page, paged } from '#lib/services/http/listing.ts';
import { cureOf, portalOf } from '#lib/services/people/actions/cures.ts';
import { isPossible, PERSON_ACTIONS, type PersonAction } from '#lib/services/people/actions/person-actions.ts';
import { type PersonPlaybook, personPlaybook } from '#lib/services/people/playbook.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';
import { listed } from '#lib/words/listed.ts';
import { type SentenceInWords, sentenceIn } from '#lib/words/sentences.ts';
import { valueChangeIn } from '#lib/words/value-changes.ts';
import { type RowChoice, rowChoices } from './disputed-rows.ts';
import { checkTimes } from './next-check.ts';
import { filterOf, type PeopleQuery, peopleQuerySchema } from './people-filter.ts';
import { type PersonItem, toItem } from './person-item.ts';
import { type Call, type TimelineEntry, timelineOf } from './timeline.ts';
import { type WaitingPlace, waitingPlaces } from './waiting-place.ts';

export type { Call, PeopleQuery, PersonItem, TimelineEntry };

export interface PeopleList extends Page<PersonItem> {
  query: PeopleQuery;
  /** False: at least `total` people match; more are not counted. */
  isExact: boolean;
  /** Which of those that match the pages show: `first` in the order asked for, or the `newest`, in that order. */
  which: PeopleWindow['which'];
  /** How many people the pages show. */
  listed: number;
  /** Everybody there is, whatever the filter. */
  everybody: number;
  /** Open rows that could not become a person; of the file that is chosen, or of all. */
  stayedOut: number;
  /** Everybody by state, whatever the filter. */
  byState: Record<PersonState, number>;
  /** Of those that match, on all pages: with how many each action is possible. */
  possible: Record<PersonAction, number>;
  /** Names of the pasted list that nobody here has. */
  unknownNames: string[];
  /** Where nobody matches a search: whom Find offers for it, whatever the filters. */
  perhaps: FoundPerson[];
  /** Whether the text searched for, which nobody matches, stands in a row that stayed out. */
  isInRowsOut: boolean;
  /** What the filters can be set to. */
  choices: {
    reasons: { reason: string; title: string }[];
    employeeTypes: { key: string; name: string }[];
    /** The newest files, and the one that is chosen. */
    files: { id: string; name: string }[];
  };
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
  /** What of the row could not be read or is in doubt, in sentences. */
  doubts: SentenceInWords[];
  /** `lang`: of `what`, where it is not in the language of its reader. */
  changes: ({ column: string; from: string; to: string } & ReturnType<typeof valueChangeIn>)[];
}

export interface PersonDetail extends PersonItem {
  /** What to do; null where nothing is to be done. */
  fix: string | null;
  /** Where in Microsoft's admin centres the cause is mended; null: here, or nowhere. */
  portal: PortalLink | null;
  /** What to look at there; null: nothing. */
  playbook: PersonPlaybook | null;
  /** What is being written to the account at this moment, and since when; null: nothing. */
  onItsWay: { what: string; since: number } | null;
  /** The operator who set the usage location; null: it came from a row. */
  locationSetBy: string | null;
  accountId: string | null;
  synchronisedAt: number | null;
  checks: number;
  mailboxChecks: number;
  approvedAt: number | null;
  approvedBy: string | null;
  closedBy: string | null;
  assignedAt: number | null;
  assignedToMe: boolean;
  /** How long what the person waits for usually takes here; null: it waits for nothing that we have measured. */
  usual: UsualTime | null;
  /** For somebody who waits for a seat: the place on each waiting list. */
  waitingPlaces: WaitingPlace[];
  /** Null: the EmployeeType is not mapped. */
  mapping: { employeeType: string; version: number; licences: string[]; usageLocation: string | null } | null;
  sources: PersonSource[];
  /** Of rows that disagree: what they say, the newest first, to choose from. Empty: nothing is to be chosen. */
  rowChoices: RowChoice[];
  /** Newest first. */
  timeline: TimelineEntry[];
  /** Of the runs in the timeline that are still there. */
  runNumbers: ReadonlyMap<string, number>;
  /** Up to when retention has removed the history of this person; null: it is all there. */
  historyRemovedUntil: number | null;
}

/** One page of people. `input` is the address's search parameters (`peopleQuerySchema`). */
export function listPeople(operator: Operator | null, input: unknown, language: Language = 'en'): PeopleList {
  authorise(operator, 'people:read');
  const query = parseInput(peopleQuerySchema, input);
  const db = database();
  const order = { by: query.sort, direction: query.dir };
  const everybody = peopleGroups(db);
  const now = Date.now();
  const window = peopleWindow(db, filterOf(db, query, operator, now), order);
  const { total, isExact, which, listed } = window;
  const checkStarts = checkTimes(db, now);
  const read = (offset: number, limit: number) =>
    readPeopleOfPage(db, window, offset, limit).map((row) => ({
      ...toItem(row, language),
      nextCheckAt: checkStarts(row),
    }));
  return {
    ...paged(listed, query.page, read),
    query,
    total,
    isExact,
    which,
    listed,
    everybody: totalPeople(everybody),
    stayedOut: countCases(db, { status: 'open', fileId: query.file }),
    byState: everyState(sumByKey(everybody, ({ state }) => state)),
    possible: possibleWith(window.byState, query.reason),
    unknownNames: query.list === null ? [] : unknownNames(db, query.list),
    ...otherwise(db, listed === 0 ? query.q : null),
    choices: {
      reasons: reasonsOf(everybody, query.reason),
      employeeTypes: typeChoices(db, everybody, query.type),
      files: fileChoices(db, query.file),
    },
  };
}

/** So many people are offered where nobody matches. */
const OFFERED = 8;

function otherwise(db: Db, search: string | null): Pick<PeopleList, 'perhaps' | 'isInRowsOut'> {
  if (search === null) return { perhaps: [], isInRowsOut: false };
  return { perhaps: findPeople(db, search, OFFERED), isInRowsOut: findRowCases(db, search, 1).length > 0 };
}

/** The reasons of everybody, and the one that is chosen. */
function reasonsOf(groups: readonly PeopleGroup[], chosen: string | null): { reason: string; title: string }[] {
  const named = groups.map(({ reason }) => reason).concat(chosen ?? []);
  const reasons = [...new Set(named)].sort();
  return reasons.map((reason) => ({ reason, title: describeReason(reason).title }));
}

/** The types of everybody, and those that are chosen, also where nobody has them. A row without a type is no choice here: it is found by its reason. */
function typeChoices(
  db: Db,
  groups: readonly PeopleGroup[],
  chosen: readonly string[],
): { key: string; name: string }[] {
  const types = typesOf(db, groups).flatMap(({ key, employeeType }) => (key === '' ? [] : { key, name: employeeType }));
  const more = chosen.map((name) => ({ key: employeeTypeKey(name), name }));
  return types.concat(more.filter(({ key }) => types.every((type) => type.key !== key)));
}

/** Files offered as a filter; older ones are reached from their own page. */
const FILES_OFFERED = 20;

function fileChoices(db: Db, chosen: string | null): { id: string; name: string }[] {
  // A file that only repeats an earlier one word for word has nobody of its own: it would be said that nobody matches.
  const newest = pageOfFiles(db, 'accepted', 0, FILES_OFFERED).filter(
    ({ id }) => countByState(db, { fileId: id }).size > 0,
  );
  const other = chosen === null || newest.some(({ id }) => id === chosen) ? null : fileById(db, chosen);
  return [...newest, ...(other ? [other] : [])].map(({ id, name }) => ({ id, name }));
}

/** `reason`: that of everybody who matches; null: various ones. */
function possibleWith(matching: ReadonlyMap<PersonState, number>, reason: string | null): Record<PersonAction, number> {
  const number = (action: PersonAction) =>
    [...matching].reduce((total, [state, n]) => total + (isPossible(action, state, reason) ? n : 0), 0);
  return Object.fromEntries(PERSON_ACTIONS.map((action) => [action, number(action)])) as Record<PersonAction, number>;
}

function unknownNames(db: Db, listId: string): string[] {
  const names = listNames(db, listId) ?? [];
  const known = peopleByUpn(db, names.map(upnKey));
  return names.filter((name) => !known.has(upnKey(name)));
}

/** Newest history entries shown of one person. */
const HISTORY_LIMIT = 300;

/** What a run is writing to the account at this moment, in words; null: nothing. */
function onItsWay(db: Db, personId: number, language: Language): PersonDetail['onItsWay'] {
  const written = writesInProgress(db, personId);
  if (!written) return null;
  const { skuPartNumbers, usageLocation, since } = written;
  const location = usageLocation === null ? [] : [sayIn(language, 'plans')('location', { location: usageLocation })];
  return { what: listed([...location, ...skuPartNumbers.map(licenceName)], language), since };
}

function portalFor({ state, reason, employeeType, accountId }: PersonRow, language: Language): PortalLink | null {
  const page = portalOf(reason);
  if (state !== 'needs_attention' || page === null || cureOf(state, reason, employeeType).kind !== 'none') return null;
  return portalLinks([page], accountId, readEnv().graph.baseUrl, language)[0] ?? null;
}

/** Everything about one person. `input`: `{ id }`. Throws `not_found`. */
export function readPerson(operator: Operator | null, input: unknown, language: Language = 'en'): PersonDetail {
  authorise(operator, 'people:read');
  const { id } = parseInput(z.object({ id: z.coerce.number().int().positive() }), input);
  const db = database();
  const row = personById(db, id);
  if (!row) throw new ServiceError('not_found', ['noPerson']);
  const mapping = mappingRowOf(db, row);
  const { events, outcomes, outcomesInAll } = historyOfPerson(db, id, HISTORY_LIMIT);
  const sources = rowsOfPerson(db, id);
  const removed = readRemoved(db.$client);
  const first = events.length < HISTORY_LIMIT ? sources.find(({ verdict }) => verdict === 'accepted') : undefined;
  const unchanged = { n: row.checks - outcomesInAll, lastAt: row.lastCheckAt };
  const timeline = timelineOf(events, outcomes, first ?? null, unchanged, operatorAddresses(db));
  return {
    ...toItem(row, language),
    nextCheckAt: checkTimes(db, Date.now())(row),
    fix: describeReason(row.reason).fix,
    portal: portalFor(row, language),
    playbook: personPlaybook(row, language),
    onItsWay: onItsWay(db, id, language),
    locationSetBy: row.locationSetBy,
    accountId: row.accountId,
    synchronisedAt: row.synchronisedAt,
    checks: row.checks,
    mailboxChecks: row.mailboxChecks,
    approvedAt: row.approvedAt,
    approvedBy: row.approvedBy,
    closedBy: row.closedBy,
    assignedAt: row.assignedAt,
    assignedToMe: row.assignedKey === operator.key,
    waitingPlaces: waitingPlaces(db, row),
    usual: usualTime(row.state, stepDurations(db)),
    mapping: mapping && {
      employeeType: mapping.employeeType,
      version: mapping.version,
      licences: mappedLicencesSchema.parse(mapping.licences).map(({ skuPartNumber }) => licenceName(skuPartNumber)),
      usageLocation: mapping.usageLocation,
    },
    sources: sources.map(({ reading, receivedFromKey: _, ...source }) => ({
      ...source,
      extras: extrasByName(source.extras, reading),
      changes: (rowChangesSchema.parse(source.changes) ?? []).map((one) => ({
        ...one,
        ...valueChangeIn(language, one.what),
      })),
      doubts: (rowProblemsSchema.parse(source.problems) ?? []).map((doubt) => sentenceIn(language, doubt)),
    })),
    rowChoices: rowChoices(db, row),
    historyRemovedUntil: removed && row.firstSeenAt <= removed.lastAt ? removed.lastAt : null,
    timeline,
    runNumbers: numbersOfRuns(
      db,
      timeline.map(({ runId }) => runId),
    ),
  };
}
