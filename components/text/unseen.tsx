import type { ReactNode } from 'react';

/** What only a screen reader says: where the page around gives the rest of the meaning to the eye. For the tag `unseen` of a message. */
export function unseen(inside: ReactNode) {
  return <span className="unseen">{inside}</span>;
}
