/** The languages of the interface, and which of them a reader gets. Pure. */

/** By their tags (BCP 47), each called as its own speakers call it. The last is English with accents, for tests. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', 'en-x-pseudo': 'Pséüdö' } as const;

export type Language = keyof typeof LANGUAGES;

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag);
}

/** The words of all pages are there. The others are offered only where the environment says so. */
export const COMPLETE: readonly Language[] = ['en', 'de'];

/**
 * What was chosen, where it is offered; else the first language of the header `Accept-Language` that is offered; else English.
 * The language for tests has to be chosen.
 */
export function languageFor(chosen: string, accepted: string | null, offered: readonly Language[]): Language {
  const named = (tag: string) => offered.find((language) => language === tag);
  const wanted = (accepted ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', weight = 'q=1'] = range
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      return { language: named(tag.slice(0, 2)), weight: Number(weight.replace('q=', '')) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight);
  return named(chosen) ?? wanted.find(({ language }) => language)?.language ?? 'en';
}
