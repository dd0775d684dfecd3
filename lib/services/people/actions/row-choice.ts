/** An operator's choice between rows that disagree about a person without a licence. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { type PersonRow, personById } from '#db/store/people/people-read.ts';
import { movePerson } from '#db/store/people/transition.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';
import { tell } from '#lib/domain/reasons/said.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { type RowChoice, rowChoices } from '#lib/services/people/disputed-rows.ts';
import { checkAtOnce } from './check-now.ts';
import { changedSince, seenPersonSchema } from './seen-people.ts';

const chooseInput = seenPersonSchema.extend({ fileId: z.string().min(1).max(100), line: z.number().int().positive() });

/**
 * Chooses the row that is right, and checks the person again at once. `input`: `{ id, revision, fileId, line }`. Throws `conflict` where the
 * person has changed meanwhile, `not_found` where the row is none of those to choose from.
 */
export function chooseRow(operator: Operator | null, input: unknown): { employeeType: string } {
  authorise(operator, 'people:act');
  const { id, revision, fileId, line } = parseInput(chooseInput, input);
  return database().transaction(
    (tx) => {
      const person = personById(tx, id);
      if (!person) throw new ServiceError('not_found', ['noPerson']);
      const changed = changedSince(person, { revision });
      if (changed !== null) throw new ServiceError('conflict', changed);
      const chosen = rowChoices(tx, person).find((row) => row.fileId === fileId && row.line === line);
      if (!chosen) throw new ServiceError('not_found', ['notAChoice']);
      takeRow(tx, operator, person, chosen);
      return { employeeType: chosen.employeeType };
    },
    { behavior: 'immediate' },
  );
}

function takeRow(tx: Tx, operator: Operator, person: PersonRow, chosen: RowChoice): void {
  const now = Date.now();
  const { fileId, fileName, line, employeeType } = chosen;
  const usageLocation = chosen.usageLocation ?? person.usageLocation;
  const isOtherType = employeeTypeKey(employeeType) !== person.employeeTypeKey;
  const compared = [
    { column: 'EmployeeType', before: person.employeeType, after: employeeType },
    { column: 'UsageLocation', before: person.usageLocation, after: usageLocation },
  ];
  const told = tell('row_chosen', { by: operator.name, file: fileName, line });
  const transition = {
    ...({ cause: 'operator', person, to: 'queued', reason: 'row_chosen', ...told, nextCheckAt: now, at: now } as const),
    values: {
      employeeType,
      employeeTypeKey: employeeTypeKey(employeeType),
      usageLocation,
      ...(usageLocation === person.usageLocation ? {} : { locationSetBy: null }),
      ...(isOtherType ? { mappingId: null } : {}),
    },
  };
  const changes = compared.filter(({ before, after }) => before !== after);
  const event = { kind: 'person.row_chosen', actor: operator, data: { fileId, line, changes } } as const;
  if (!movePerson(tx, transition, event))
    throw new Error(`person ${person.id} could not be moved although nothing else can write now`);
  checkAtOnce(tx, operator, [person.id], now);
}
