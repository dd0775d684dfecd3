/** Which UserPrincipalNames Microsoft Entra accepts. */
import { tooLong } from './limits.ts';
import { nameCharacter } from './problem.ts';

/** Microsoft Entra: 113 characters in all, 64 before the @. */
const UPN_LIMIT = 113;
const UPN_LOCAL_LIMIT = 64;
const DOMAIN_LABEL_LIMIT = 63;
const CHARACTERS_NAMED = 5;
const NONE: readonly never[] = [];

/** A fast accept for nearly every UPN of a file. Must agree with `upnProblems`. */
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const VALID_UPN = new RegExp(String.raw`^(?!\.)[A-Za-z0-9$'\-_!#^~.\x60]{1,64}(?<!\.)@${LABEL}(?:\.${LABEL})+$`);
const UPN_LIKE = /^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/;

/** Whether a text has the shape of an address, sound or not: what tells people from titles. */
export function looksLikeUpn(text: string): boolean {
  return UPN_LIKE.test(text);
}

/** Microsoft Entra accepts letters, digits and `$ ' - _ ! # ^ ~ .` and the backtick before the @, and a DNS name after it. */
export function upnProblems(upn: string): readonly string[] {
  if (upn.length <= UPN_LIMIT && VALID_UPN.test(upn)) return NONE;
  if (upn === '') return ['is empty'];
  const problems: string[] = [];
  if (upn.length > UPN_LIMIT) problems.push(tooLong(upn.length, UPN_LIMIT));
  const at = upn.indexOf('@');
  if (at < 0) problems.push('has no @');
  const local = at < 0 ? upn : upn.slice(0, at);
  const domain = at < 0 ? '' : upn.slice(at + 1);
  const invalid = [
    ...invalidCharacters(local, 0, /[A-Za-z0-9$'\-_!#^~.`]/),
    ...invalidCharacters(domain, at + 1, /[A-Za-z0-9.-]/),
  ];
  if (invalid.length > 0) {
    const more = invalid.length > CHARACTERS_NAMED ? ` and ${invalid.length - CHARACTERS_NAMED} more` : '';
    problems.push(`must not contain ${invalid.slice(0, CHARACTERS_NAMED).join(', ')}${more}`);
  }
  if (at === 0) problems.push('has nothing before the @');
  if (local.length > UPN_LOCAL_LIMIT)
    problems.push(`has ${local.length} characters before the @, at most ${UPN_LOCAL_LIMIT}`);
  if (/^\.|\.$/.test(local)) problems.push('must not have a dot at the start or right before the @');
  if (at >= 0 && !domain.includes('@')) problems.push(...domainProblems(domain));
  return problems;
}

function invalidCharacters(part: string, offset: number, allowed: RegExp): string[] {
  const invalid: string[] = [];
  let position = offset + 1;
  for (const character of part) {
    if (!allowed.test(character))
      invalid.push(`${character === '@' ? 'a second "@"' : nameCharacter(character)} at position ${position}`);
    position += character.length;
  }
  return invalid;
}

function domainProblems(domain: string): string[] {
  if (domain === '') return ['has nothing after the @'];
  const labels = domain.split('.');
  if (labels.length < 2) return [`has the domain ${JSON.stringify(domain.slice(0, UPN_LIMIT))}, which has no dot`];
  if (labels.includes('')) return ['has a domain with an empty part (two dots in a row, or one at its start or end)'];
  const problems: string[] = [];
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-')))
    problems.push('has a domain with a part that starts or ends with a hyphen');
  if (labels.some((label) => label.length > DOMAIN_LABEL_LIMIT))
    problems.push(`has a domain with a part of more than ${DOMAIN_LABEL_LIMIT} characters`);
  return problems;
}
