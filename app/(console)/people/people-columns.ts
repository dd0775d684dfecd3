/** Which columns the people list shows, and in which order; kept in a cookie, so that the first paint is right. Pure. */

export const COLUMN_LABELS = {
  name: 'Name',
  state: 'State',
  type: 'Type',
  location: 'Location',
  since: 'Since',
  next: 'Next look',
  last: 'Last look',
  arrival: 'First seen',
  start: 'Start date',
  licensed: 'Licensed',
  open: 'Mailbox opened',
  assigned: 'Who is on it',
} as const;

export type ColumnId = keyof typeof COLUMN_LABELS;

export const COLUMN_IDS = Object.keys(COLUMN_LABELS) as ColumnId[];

const USUAL: readonly ColumnId[] = ['name', 'state', 'type', 'since', 'next', 'arrival'];

export const COLUMNS_COOKIE = 'people-columns';

/** The columns that the cookie names, each once; the usual ones where it says nothing. The name is always among them. */
export function shownColumns(cookie: string | undefined): ColumnId[] {
  const named = (cookie ?? '').split('.').flatMap((id) => COLUMN_IDS.find((known) => known === id) ?? []);
  const unique = [...new Set(named)];
  if (unique.length === 0) return [...USUAL];
  return unique.includes('name') ? unique : ['name', ...unique];
}
