/** A sentence in the language that a browser asks for: what is chosen under Preferences is not known before the app. */
import type { IncomingMessage } from 'node:http';
import type { Sentence } from '#lib/domain/sentences/sentence.ts';
import { COMPLETE, languageFor } from '#lib/words/languages.ts';
import { sentenceIn } from '#lib/words/sentences.ts';

export function saidTo({ headers }: IncomingMessage, told: Sentence): { text: string; language: string } {
  const language = languageFor('', headers['accept-language'] ?? null, COMPLETE);
  const { message, lang = language } = sentenceIn(language, told);
  return { text: message, language: lang };
}
