/** The second-person rule: whoever brought, corrected or mapped a person does not release it, whatever the role. Pure. */
import type { Operator } from '#lib/auth/operator.ts';

/** Who submitted the newest file that names a person. */
export interface Sender {
  /** An operator's name, or `idm`. */
  name: string;
  /** An operator's stable key; null for the drop folder and where it was not recorded. */
  key: string | null;
  isDropFolder: boolean;
}

/** What the operator did; null: nothing, so it may approve. Names decide only where no key was recorded. */
export function ownPart(
  operator: Pick<Operator, 'key' | 'name'>,
  { sender, hasHand }: { sender: Sender | null; hasHand: boolean },
): 'secondPersonHand' | 'secondPersonSent' | null {
  if (hasHand) return 'secondPersonHand';
  if (!sender || sender.isDropFolder) return null;
  const isSender = sender.key === null ? sender.name === operator.name : sender.key === operator.key;
  return isSender ? 'secondPersonSent' : null;
}
