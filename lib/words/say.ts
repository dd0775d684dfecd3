/** Says messages of the dictionary: fills in numbers, names and links. The same on the server and in the browser, which gets messages that are compiled already. Pure. */

import type { GetICUArgs } from '@schummar/icu-type-parser';
import format, { type CompiledMessage } from 'icu-minify/format';
import { createElement, Fragment, type ReactNode } from 'react';
import type { Language } from './languages.ts';

/** Messages by key, in the ICU format: `{count, plural, one {# person} other {# people}}`, `<link>…</link>`. */
export type Messages = Readonly<Record<string, string>>;
export type Compiled = Readonly<Record<string, CompiledMessage>>;

type Values<Text extends string> = GetICUArgs<
  Text,
  { ICUArgument: string | number; ICUNumberArgument: number; ICUDateArgument: Date }
>;
type Tag<Text extends string> = Text extends `${string}</${infer Name}>${infer Rest}` ? Name | Tag<Rest> : never;
/** What stands between the tags, inside what it becomes. */
type Parts<Text extends string> = Readonly<Record<Tag<Text>, (inside: ReactNode) => ReactNode>>;
/** Nothing to hand in where the message names nothing. */
type Needed<Given> = [keyof Given] extends [never] ? [] : [values: Given];

/** A message to be said later, where the reader is known: its key, and the values it names. */
export type KeyedMessage<Area extends Messages> = {
  [Key in keyof Area]: readonly [key: Key, ...values: Needed<Values<Area[Key]>>];
}[keyof Area];

export interface Say<Area extends Messages> {
  /** A message without tags. */
  <Key extends keyof Area>(key: Key, ...values: Needed<Values<Area[Key]>>): string;
  /** A message with tags. */
  parts<Key extends keyof Area>(key: Key, values: Values<Area[Key]> & Parts<Area[Key]>): ReactNode;
  /** One that was kept for later. */
  told(message: KeyedMessage<Area>): string;
}

/** Making one takes many times as long as using it. */
const numberFormats = new Map<string, Intl.NumberFormat>();
const pluralRules = new Map<string, Intl.PluralRules>();

function once<Kind>(known: Map<string, Kind>, key: string, make: () => Kind): Kind {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}

const OPTIONS = {
  formatters: {
    getNumberFormat: (...given: ConstructorParameters<typeof Intl.NumberFormat>) =>
      once(numberFormats, JSON.stringify(given), () => new Intl.NumberFormat(...given)),
    getPluralRules: (...given: ConstructorParameters<typeof Intl.PluralRules>) =>
      once(pluralRules, JSON.stringify(given), () => new Intl.PluralRules(...given)),
    getDateTimeFormat: (...given: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
      new Intl.DateTimeFormat(...given),
  },
};

type Given = Record<string, string | number | Date | ((inside: unknown[]) => unknown)>;

/** One for each set of messages, which has one language: components of the same page share it. */
const sayers = new WeakMap<Compiled, unknown>();

/** Says the messages of one area in one language. Throws for a key or a value that is not there. */
export function sayer<Area extends Messages>(language: Language, messages: Compiled): Say<Area> {
  const known = sayers.get(messages) ?? newSayer(language, messages);
  sayers.set(messages, known);
  return known as Say<Area>;
}

function newSayer(language: Language, messages: Compiled): unknown {
  const fill = (key: PropertyKey, values?: Given) => {
    const message = messages[String(key)];
    if (message === undefined) throw new Error(`no message is called ${String(key)}`);
    return format<unknown>(message, language, values, OPTIONS);
  };
  const text = (key: PropertyKey, values?: object) => String(fill(key, values as Given | undefined));
  const parts = (key: PropertyKey, values: object) => {
    const given = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'function' ? (inside: unknown[]) => value(together(inside)) : value,
    ]);
    const filled = fill(key, Object.fromEntries(given));
    return together(Array.isArray(filled) ? filled : [filled]);
  };
  const told = ([key, values]: readonly [PropertyKey, object?]) => text(key, values);
  return Object.assign(text, { parts, told });
}

/** Siblings that stand in their order, so that none needs a key. */
function together(pieces: readonly unknown[]): ReactNode {
  return createElement(Fragment, null, ...(pieces as ReactNode[]));
}
