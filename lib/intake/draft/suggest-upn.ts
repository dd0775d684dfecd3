/** What a UserPrincipalName was probably meant to be. Pure. */
import { nearest } from './near.ts';

/** A fix, and the kind of slip it mends: rows with the same kind can be mended together. */
export interface Suggestion {
  to: string;
  pattern: string;
}

interface Step {
  value: string;
  kind: string;
}

/** German writes what other languages drop; the rest loses its marks. */
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

/** Letters as a UserPrincipalName may hold them: ä becomes ae, é becomes e. */
export function plainLetters(text: string): string {
  return [...text.normalize('NFC')]
    .map((letter) => SPELT_OUT[letter] ?? letter.normalize('NFKD').replace(/\p{M}/gu, ''))
    .join('');
}

/** Mends one thing; the same value where there is nothing of the kind. */
type Fixer = (value: string, domains: readonly string[]) => Step[];

const one = (kind: string, value: string): Step[] => [{ kind, value }];

const FIXERS: readonly Fixer[] = [
  (value) => one('wrapping', value.replace(/^.*<([^<>]+)>\s*$/, '$1').replace(/^["']?(?:mailto|smtp):/i, '')),
  (value) => one('letters', plainLetters(value)),
  (value) => one('at sign', value.replace(/\s*(?:\(at\)|\[at\]|\{at\})\s*/i, '@').replace(/@{2,}/, '@')),
  (value) =>
    one(
      'blanks around',
      value
        .replace(/\s*@\s*/, '@')
        .replace(/\s*\.\s*/g, '.')
        .trim(),
    ),
  (value) =>
    one(
      'domain punctuation',
      inDomain(value, (domain) => domain.replace(/[,;\s]+/g, '.')),
    ),
  (value) =>
    one(
      'dots',
      value
        .replace(/\.{2,}/g, '.')
        .replace(/\.(?=@|$)/, '')
        .replace(/^\./, '')
        .replace('@.', '@'),
    ),
  (value) => {
    if (!/\s/.test(value)) return one('', value);
    const joined = (by: string) => value.replace(/\s+/g, by);
    return [...one('blank to dot', joined('.')), ...one('blank removed', joined(''))];
  },
  (value) => one('quotes', value.replace(/["“”„(),;:<>[\]\\]/g, '')),
  withDomain,
  (value, domains) => one(...nearDomain(value, domains)),
];

function inDomain(value: string, change: (domain: string) => string): string {
  const at = value.lastIndexOf('@');
  return at < 0 ? value : value.slice(0, at + 1) + change(value.slice(at + 1));
}

/** Without an @: the domain stands there after another sign, or is missing altogether. */
function withDomain(value: string, domains: readonly string[]): Step[] {
  const [first] = domains;
  if (value.includes('@')) {
    const isBare = value.endsWith('@') && first !== undefined;
    return isBare ? one(`domain ${first}`, value + first) : one('', value);
  }
  const ends = domains.find((domain) => value.toLowerCase().endsWith(domain) && value.length > domain.length + 1);
  if (ends) return one('at sign', `${value.slice(0, -ends.length).replace(/[^A-Za-z0-9]$/, '')}@${ends}`);
  return first && value !== '' ? one(`domain ${first}`, `${value}@${first}`) : one('', value);
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
 * Readings of `value` that lead to a sound name, best first; `domains` are those in use, the most used first. Every slip in it is
 * mended at once.
 */
export function suggestUpn(value: string, domains: readonly string[], isSound: (upn: string) => boolean): Suggestion[] {
  let readings = [{ value, kinds: [] as readonly string[] }];
  for (const fix of FIXERS)
    readings = readings.flatMap((reading) =>
      fix(reading.value, domains).map((step) =>
        step.value === reading.value ? reading : { value: step.value, kinds: [...reading.kinds, step.kind] },
      ),
    );
  const sound = readings.filter((reading) => reading.value !== value && isSound(reading.value));
  return sound.map(({ value: to, kinds }) => ({ to, pattern: kinds.join(' + ') }));
}
