/** The people of a list as CSV, line by line: what the list shows, on all its pages. */
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { type PeopleWindow, peopleWindow, readPeopleOfPage } from '#db/store/people/people-list.ts';
import { eachMatching } from '#db/store/people/people-matching.ts';
import { recordExport } from '#db/store/system/operators.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { CSV_BOM, csvLine } from '#lib/services/http/csv.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';
import { filterOf, peopleQuerySchema } from './people-filter.ts';
import { type PersonItem, toItem } from './person-item.ts';

const SLICE = 1000;

const iso = (at: number | null) => (at === null ? '' : new Date(at).toISOString());

/** A column of the list → the columns of the file. */
const COLUMNS = {
  name: [
    ['CN', (person) => person.displayName],
    ['UserPrincipalName', (person) => person.userPrincipalName],
  ],
  state: [
    ['State', (person) => person.state],
    ['Reason', (person) => person.reasonTitle],
    ['Message', (person) => person.message],
  ],
  type: [['EmployeeType', (person) => person.employeeType]],
  location: [['UsageLocation', (person) => person.usageLocation ?? '']],
  since: [['Since', (person) => iso(person.stateSince)]],
  next: [['NextLook', (person) => iso(person.nextCheckAt)]],
  last: [['LastLook', (person) => iso(person.lastCheckAt)]],
  arrival: [['FirstSeen', (person) => iso(person.firstSeenAt)]],
  start: [['StartDate', (person) => person.startDate ?? '']],
  licensed: [['Licensed', (person) => iso(person.licensedAt)]],
  open: [['MailboxOpened', (person) => iso(person.mailboxReadyAt)]],
  assigned: [['WhoIsOnIt', (person) => person.assignedTo ?? '']],
} satisfies Record<string, [header: string, value: (person: PersonItem) => string][]>;

/** A column of the list of people. */
export type ColumnId = keyof typeof COLUMNS;

const COLUMN_IDS = Object.keys(COLUMNS) as ColumnId[];

const USUAL: readonly ColumnId[] = ['name', 'state', 'type'];

const exportInput = peopleQuerySchema.extend({
  columns: z
    .string()
    .transform((text) => text.split('.').flatMap((id) => COLUMN_IDS.find((known) => known === id) ?? []))
    .catch([])
    .default([]),
});

function* pagesOf(db: Db, window: PeopleWindow) {
  for (let offset = 0; offset < window.listed; offset += SLICE) yield readPeopleOfPage(db, window, offset, SLICE);
}

/** A list that its pages do not show whole is exported whole all the same, in order of arrival. `input`: the list's address (`peopleQuerySchema`) and `columns=name.state.…`. Times are UTC. Cells that a spreadsheet would run are disarmed. */
export function exportPeople(operator: Operator | null, input: unknown): Iterable<string> {
  authorise(operator, 'people:read');
  const { columns, ...query } = parseInput(exportInput, input);
  const chosen = (columns.length > 0 ? columns : USUAL).flatMap((id) => COLUMNS[id]);
  const db = database();
  recordExport(db, operator, { what: 'people', name: null }, Date.now());
  const filter = filterOf(db, query, operator, Date.now());
  const window = peopleWindow(db, filter, { by: query.sort, direction: query.dir });
  const lineOf = (person: PersonItem) => csvLine(chosen.map(([, value]) => value(person)));
  function* lines(): Generator<string> {
    yield CSV_BOM + csvLine(chosen.map(([header]) => header));
    for (const slice of window.which === 'all' ? pagesOf(db, window) : eachMatching(db, filter))
      yield slice.map((row) => lineOf(toItem(row, 'en'))).join('');
  }
  return lines();
}
