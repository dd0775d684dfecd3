/** Settings and parts of Help whose names hold what somebody looks for. */
import { readGuides } from '#app/(console)/help/guides.ts';
import { SECTION_OF, sectionHref } from '#components/setup/settings-sections.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { SETTING_KEYS } from '#lib/domain/settings.ts';
import type { FoundPlace } from '#lib/services/find/find.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';

/** Fewer letters are in nearly every name. */
const SHORTEST = 3;
/** Of each kind: they stand below the people. */
const MOST = 4;

function settings(language: Language): FoundPlace[] {
  const sayName = sayIn(language, 'settingNames');
  const sayPage = sayIn(language, 'navigation');
  return SETTING_KEYS.map((key) => {
    const name = sayName(key);
    const section = SECTION_OF[key];
    const note = `${sayPage('settings')} · ${sayPage(`section.${section}`)}`;
    return { href: sectionHref(section), label: name.charAt(0).toUpperCase() + name.slice(1), note };
  });
}

/** The guides change with the product only, and are too long to be taken apart with every letter that is typed. */
const partsOfHelp = new Map<Language, FoundPlace[]>();

function helpParts(operator: Operator, language: Language): FoundPlace[] {
  const known = partsOfHelp.get(language);
  if (known) return known;
  const note = sayIn(language, 'navigation')('help');
  const parts = readGuides(operator, language).flatMap(({ name, title, sections }) =>
    sections.map((section) => ({
      href: `/help/${name}#${section.anchor}`,
      label: section.title,
      note: section.depth === 1 ? note : `${note} · ${title}`,
    })),
  );
  partsOfHelp.set(language, parts);
  return parts;
}

export function findPlaces(operator: Operator, text: string, language: Language): FoundPlace[] {
  const words = text.toLowerCase().split(/\s+/);
  if (text.trim().length < SHORTEST) return [];
  const holds = ({ label }: FoundPlace) => words.every((word) => label.toLowerCase().includes(word));
  const found = can(operator.role, 'settings:read') ? settings(language).filter(holds) : [];
  return [...found.slice(0, MOST), ...helpParts(operator, language).filter(holds).slice(0, MOST)];
}
