/** From the fields of a row to a person: trims and normalises, reports what changed, and names every problem at once. */

import { isCountryCode } from '#lib/domain/countries.ts';
import type { Newcomer } from '#lib/domain/newcomer.ts';
import { type Header, KNOWN_COLUMNS, type KnownColumn } from './columns.ts';
import { readDate } from './dates.ts';
import { nameCharacter, type RowProblem, type ValueChange } from './problem.ts';

export type RowResult =
  | { kind: 'ok'; newcomer: Newcomer; changes: ValueChange[] }
  | { kind: 'rejected'; problems: RowProblem[]; changes: ValueChange[] };

/** Microsoft Entra: 113 characters in all, 64 before the @. */
const UPN_LIMIT = 113;
const UPN_LOCAL_LIMIT = 64;
const DOMAIN_LABEL_LIMIT = 63;
/** Microsoft Graph: displayName 256 characters. */
const NAME_LIMIT = 256;
const TYPE_LIMIT = 64;
const CHARACTERS_NAMED = 5;

const PLAIN = /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/;
/** Everything invisible: blanks, zero-width and direction marks, byte-order marks, fillers. */
const BLANK = String.raw`[\s\p{Cf}\u0085\u115f\u1160\u2800\u3164\uffa0]+`;
const BLANK_ENDS = new RegExp(`^${BLANK}|${BLANK}$`, 'gu');
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** In a column that we only pass through, line breaks and tabs are text. */
const CONTROL_IN_EXTRA = /(?![\t\n\r])\p{Cc}/u;

/** A fast accept for nearly every UPN of a file. Must agree with `upnProblems`. */
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const VALID_UPN = new RegExp(String.raw`^(?!\.)[A-Za-z0-9$'\-_!#^~.\x60]{1,64}(?<!\.)@${LABEL}(?:\.${LABEL})+$`);
const UPN_LIKE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Validates one row against the header. */
export function validateRow(header: Header, fields: readonly string[]): RowResult {
  const problems: RowProblem[] = [];
  const changes: ValueChange[] = [];
  if (fields.length !== header.width) {
    const which = fields.length < header.width ? 'few' : 'many';
    const message = `The row has too ${which} fields: ${fields.length}, where the header has ${header.width}`;
    return { kind: 'rejected', problems: [{ column: null, message }], changes };
  }
  const value = (column: KnownColumn): string | undefined => {
    const index = header.at[column];
    const raw = index === null ? undefined : fields[index];
    return raw === undefined ? undefined : cleaned(column, raw, changes);
  };
  const report = (column: KnownColumn, messages: readonly string[]): void => {
    for (const message of messages) problems.push({ column, message: `${column} ${message}` });
  };
  const newcomer: Newcomer = {
    userPrincipalName: value('UserPrincipalName') ?? '',
    displayName: value('CN') ?? '',
    employeeType: value('EmployeeType') ?? '',
    usageLocation: undefined,
    startDate: undefined,
  };
  report('UserPrincipalName', upnProblems(newcomer.userPrincipalName));
  report('CN', textProblems(newcomer.displayName, NAME_LIMIT));
  report('EmployeeType', textProblems(newcomer.employeeType, TYPE_LIMIT));
  const location = value('UsageLocation');
  if (location !== undefined) newcomer.usageLocation = readLocation(location, report, changes);
  const start = value('StartDate');
  if (start !== undefined) newcomer.startDate = readStart(start, report, changes);
  problems.push(...extraProblems(header, fields));
  return problems.length > 0 ? { kind: 'rejected', problems, changes } : { kind: 'ok', newcomer, changes };
}

/** True where a value has no problem in its column, as every suggestion must. */
export function isSound(column: KnownColumn | null, value: string): boolean {
  const problems: string[] = [];
  const report: Report = (_, messages) => problems.push(...messages);
  if (column === null) return !CONTROL_IN_EXTRA.test(value);
  if (column === 'UserPrincipalName') return upnProblems(value).length === 0;
  if (column === 'UsageLocation') readLocation(value, report, []);
  else if (column === 'StartDate') readStart(value, report, []);
  else problems.push(...textProblems(value, column === 'CN' ? NAME_LIMIT : TYPE_LIMIT));
  return problems.length === 0;
}

/** The columns we do not know, unchanged; null where there are none. */
export function extrasOf(header: Header, fields: readonly string[]): Record<string, string> | null {
  if (header.extras.length === 0) return null;
  return Object.fromEntries(header.extras.map(({ name, at }) => [name, fields[at] ?? '']));
}

