/** Reasons in the language of a request. For pages: what browsers draw gets the sentences, not the words for all of them. */

import { cache } from 'react';
import { reasonsIn, type SayReason } from '#lib/words/reasons.ts';
import { requestLanguage } from './words.ts';

export const reasonWords = cache(async (): Promise<SayReason> => reasonsIn(await requestLanguage()));
