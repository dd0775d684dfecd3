/** Causes of a missing mailbox, and what facts say of them, in the reader’s language. */
import { CAUSES, type CauseWords } from '#lib/domain/diagnosis/causes.ts';
import { SAYINGS, type Sayings } from '#lib/domain/diagnosis/sayings.ts';
import { causesDe, sayingsDe } from '#lib/words/de/causes.ts';
import type { Language } from './languages.ts';

export function causeWords(language: Language): { causes: CauseWords; sayings: Sayings } {
  return language === 'de' ? { causes: causesDe, sayings: sayingsDe } : { causes: CAUSES, sayings: SAYINGS };
}
