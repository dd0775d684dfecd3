/** Every message of the interface by language and area, compiled for whoever says it. For the server: no browser gets more than the areas it needs. */

import compile from 'icu-minify/compile';
import { type Area, ENGLISH } from './english.ts';
import { GERMAN } from './german.ts';
import type { Language } from './languages.ts';
import { pseudo } from './pseudo.ts';
import type { Compiled, Messages } from './say.ts';

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
