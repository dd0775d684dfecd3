/** The address of a people list, and what it narrows the list to. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { listNames } from '#db/store/people/lists.ts';
import { PEOPLE_ORDERS } from '#db/store/people/people-list.ts';
import type { PeopleFilter } from '#db/store/people/people-matching.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { employeeTypeKey, upnKey } from '#lib/domain/person.ts';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { pageSchema, textSchema } from '#lib/services/http/listing.ts';

const items = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((item) => item.split(',')))
  .catch([])
  .default([]);

const HOUR_MS = 3_600_000;

/** How long somebody has been in its state, at least. */
const AGES = {
  '1h': HOUR_MS,
  '1d': 24 * HOUR_MS,
  '3d': 72 * HOUR_MS,
  '7d': 168 * HOUR_MS,
  '30d': 720 * HOUR_MS,
} as const;
export type Age = keyof typeof AGES;
const AGE_NAMES = Object.keys(AGES) as [Age, ...Age[]];

/** `?state=held,needs_attention&reason=…&type=e,n&file=…&run=…&age=1d&list=…&mine=1&q=…&sort=…&dir=…&page=…`. Nonsense counts as absent. */
export const peopleQuerySchema = z.object({
  state: items.transform((names) => PERSON_STATES.filter((state) => names.includes(state))),
  reason: textSchema,
  type: items.transform((names) => names.map((name) => name.trim()).filter(Boolean)),
  file: textSchema,
  run: textSchema,
  age: z.enum(AGE_NAMES).nullable().catch(null).default(null),
  list: textSchema,
  mine: z.enum(['1']).nullable().catch(null).default(null),
  q: textSchema,
  sort: z.enum(PEOPLE_ORDERS).catch('arrival').default('arrival'),
  dir: z.enum(['asc', 'desc']).catch('desc').default('desc'),
  page: pageSchema,
});
export type PeopleQuery = z.infer<typeof peopleQuerySchema>;

/** A list that does not exist (any more) names nobody. */
export function filterOf(db: Tx, query: PeopleQuery, operator: Operator, now: number): PeopleFilter {
  return {
    states: query.state,
    reason: query.reason,
    employeeTypes: query.type.map(employeeTypeKey),
    fileId: query.file,
    runId: query.run,
    sinceBefore: query.age === null ? null : now - AGES[query.age],
    upnKeys: query.list === null ? null : (listNames(db, query.list) ?? []).map(upnKey),
    assignedKey: query.mine === null ? null : operator.key,
    search: query.q,
  };
}
