/** One search over everything that has an address, and pasted lists of people. */
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { RowCaseStatus } from '#db/schema/row-cases.ts';
import { addList, bytesOfLists } from '#db/store/people/lists.ts';
import { peopleByUpn } from '#db/store/people/people.ts';
import { caseById } from '#db/store/row-cases/row-cases-read.ts';
import { atAnyDomain, type FoundPerson, findFiles, findPeople, findRuns, upnsOfPeople } from '#db/store/search/find.ts';
import { findRowCases } from '#db/store/search/find-rows.ts';
import { searchPeople } from '#db/store/search/people-search.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { upnKey } from '#lib/domain/person.ts';
import { newId } from '#lib/ids.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { toItems } from '#lib/services/row-cases/case-item.ts';
import { isAddress, namesIn } from './pasted-names.ts';

export interface Found {
  people: FoundPerson[];
  /** Rows that stayed out, and contain the text in any cell. */
  rows: { id: number; name: string; fileName: string; line: number | null; status: RowCaseStatus }[];
  files: { id: string; name: string; receivedAt: number }[];
  runs: { id: string; number: number; status: string; requestedAt: number }[];
}

/** A page, or a part of one, that has a name. */
export interface FoundPlace {
  href: string;
  label: string;
  /** Where it is. */
  note: string;
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
/** Lists are kept for good, as their addresses may have been sent to anybody: of one operator so many bytes a day. */
const LISTED_BYTES = 20 * 1024 ** 2;
const DAY_MS = 24 * 3_600_000;
/** Each is a search of its own. */
const LOOKED_UP_LIMIT = 300;

/**
 * Stores a pasted list, so that it has an address: of a name without an address everybody who has it. `input`: `{ text }`. Throws
 * `invalid` where it names nobody, or too many, and `conflict` where the operator has stored too much today.
 */
export function saveList(operator: Operator | null, input: unknown): { id: string; names: number } {
  authorise(operator, 'people:read');
  const { text } = parseInput(listInput, input);
  const names = parseInput(
    z
      .array(z.string())
      .min(1, 'This text names nobody: paste names or UserPrincipalNames such as ada@contoso.com, one on a line.')
      .max(NAMES_LIMIT, `At most ${NAMES_LIMIT} names at once.`)
      .refine(
        (all) => all.filter((name) => !isAddress(name)).length <= LOOKED_UP_LIMIT,
        `At most ${LOOKED_UP_LIMIT} names without an address at once.`,
      ),
    namesIn(text),
  );
  const db = database();
  if (bytesOfLists(db, operator.name, newId(Date.now() - DAY_MS)) >= LISTED_BYTES)
    throw new ServiceError('conflict', ['tooManyLists']);
  const stored = [...new Set(names.flatMap((name) => upnsOf(db, name)))];
  const now = Date.now();
  const id = newId(now);
  db.transaction((tx) => addList(tx, { id, names: stored, createdBy: operator.name }, now), { behavior: 'immediate' });
  return { id, names: names.length };
}

/** The UserPrincipalNames a pasted name stands for; the name itself where nobody has it, so that the list can say so. */
function upnsOf(db: Db, name: string): string[] {
  if (isAddress(name) && peopleByUpn(db, [upnKey(name)]).size > 0) return [name];
  const ids = isAddress(name) ? atAnyDomain(db, name) : searchPeople(db, name, undefined, SAME_NAME).ids;
  const upns = upnsOfPeople(db, ids);
  return upns.length > 0 ? upns : [name];
}

/** More people of one name are left out. */
const SAME_NAME = 20;
