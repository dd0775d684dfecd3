/** Every message of the interface by language and area, compiled for whoever says it. For the server: no browser gets more than the areas it needs. */

import compile from 'icu-minify/compile';
import { type Area, ENGLISH, type Words } from './english.ts';
import { GERMAN } from './german.ts';
import type { Language } from './languages.ts';
import { pseudo } from './pseudo.ts';
import { type Compiled, type Messages, type Say, sayer } from './say.ts';

const compiled = new Map<string, Compiled>();

export function messagesOf(language: Language, area: Area): Readonly<Messages> {
  return language === 'de' ? GERMAN[area] : ENGLISH[area];
}

/** Compiled when first asked for. */
export function compiledMessages(language: Language, area: Area): Compiled {
  const name = `${language} ${area}`;
  const known = compiled.get(name);
  if (known) return known;
  const made = Object.fromEntries(
    Object.entries(messagesOf(language, area)).map(([key, message]) => {
      // Objects without a prototype, which the compiler makes, cannot be sent to a browser.
      const plain = structuredClone(compile(message));
      return [key, language === 'en-x-pseudo' ? pseudo(plain) : plain];
    }),
  );
  compiled.set(name, made);
  return made;
}

/** The words of an area in one language, for whoever knows it without a request: what is kept, logged or handed out is English. */
export function sayIn<Name extends Area>(language: Language, area: Name): Say<Words[Name]> {
  return sayer<Words[Name]>(language, compiledMessages(language, area));
}
