/** Names in a row, as the language joins them. Pure. */
import type { Language } from './languages.ts';

/** `A and B`, or `A or B` where one of them is enough (`disjunction`). */
export function listed(
  names: readonly string[],
  language: Language,
  type: Intl.ListFormatOptions['type'] = 'conjunction',
): string {
  return new Intl.ListFormat(language === 'de' ? 'de' : 'en-GB', { type }).format(names);
}
