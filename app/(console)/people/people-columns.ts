/** Which columns the people list shows, and in which order; kept in a cookie, so that the first paint is right. Pure. */
import type { PersonItem } from '#lib/services/people/people.ts';
import type { ColumnId } from '#lib/services/people/people-export.ts';

const USUAL: readonly ColumnId[] = ['name', 'state', 'type', 'since', 'next', 'arrival'];

export const COLUMNS_COOKIE = 'people-columns';

/** The columns that the cookie names, each once; the usual ones where it says nothing. The name is always among them. */
export function shownColumns(cookie: string | undefined): ColumnId[] {
  const named = (cookie ?? '').split('.').flatMap((id) => COLUMN_IDS.find((known) => known === id) ?? []);
  const unique = [...new Set(named)];
  if (unique.length === 0) return [...USUAL];
  return unique.includes('name') ? unique : ['name', ...unique];
}

/** What a row needs whatever is shown of it, and what its columns show. */
export type PersonRow = Pick<
  PersonItem,
  'id' | 'revision' | 'actions' | 'displayName' | 'userPrincipalName' | 'state' | 'message' | 'reasonTitle'
> &
  Partial<PersonItem>;

/** Name and state are of what every row needs. */
const FIELDS: Record<Exclude<ColumnId, 'name' | 'state'>, keyof PersonItem> = {
  type: 'employeeType',
  location: 'usageLocation',
  since: 'stateSince',
  next: 'nextCheckAt',
  last: 'lastCheckAt',
  arrival: 'firstSeenAt',
  start: 'startDate',
  licensed: 'licensedAt',
  open: 'mailboxReadyAt',
  assigned: 'assignedTo',
};

export const COLUMN_IDS: readonly ColumnId[] = ['name', 'state', ...(Object.keys(FIELDS) as (keyof typeof FIELDS)[])];

/** The person as the browser gets it: a first visit carries nothing that no column shows. */
export function rowOf(person: PersonItem, columns: readonly ColumnId[]): PersonRow {
  const { id, revision, actions, displayName, userPrincipalName, state, message, reasonTitle } = person;
  const { plan, replacement } = person;
  const row: PersonRow = { id, revision, actions, displayName, userPrincipalName, state, message, reasonTitle };
  if (plan !== undefined) row.plan = plan;
  if (replacement !== undefined) row.replacement = replacement;
  for (const column of columns) {
    if (column === 'name' || column === 'state') continue;
    const field = FIELDS[column];
    Object.assign(row, { [field]: person[field] });
  }
  return row;
}
