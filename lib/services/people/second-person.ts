/** The second-person rule: whoever submitted a file does not release its people, where the role table says so. Pure. */
import type { Operator } from '#lib/auth/operator.ts';
import { needsSecondPerson } from '#lib/auth/roles.ts';

/** Who submitted the newest file that names a person. */
export interface Sender {
  /** An operator's name, or `idm`. */
  name: string;
  /** An operator's stable key; null for the drop folder and where it was not recorded. */
  key: string | null;
  isDropFolder: boolean;
}

/** True where `operator` submitted the file and its role needs a second person. Names decide only where no key was recorded. */
export function needsOtherApprover(
  operator: Pick<Operator, 'key' | 'name' | 'role'>,
  sender: Sender | undefined,
): boolean {
  if (!sender || sender.isDropFolder || !needsSecondPerson(operator.role)) return false;
  return sender.key === null ? sender.name === operator.name : sender.key === operator.key;
}