/** The columns in which two rows about the same person disagree, as far as both files have them. */
export function differences(
  before: Newcomer,
  after: Newcomer,
): { column: KnownColumn; before: string | null; after: string | null }[] {
  const values = ({ userPrincipalName, displayName, employeeType, usageLocation, startDate }: Newcomer) =>
    [userPrincipalName.toLowerCase(), displayName, employeeType, usageLocation, startDate] as const;
  const previous = values(before);
  return values(after).flatMap((to, index) => {
    const column = KNOWN_COLUMNS[index];
    const from = previous[index] ?? null;
    return column === undefined || to === undefined || to === from ? [] : [{ column, before: from, after: to }];
  });
}

type Report = (column: KnownColumn, messages: readonly string[]) => void;

function cleaned(column: KnownColumn, from: string, changes: ValueChange[]): string {
  if (PLAIN.test(from)) return from;
  const trimmed = from.replace(BLANK_ENDS, '');
  const to = trimmed.normalize('NFC');
  const what = [trimmed === from ? '' : 'trimmed', to === trimmed ? '' : 'composed (Unicode NFC)'].filter(Boolean);
  if (what.length > 0) changes.push({ column, from, to, what: what.join(', ') });
  return to;
}

function readLocation(text: string, report: Report, changes: ValueChange[]): string | null {
  if (text === '') return null;
  const code = text.toUpperCase();
  if (!isCountryCode(code)) {
    const quoted = JSON.stringify(text.slice(0, 60));
    report('UsageLocation', [`${quoted} is not a country code: use the two letters of ISO 3166-1, for example DE`]);
  } else if (code !== text) changes.push({ column: 'UsageLocation', from: text, to: code, what: 'upper-cased' });
  return code;
}

function readStart(text: string, report: Report, changes: ValueChange[]): string | null {
  if (text === '') return null;
  const result = readDate(text.slice(0, 60));
  if (result.kind === 'fault') {
    report('StartDate', [result.why]);
    return null;
  }
  if (result.date !== text)
    changes.push({ column: 'StartDate', from: text, to: result.date, what: 'rewritten as year-month-day' });
  return result.date;
}

function textProblems(text: string, limit: number): string[] {
  if (text === '') return ['is empty'];
  const problems: string[] = [];
  const control = CONTROL.exec(text);
  if (control)
    problems.push(`contains the control character ${nameCharacter(control[0])} at position ${control.index + 1}`);
  if (text.length > limit) problems.push(`is too long: ${text.length} characters, at most ${limit}`);
  return problems;
}

function extraProblems(header: Header, fields: readonly string[]): RowProblem[] {
  return header.extras.flatMap(({ name, at }) => {
    const text = fields[at] ?? '';
    const problems: RowProblem[] = [];
    const control = CONTROL_IN_EXTRA.exec(text);
    if (control) {
      const where = `${nameCharacter(control[0])} at position ${control.index + 1}`;
      problems.push({ column: name, message: `${name} contains the control character ${where}` });
    }
    const swallowed = swallowedUpn(text, header.width);
    if (swallowed) {
      const message = `${name} spans several lines and contains ${swallowed}, as if a quote had swallowed a row: check the quotes`;
      problems.push({ column: name, message });
    }
    return problems;
  });
}

/** A missing quote and a stray one can make whole rows look like a note: such a note contains a UPN and the delimiters of a row. */
function swallowedUpn(text: string, width: number): string | null {
  if (!/[\r\n]/.test(text)) return null;
  const pieces = text.split(/[,;\t|\r\n]/);
  if (pieces.length < width) return null;
  return pieces.map((piece) => piece.replace(/^[\s"]+|[\s"]+$/g, '')).find((piece) => UPN_LIKE.test(piece)) ?? null;
}

/** Microsoft Entra accepts letters, digits and `$ ' - _ ! # ^ ~ .` and the backtick before the @, and a DNS name after it. */
export function upnProblems(upn: string): string[] {
  if (upn.length <= UPN_LIMIT && VALID_UPN.test(upn)) return [];
  if (upn === '') return ['is empty'];
  const problems: string[] = [];
  if (upn.length > UPN_LIMIT) problems.push(`is too long: ${upn.length} characters, at most ${UPN_LIMIT}`);
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
  if (labels.length < 2) return [`has the domain ${JSON.stringify(domain)}, which has no dot`];
  if (labels.includes('')) return ['has a domain with an empty part (two dots in a row, or one at its start or end)'];
  const problems: string[] = [];
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-')))
    problems.push('has a domain with a part that starts or ends with a hyphen');
  if (labels.some((label) => label.length > DOMAIN_LABEL_LIMIT))
    problems.push(`has a domain with a part of more than ${DOMAIN_LABEL_LIMIT} characters`);
  return problems;
}
