/** What a row of a file says about a person who should get a mailbox, and the columns that say it. */

/** `undefined`: the file has no such column; null: the row leaves it empty. */
export interface Newcomer {
  userPrincipalName: string;
  displayName: string;
  employeeType: string;
  usageLocation: string | null | undefined;
  startDate: string | null | undefined;
}

/** The columns that mean something to us, each with what it says; every list of them is made from this one. */
export const COLUMN_FIELDS = {
  UserPrincipalName: 'userPrincipalName',
  CN: 'displayName',
  EmployeeType: 'employeeType',
  UsageLocation: 'usageLocation',
  StartDate: 'startDate',
} as const satisfies Record<string, keyof Newcomer>;

export type KnownColumn = keyof typeof COLUMN_FIELDS;

export const KNOWN_COLUMNS = Object.keys(COLUMN_FIELDS) as KnownColumn[];

type RequiredColumn = 'UserPrincipalName' | 'CN' | 'EmployeeType';
export type OptionalColumn = Exclude<KnownColumn, RequiredColumn>;

/** Without one of these a file is refused. */
export const REQUIRED_COLUMNS: readonly KnownColumn[] = [
  'UserPrincipalName',
  'CN',
  'EmployeeType',
] satisfies RequiredColumn[];

/** Something for each known column. */
export function perColumn<Value>(pick: (column: KnownColumn) => Value): Record<KnownColumn, Value> {
  return Object.fromEntries(KNOWN_COLUMNS.map((column) => [column, pick(column)])) as Record<KnownColumn, Value>;
}
