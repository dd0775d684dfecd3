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

/** Whether an operator has corrected the name that a row gives. Who brings a list by hand means what it says. */
export function isNamedAsBefore({ file, corrected }: Intake, newcomer: Newcomer | null): boolean {
  if (!newcomer || file.source === 'upload' || corrected().size === 0) return false;
  return corrected().has(upnKey(newcomer.userPrincipalName));
}

export interface NamedAsBefore {
  known: KnownPerson;
  /** Who corrected the name. */
  by: string;
}

/**
 * The person whom a row means by a name that an operator has corrected since; null: it names somebody else. `isListed`: whether the list
 * said this of the person the night before.
 */
export function namedAsBefore(
  intake: Intake,
  newcomer: Newcomer,
  isListed: (known: KnownPerson) => boolean,
): NamedAsBefore | null {
  if (!isNamedAsBefore(intake, newcomer)) return null;
  const { db, store, file, corrected } = intake;
  const key = upnKey(newcomer.userPrincipalName);
  const found = corrected().get(key);
  const person = found && !store.findPerson(key) ? personById(db, found.personId) : null;
  const known = person && store.findPerson(person.upnKey);
  if (!found || !known) return null;
  const lastNamedAt = known.lastFileId === null ? 0 : (fileById(db, known.lastFileId)?.receivedAt ?? 0);
  if (lastNamedAt < file.receivedAt - NAMED_WITHIN_MS) return null;
  const name = { column: 'CN', before: known.displayName, after: newcomer.displayName };
  // Beside another name in the same file it is not the person whom that row names.
  const isListedSo = known.lastFileId !== file.id && isListed(known);
  return rowHash(newcomer) === known.rowHash || isSpelling(name) || isListedSo ? { known, by: found.by } : null;
}

/** Whether an earlier row of the file named the person by the right name, or by the wrong one as this row does. */
export function isNamedInFile({ file, onlyAsBefore }: Intake, known: KnownPerson, isAsBefore: boolean): boolean {
  const isNamed = known.lastFileId === file.id;
  if (isAsBefore && !isNamed) onlyAsBefore.add(known.id);
  return isNamed && (isAsBefore || !onlyAsBefore.delete(known.id));
}
