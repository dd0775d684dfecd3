/** Two rows about the same person. */
import type { RecordChange } from '#lib/domain/events.ts';
import { COLUMN_FIELDS, KNOWN_COLUMNS, type KnownColumn, type Newcomer } from '#lib/domain/newcomer.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';

/** The columns in which two rows about the same person disagree, as far as both say something: "TBD" takes nobody's start date away. */
export function differences(before: Newcomer, after: Newcomer): (RecordChange & { column: KnownColumn })[] {
  const fieldOf = (newcomer: Newcomer, column: KnownColumn) => {
    if (column === 'UserPrincipalName') return newcomer.userPrincipalName.toLowerCase();
    return newcomer[COLUMN_FIELDS[column]] || null;
  };
  return KNOWN_COLUMNS.flatMap((column) => {
    const from = fieldOf(before, column);
    const to = fieldOf(after, column);
    return to === null || to === from ? [] : [{ column, before: from, after: to }];
  });
}

/** True where a column decides about the licence and two rows name different values for it. */
export function decides({ column, before, after }: RecordChange): boolean {
  if (!before || !after || before === after) return false;
  return (
    column === 'UsageLocation' || (column === 'EmployeeType' && employeeTypeKey(before) !== employeeTypeKey(after))
  );
}

/** True where a name or a type only changes its capitals or blanks: it says what was known. */
export function isSpelling({ column, before, after }: RecordChange): boolean {
  if (column !== 'CN' && column !== 'EmployeeType') return false;
  return spelled(before) === spelled(after);
}

const spelled = (text: string | null) => (text ?? '').normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
