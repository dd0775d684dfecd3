import type { ReactNode } from 'react';

/** What stands out of a sentence. For the tag `strong` of a message. */
export function strong(inside: ReactNode) {
  return <strong>{inside}</strong>;
}
