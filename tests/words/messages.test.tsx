import compile from 'icu-minify/compile';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { compiledMessages, messagesOf, sayIn } from '#lib/words/dictionary.ts';
import { type Area, ENGLISH, type Translation } from '#lib/words/english.ts';
import { COMPLETE, LANGUAGES, type Language, languageFor } from '#lib/words/languages.ts';
import { type Messages, sayer } from '#lib/words/say.ts';

const AREAS = Object.keys(ENGLISH) as Area[];
const TONGUES = Object.keys(LANGUAGES) as Language[];

type Kind = 'text' | 'number' | 'tag' | `one of ${string}`;

/** What a message names, each with its kind. */
function namesIn(message: string): Map<string, Kind> {
  const names = new Map<string, Kind>();
  const look = (nodes: unknown): void => {
    if (!Array.isArray(nodes)) return;
    for (const node of nodes) if (Array.isArray(node)) name(node);
  };
  const name = ([called, type, choices, ...rest]: unknown[]) => {
    if (type === undefined) names.set(String(called), 'text');
    else if (type === 4) names.set(String(called), 'number');
    else if (type === 2 || type === 1) {
      const said = Object.keys(choices as object);
      names.set(String(called), type === 2 ? 'number' : `one of ${said.toSorted().join(', ')}`);
      for (const one of Object.values(choices as object)) look(one);
    } else {
      names.set(String(called), 'tag');
      look([type, choices, ...rest]);
    }
  };
  look(compile(message));
  return names;
}

/** Values for everything that a message names; `n` for its numbers. */
function valuesFor(names: Map<string, Kind>, n: number): Record<string, unknown> {
  return Object.fromEntries(
    [...names].map(([name, kind]) => {
      if (kind === 'number') return [name, n];
      if (kind === 'tag') return [name, (inside: React.ReactNode) => <b>{inside}</b>];
      return [name, kind === 'text' ? '4711' : (kind.slice(7).split(', ')[0] ?? '')];
    }),
  );
}

function said(language: Language, area: Area, key: string, values: Record<string, unknown>): string {
  const say = sayer<Messages>(language, compiledMessages(language, area));
  return renderToStaticMarkup(say.parts(key, values as never));
}

/** A number one before a word for several. */
const SEVERAL = {
  en: /\b1 (?:more |free )?(?:people|(?:byte|row|file|run|minute|hour|day|year|seat|licence|check|line|mailboxe|session|name|view|group|account|upload|warning|duplicate|change|correction|permission|event|mail)s)\b/,
  de: /\b1 (?:weitere |freie )?(?:Bytes|Zeilen|Personen|Dateien|Läufe|Minuten|Stunden|Tagen?|Jahren?|Lizenzen|Prüfungen|Postfächer|Sitzungen|Namen|Ansichten|Gruppen|Konten|Uploads|Warnungen|Änderungen|Korrekturen|Berechtigungen|Ereignisse|E-Mails)\b/,
};
/** Messages that are said of several only. */
const NEVER_ONE = new Set([
  ...[
    'heldInGroups',
    'signOutOfAll',
    'openPeople',
    'rows.some',
    'tooManyUploads',
    'arrived',
    'arrivedAndNeed',
    'usual',
  ],
  ...['onlyWarnings', 'failedAndWarnings'],
]);

