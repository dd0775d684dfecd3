/** The second-person rule: whoever submitted a file, or corrected a row, does not release its people, where the role table says so. Pure. */
import type { Operator } from '#lib/auth/operator.ts';
import { needsSecondPerson } from '#lib/auth/roles.ts';

/** Who submitted the newest file that names a person. */
export interface Sender {
  /** An operator's name, or `idm`. */
  name: string;
  /** An operator's stable key; null for the drop folder and where it was not recorded. */
  key: string | null;
  isDropFolder: boolean;
  /** The stable key of the operator who corrected the row that names the person; null: it came as it is. */
  correctedBy: string | null;
}

/** True where `operator` submitted the file or corrected the row and its role needs a second person. Names decide only where no key was recorded. */
export function needsOtherApprover(
  operator: Pick<Operator, 'key' | 'name' | 'role'>,
  sender: Sender | undefined,
): boolean {
  if (!sender || !needsSecondPerson(operator.role)) return false;
  if (sender.correctedBy === operator.key) return true;
  if (sender.isDropFolder) return false;
  return sender.key === null ? sender.name === operator.name : sender.key === operator.key;
}
