/** What a component would say in English, for tests without a page. */
import { compiledMessages } from '#lib/words/dictionary.ts';
import type { Area, Words } from '#lib/words/english.ts';
import { type Say, sayer } from '#lib/words/say.ts';

export function english<Name extends Area>(area: Name): Say<Words[Name]> {
  return sayer<Words[Name]>('en', compiledMessages('en', area));
}
