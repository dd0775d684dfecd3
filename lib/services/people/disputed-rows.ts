/** What rows say that disagree about a person without a licence, to choose from. */
import type { Tx } from '#db/client.ts';
import { type PersonRow, rowsOfPerson } from '#db/store/people/people-read.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';
import { type CaseTable, caseTable } from '#lib/intake/rows/case-table.ts';
import { readStoredRow } from '#lib/intake/rows/stored-row.ts';
import { rowChangesSchema } from '#lib/services/files/row-changes.ts';
import type { Refused } from '#lib/services/http/errors.ts';
import { isDisputed } from '#lib/services/people/actions/person-actions.ts';

/** The newest rows that say something else; more are not offered. */
const CHOICES_SHOWN = 10;

/** A row that can be chosen. */
export interface RowChoice {
  fileId: string;
  fileName: string;
  line: number;
  receivedAt: number;
  displayName: string;
  employeeType: string;
  /** Null: the row names none, so the one that is known stays. */
  usageLocation: string | null;
}

/** Why nothing else may be done with a person of whom rows disagree. */
export function chooseFirst({ displayName }: Pick<PersonRow, 'displayName'>): Refused {
  return ['rowsDisagree', { name: displayName }];
}

/** What the rows of a person say, each combination once, by the newest row that says it. Empty where nothing is to be chosen. */
export function rowChoices(db: Tx, person: PersonRow): RowChoice[] {
  if (!isDisputed(person)) return [];
  const tables = new Map<string, CaseTable | null>();
  const choices = new Map<string, RowChoice>();
  for (const { fileId, fileName, receivedAt, line, raw, changes } of rowsOfPerson(db, person.id).reverse()) {
    const table = tables.get(fileId) ?? caseTable(db, fileId);
    tables.set(fileId, table);
    const row = table && readStoredRow(table, { line, raw, changes: rowChangesSchema.parse(changes) ?? [] });
    if (row?.kind !== 'ok' || row.newcomer.employeeType === '') continue;
    const { displayName, employeeType, usageLocation = null } = row.newcomer;
    const key = `${employeeTypeKey(employeeType)} ${usageLocation}`;
    if (choices.has(key)) continue;
    choices.set(key, { fileId, fileName, line, receivedAt, displayName, employeeType, usageLocation });
    if (choices.size === CHOICES_SHOWN) break;
  }
  return [...choices.values()];
}
