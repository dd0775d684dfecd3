/** One search over everything that has an address, and pasted lists of people. */
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { RowCaseStatus } from '#db/schema.ts';
import { addList } from '#db/store/people/lists.ts';
import { caseById } from '#db/store/row-cases/row-cases-read.ts';
import { findFiles, findPeople, findRuns } from '#db/store/search/find.ts';
import { findRowCases } from '#db/store/search/find-rows.ts';
import type { Operator } from '#lib/auth/operator.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { newId } from '#lib/ids.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';
import { toItems } from '#lib/services/row-cases/case-item.ts';
import { namesIn } from './pasted-names.ts';

export interface Found {
  people: { id: number; displayName: string; userPrincipalName: string; state: PersonState }[];
  /** Rows that stayed out, and contain the text in any cell. */
  rows: { id: number; name: string; fileName: string; line: number | null; status: RowCaseStatus }[];
  files: { id: string; name: string; receivedAt: number }[];
  runs: { id: string; status: string; requestedAt: number }[];
}

const findInput = z.object({ q: z.string().trim().min(1).max(200) });

/** The best few people, rows that stayed out, files and runs for a text. `input`: `{ q }`. */
export function findAnything(operator: Operator | null, input: unknown): Found {
  authorise(operator, 'people:read');
  const { q } = parseInput(findInput, input);
  const db = database();
  return { people: findPeople(db, q, 8), rows: foundRows(db, q), files: findFiles(db, q, 4), runs: findRuns(db, q, 3) };
}

function foundRows(db: Db, text: string): Found['rows'] {
  const cases = findRowCases(db, text, 5).flatMap((id) => caseById(db, id) ?? []);
  return toItems(db, cases).map(({ id, name, fileName, line, status }) => ({ id, name, fileName, line, status }));
}

const listInput = z.object({ text: z.string().max(500_000, 'the list is too long') });
const NAMES_LIMIT = 2000;

/** Stores a pasted list, so that it has an address. `input`: `{ text }`. Throws `invalid` where it contains no UserPrincipalName. */
export function saveList(operator: Operator | null, input: unknown): { id: string; names: number } {
  authorise(operator, 'people:read');
  const { text } = parseInput(listInput, input);
  const names = parseInput(
    z
      .array(z.string())
      .min(1, 'This text contains no UserPrincipalName: paste names such as ada@contoso.com.')
      .max(NAMES_LIMIT, `At most ${NAMES_LIMIT} names at once.`),
    namesIn(text),
  );
  const now = Date.now();
  const id = newId(now);
  database().transaction((tx) => addList(tx, { id, names, createdBy: operator.name }, now), { behavior: 'immediate' });
  return { id, names: names.length };
}
