/** Which languages this installation offers. */

import { readEnv } from '#lib/env.ts';
import { COMPLETE, LANGUAGES, type Language } from './languages.ts';

export function offeredLanguages(): readonly Language[] {
  return readEnv().offersUnfinishedLanguages ? (Object.keys(LANGUAGES) as Language[]) : COMPLETE;
}
