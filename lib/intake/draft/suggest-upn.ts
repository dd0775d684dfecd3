/** Suggests what a UserPrincipalName was probably meant to be. Pure. */
import { nearest } from './nearest.ts';

/** A correction, and the kind of mistake it corrects: rows with the same kind can be corrected together. */
export interface Suggestion {
  to: string;
  pattern: string;
}

interface Step {
  value: string;
  kind: string;
}

/** German spells out what other languages drop; other letters lose their marks. */
const SPELT_OUT: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Letters allowed in a UserPrincipalName: ä becomes ae, é becomes e. */
function plainLetters(text: string): string {
  return [...text.normalize('NFC')]
    .map((letter) => SPELT_OUT[letter] ?? letter.normalize('NFKD').replace(/\p{M}/gu, ''))
    .join('');
}

/** Corrects one kind of mistake; returns the value unchanged where there is none. */
type Fixer = (value: string, domains: readonly string[]) => Step[];

const step = (kind: string, value: string): Step[] => [{ kind, value }];

const FIXERS: readonly Fixer[] = [
  (value) => step('wrapping', value.replace(/^.*<([^<>]+)>\s*$/, '$1').replace(/^["']?(?:mailto|smtp):/i, '')),
  (value) => step('letters', plainLetters(value)),
  (value) => step('at sign', value.replace(/(?<!\s)\s*(?:\(at\)|\[at\]|\{at\})\s*/i, '@').replace(/@{2,}/, '@')),
  (value) =>
    step(
      'blanks around',
      value
        .replace(/(?<!\s)\s*@\s*/, '@')
        .replace(/(?<!\s)\s*\.\s*/g, '.')
        .trim(),
    ),
  (value) =>
    step(
      'domain punctuation',
      inDomain(value, (domain) => domain.replace(/[,;\s。｡]+/g, '.')),
    ),
  (value) =>
    step(
      'dots',
      value
        .replace(/\.{2,}/g, '.')
        .replace(/\.(?=@|$)/, '')
        .replace(/^\./, '')
        .replace('@.', '@'),
    ),
  (value) => {
    if (!/\s/.test(value)) return step('', value);
    const joined = (by: string) => value.replace(/\s+/g, by);
    return [...step('blank to dot', joined('.')), ...step('blank removed', joined(''))];
  },
  (value) => step('quotes', value.replace(/["“”„(),;:<>[\]\\]/g, '')),
  withDomain,
  (value, domains) => step(...nearDomain(value, domains)),
];

function inDomain(value: string, change: (domain: string) => string): string {
  const at = value.lastIndexOf('@');
  return at < 0 ? value : value.slice(0, at + 1) + change(value.slice(at + 1));
}

/** Without an @: the domain follows another character, or is missing altogether. */
function withDomain(value: string, domains: readonly string[]): Step[] {
  const [first] = domains;
  if (value.includes('@')) {
    const isBare = value.endsWith('@') && first !== undefined;
    return isBare ? step(`domain ${first}`, value + first) : step('', value);
  }
  const ends = domains.find((domain) => value.toLowerCase().endsWith(domain) && value.length > domain.length + 1);
  if (ends) return step('at sign', `${value.slice(0, -ends.length).replace(/[^A-Za-z0-9]$/, '')}@${ends}`);
  return first && value !== '' ? step(`domain ${first}`, `${value}@${first}`) : step('', value);
}

function nearDomain(value: string, domains: readonly string[]): [kind: string, value: string] {
  const at = value.lastIndexOf('@');
  const domain = value.slice(at + 1).toLowerCase();
  if (at < 0 || domain === '' || domains.includes(domain)) return ['', value];
  const shortened = domain.includes('.') ? undefined : domains.find((known) => known.startsWith(`${domain}.`));
  const meant = shortened ?? nearest(domain, domains);
  return meant ? [`${domain} to ${meant}`, value.slice(0, at + 1) + meant] : ['', value];
}

/**
 * Corrected versions of `value` that are valid names, best first; `domains` are those in use, the most used first. Every
 * mistake in it is corrected at once.
 */
export function suggestUpn(value: string, domains: readonly string[], isValid: (upn: string) => boolean): Suggestion[] {
  let readings = [{ value, kinds: [] as readonly string[] }];
  for (const fix of FIXERS)
    readings = readings.flatMap((reading) =>
      fix(reading.value, domains).map((next) =>
        next.value === reading.value ? reading : { value: next.value, kinds: [...reading.kinds, next.kind] },
      ),
    );
  const valid = readings.filter((reading) => reading.value !== value && isValid(reading.value));
  return valid.map(({ value: to, kinds }) => ({ to, pattern: kinds.join(' + ') }));
}