describe.each(AREAS)('the words of %s', (area) => {
  test('name the same values in every language', () => {
    for (const [key, message] of Object.entries<string>(ENGLISH[area]))
      expect(namesIn(messagesOf('de', area)[key] ?? ''), key).toEqual(namesIn(message));
  });

  test.each(TONGUES)('say each value in %s, and nothing of how they are written', (language) => {
    for (const [key, message] of Object.entries(messagesOf(language, area)))
      for (const n of [0, 1, 2, 1204]) {
        const names = namesIn(message);
        const text = said(language, area, key, valuesFor(names, n));
        const plain = text.replaceAll(/<\/?b>/g, '');
        expect(plain, key).not.toMatch(/[{}<>]|undefined|null|\[object/);
        expect(plain.trim(), key).not.toBe(names.size === 0 ? '' : null);
        if ([...names.values()].includes('text')) expect(plain, key).toContain('4711');
      }
  });

  test.each(Object.entries(SEVERAL))('say one in %s, not one of several', (language, several) => {
    for (const [key, message] of Object.entries(messagesOf(language as Language, area))) {
      const text = said(language as Language, area, key, valuesFor(namesIn(message), 1));
      if (!NEVER_ONE.has(key)) expect(text, key).not.toMatch(several);
    }
  });

  test('are translated: no German sentence is the English one', () => {
    const german = messagesOf('de', area);
    const isSentence = (text: string) => /\p{L}{2,} \p{L}{2,}/u.test(text.replaceAll(/\{\w+\}/g, ''));
    expect(
      Object.entries<string>(ENGLISH[area]).filter(([key, text]) => isSentence(text) && german[key] === text),
    ).toEqual([]);
  });

  test('have no plain letter left in the language for tests, and are longer', () => {
    for (const [key, message] of Object.entries<string>(ENGLISH[area])) {
      const names = namesIn(message);
      const values = valuesFor(names, 1);
      const text = said('en-x-pseudo', area, key, values).replaceAll(/<\/?b>|&\w+;/g, '');
      const chosen = Object.values(values).filter((value) => typeof value === 'string');
      expect(
        chosen.reduce((rest: string, one) => rest.replaceAll(String(one), ''), text),
        key,
      ).not.toMatch(/[a-z]/i);
    }
  });
});

test('numbers are written and counted as the language does', () => {
  const message = compile('{n, plural, one {# day} other {# days}}');
  const days = (language: Language, n: number) =>
    sayer<{ days: '{n, number}' }>(language, { days: message })('days', { n });
  expect([days('en', 1), days('en', 0), days('en', 1204), days('de', 1204)]).toEqual([
    '1 day',
    '0 days',
    '1,204 days',
    '1.204 days',
  ]);
});

test.each([
  ['en', 'In the week from Mon 5 Jan, one person waited 2 min for the licence.'],
  ['de', 'In der Woche ab Mon 5 Jan wartete eine Person 2 min auf die Lizenz.'],
] as const)('one person is no half of a person, in %s', (language, told) => {
  const values = { week: 'Mon 5 Jan', n: 1, half: '2 min', most: '2 min' };
  expect(sayIn(language, 'trends')('half.licence', values)).toBe(told);
});

test('a message that is not there, or lacks a value, is an error', () => {
  const say = sayer<Messages>('en', { hello: compile('Hello {name}') });
  expect(() => say('bye')).toThrow('bye');
  expect(() => say('hello')).toThrow('name');
});

test('the compiler asks for each message in each language', () => {
  // @ts-expect-error: the other messages are missing
  const few: Translation<'preferences'> = { title: 'Anzeige' };
  // @ts-expect-error: nothing is called so
  const more: Translation<'preferences'> = { ...ENGLISH.preferences, somethingElse: '' };
  const say = sayer<typeof ENGLISH.signIn>('en', compiledMessages('en', 'signIn'));
  // @ts-expect-error: the role is missing
  expect(() => say('demoRole')).toThrow('role');
  expect(Object.keys(few).length).toBeLessThan(Object.keys(more).length);
});

describe('the language of a reader', () => {
  test.each([
    ['de', 'en', 'de'],
    ['accepted', 'de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['accepted', 'fr, en;q=0.5, de;q=0.7', 'de'],
    ['accepted', 'de;q=0, fr', 'en'],
    ['accepted', ' ;;q=x,', 'en'],
    ['accepted', null, 'en'],
    ['xx', 'DE', 'de'],
    ['en-x-pseudo', 'de', 'en-x-pseudo'],
  ])('who chose %s with a browser that asks for %s reads %s', (chosen, accepted, language) => {
    expect(languageFor(chosen, accepted, TONGUES)).toBe(language);
  });

  test('is German for whoever asks for it, in every installation', () => {
    expect(languageFor('accepted', 'de-AT,de;q=0.9,en;q=0.8', COMPLETE)).toBe('de');
    expect(languageFor('en', 'de-AT,de;q=0.9,en;q=0.8', COMPLETE)).toBe('en');
  });

  test('is English where no other is offered', () => {
    expect(languageFor('de', 'de', ['en'])).toBe('en');
  });
});
