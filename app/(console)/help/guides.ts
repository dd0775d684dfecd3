/** The guides of Help, from wherever each comes, and the search over all of them. */
import type { Operator } from '#lib/auth/operator.ts';
import { GUIDE_FILES, readGuideText } from '#lib/services/help/guides.ts';
import type { Language } from '#lib/words/languages.ts';
import { reasonsGuide } from './reasons-guide.ts';
import { plainText, type Section, toSections } from './sections.ts';

export interface Guide {
  name: string;
  title: string;
  language: Language;
  /** The guide's own first section comes first: its title and what it is for. */
  sections: Section[];
}

const GENERATED = 'reasons';

/** In `language` where it is translated, else in English. Throws `not_found` for a guide that does not exist. */
export function readGuide(operator: Operator, language: Language, name: string): Guide {
  const text =
    name === GENERATED ? { markdown: reasonsGuide(language), language } : readGuideText(operator, { name }, language);
  const sections = toSections(text.markdown);
  return { name, title: sections[0]?.title ?? name, language: text.language, sections };
}

export function readGuides(operator: Operator, language: Language): Guide[] {
  return [...GUIDE_FILES, GENERATED].map((name) => readGuide(operator, language, name));
}

export interface Finding {
  guide: string;
  title: string;
  href: string;
  /** Some words of the section, starting shortly before the first match. */
  excerpt: string;
}

const EXCERPT_LENGTH = 180;
/** How many characters an excerpt has before the first match. */
const EXCERPT_LEAD = 40;

/** Whole words only, with dots where the text continues. */
function excerptAround(text: string, word: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(word));
  const start = at < EXCERPT_LEAD ? 0 : text.indexOf(' ', at - EXCERPT_LEAD) + 1;
  const rest = text.slice(start);
  if (rest.length <= EXCERPT_LENGTH) return `${start > 0 ? '… ' : ''}${rest}`;
  return `${start > 0 ? '… ' : ''}${rest.slice(0, rest.lastIndexOf(' ', EXCERPT_LENGTH))} …`;
}

/** The sections that hold every word of `query`; a match in a title comes first. */
export function findInGuides(guides: readonly Guide[], query: string): Finding[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return [];
  const holds = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const found = guides.flatMap(({ name, title: guide, sections }) =>
    sections.flatMap(({ anchor, title, body }) => {
      const text = plainText(body);
      if (!holds(`${title} ${text}`)) return [];
      return [{ guide, title, href: `/help/${name}#${anchor}`, excerpt: excerptAround(text, first) }];
    }),
  );
  return found.sort((a, b) => Number(holds(b.title)) - Number(holds(a.title)));
}
