/** Planning newcomers before a file names them. */
import { z } from 'zod';
import { addPlannedStart, removePlannedStart } from '#db/store/starts/planned-starts.ts';
import { readSettings } from '#db/store/system/settings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { dayAt } from '#lib/domain/time/days.ts';
import { readEnv } from '#lib/env.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;

const planInput = z.object({
  employeeType: z.string().trim().min(1, 'choose an EmployeeType').max(64, 'at most 64 characters'),
  people: z
    .number('must be a whole number from 1 to 100,000')
    .int('must be a whole number from 1 to 100,000')
    .min(1, 'must be a whole number from 1 to 100,000')
    .max(100_000, 'must be a whole number from 1 to 100,000'),
  startDate: z
    .string()
    .regex(DAY, 'choose a day')
    .refine((day) => !Number.isNaN(Date.parse(day)), 'does not exist in the calendar'),
});

/** Plans newcomers whom no file has named yet. `input`: `{ employeeType, people, startDate }`. */
export function planStart(operator: Operator | null, input: unknown): { id: number } {
  authorise(operator, 'people:act');
  const planned = parseInput(planInput, input);
  const now = Date.now();
  return database().transaction(
    (tx) => {
      const { timeZone } = readSettings(tx, readEnv());
      if (planned.startDate < dayAt(now, timeZone)) throw new ServiceError('invalid', ['pastDay']);
      return { id: addPlannedStart(tx, planned, operator, now) };
    },
    { behavior: 'immediate' },
  );
}

const removeInput = z.object({ id: z.number().int().positive() });

/** Removes planned newcomers. `input`: `{ id }`. Throws `not_found` where somebody was faster. */
export function unplanStart(operator: Operator | null, input: unknown): { id: number } {
  authorise(operator, 'people:act');
  const { id } = parseInput(removeInput, input);
  const isRemoved = database().transaction((tx) => removePlannedStart(tx, id, operator, Date.now()), {
    behavior: 'immediate',
  });
  if (!isRemoved) throw new ServiceError('not_found', ['removedAlready']);
  return { id };
}
