/** Which UserPrincipalNames Microsoft Entra accepts. */
import { type Part, part, type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { nameCharacter } from '#lib/intake/csv/problem.ts';

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

/**
 * Microsoft Entra accepts letters, digits and `$ ' - _ ! # ^ ~ .` and the backtick before the @, and a DNS name after it. `what`: the name
 * of the value in the sentences.
 */
export function upnProblems(upn: string, what = 'UserPrincipalName'): readonly Sentence[] {
  if (upn.length <= UPN_LIMIT && VALID_UPN.test(upn)) return NONE;
  if (upn === '') return [sentence('isEmpty', { what })];
  const problems: Sentence[] = [];
  if (upn.length > UPN_LIMIT) problems.push(sentence('tooLong', { what, length: upn.length, limit: UPN_LIMIT }));
  const at = upn.indexOf('@');
  if (at < 0) problems.push(sentence('noAt', { what }));
  const local = at < 0 ? upn : upn.slice(0, at);
  const domain = at < 0 ? '' : upn.slice(at + 1);
  const invalid = [
    ...invalidCharacters(local, 0, /[A-Za-z0-9$'\-_!#^~.`]/),
    ...invalidCharacters(domain, at + 1, /[A-Za-z0-9.-]/),
  ];
  if (invalid.length > 0) {
    const characters = invalid.slice(0, CHARACTERS_NAMED);
    problems.push(sentence('mustNotContain', { what, characters, more: invalid.length - characters.length }));
  }
  if (at === 0) problems.push(sentence('nothingBeforeAt', { what }));
  if (local.length > UPN_LOCAL_LIMIT)
    problems.push(sentence('longBeforeAt', { what, length: local.length, limit: UPN_LOCAL_LIMIT }));
  if (/^\.|\.$/.test(local)) problems.push(sentence('dotAtEdge', { what }));
  if (at >= 0 && !domain.includes('@')) problems.push(...domainProblems(domain, what));
  return problems;
}

function invalidCharacters(text: string, offset: number, allowed: RegExp): Part[] {
  const invalid: Part[] = [];
  let position = offset + 1;
  for (const character of text) {
    if (!allowed.test(character))
      invalid.push(
        part('characterAt', { character: character === '@' ? part('secondAt') : nameCharacter(character), position }),
      );
    position += character.length;
  }
  return invalid;
}

function domainProblems(domain: string, what: string): Sentence[] {
  if (domain === '') return [sentence('nothingAfterAt', { what })];
  const labels = domain.split('.');
  if (labels.length < 2) return [sentence('domainWithoutDot', { what, domain: domain.slice(0, UPN_LIMIT) })];
  if (labels.includes('')) return [sentence('domainEmptyPart', { what })];
  const problems: Sentence[] = [];
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-')))
    problems.push(sentence('domainHyphen', { what }));
  if (labels.some((label) => label.length > DOMAIN_LABEL_LIMIT))
    problems.push(sentence('domainLongPart', { what, limit: DOMAIN_LABEL_LIMIT }));
  return problems;
}
