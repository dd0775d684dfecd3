/** Rows that name somebody as before an operator corrected the name: a list that comes every night goes on with what its source says. */
import { fileById } from '#db/store/files/files-read.ts';
import type { KnownPerson } from '#db/store/files/import.ts';
import { personById } from '#db/store/people/people-read.ts';
import type { Newcomer } from '#lib/domain/newcomer.ts';
import { upnKey } from '#lib/domain/person.ts';
import { isSpelling } from '#lib/intake/csv/rows/differences.ts';
import type { Intake } from '#lib/intake/intake.ts';
import { rowHash } from './known-person.ts';

/** Who has been in no list for so long has another row, also under the same name: the name may be somebody else’s by now. */
const NAMED_WITHIN_MS = 45 * 86_400_000;

export interface NamedAsBefore {
  known: KnownPerson;
  /** Who corrected the name. */
  by: string;
}

/**
 * The person whom a row means by a name that an operator has corrected since; null: it names somebody else. Who brings a list by hand means
 * what it says. `isListed`: whether the list said this of the person the night before.
 */
export function namedAsBefore(
  { db, store, file, corrected }: Intake,
  newcomer: Newcomer,
  isListed: (known: KnownPerson) => boolean,
): NamedAsBefore | null {
  if (file.source === 'upload' || corrected().size === 0) return null;
  const key = upnKey(newcomer.userPrincipalName);
  const found = corrected().get(key);
  const person = found && !store.findPerson(key) ? personById(db, found.personId) : null;
  const known = person && store.findPerson(person.upnKey);
  if (!found || !known) return null;
  const lastNamedAt = known.lastFileId === null ? 0 : (fileById(db, known.lastFileId)?.receivedAt ?? 0);
  if (lastNamedAt < file.receivedAt - NAMED_WITHIN_MS) return null;
  const name = { column: 'CN', before: known.displayName, after: newcomer.displayName };
  const isSame = rowHash(newcomer) === known.rowHash || isSpelling(name) || isListed(known);
  return isSame ? { known, by: found.by } : null;
}
