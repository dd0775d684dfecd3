/** The log of a run as text: one line per person, and per row that stayed out, that no value can break or forge. */
import { CLOSED_STATES, type PersonState } from '#lib/domain/states.ts';
import { oneLine } from './one-line.ts';

export interface LoggedOutcome {
  userPrincipalName: string;
  state: PersonState;
  message: string;
}

/** A row that could not become a person, or a file that was refused whole. */
export interface LoggedRow {
  /** Its UserPrincipalName where it has one, otherwise the file and the line. */
  name: string;
  /** What keeps it out. */
  problem: string;
}

/** Graph takes attachments of less than 3 MB in a request of about 4 MB, and base64 adds a third. */
const ATTACHMENT_LIMIT_BYTES = 2_500_000;

const LINES_A_BLOCK = 500;

/**
 * `SUCCESS` where nothing is left to do (also for a person closed by an operator), `ERROR` where only a human can continue,
 * otherwise `WAITING`.
 */
function verdictOf(state: PersonState): 'SUCCESS' | 'WAITING' | 'ERROR' {
  if (state === 'needs_attention') return 'ERROR';
  return (CLOSED_STATES as readonly PersonState[]).includes(state) ? 'SUCCESS' : 'WAITING';
}

/** One line without its line break: verdict first, the sentence, `[upn]` or `[file:line]` last. */
export function runLogLine(logged: LoggedOutcome | LoggedRow): string {
  if ('problem' in logged) return line('ERROR', `Not imported. ${logged.problem}`, logged.name);
  return line(verdictOf(logged.state), logged.message, logged.userPrincipalName);
}

function line(verdict: ReturnType<typeof verdictOf>, sentence: string, name: string): string {
  return `${verdict}: ${oneLine(sentence)} [${oneLine(name).replace(/[[\]\s]+/g, '_')}]`;
}

/** The lines of a run's log one by one, each ending in a bare line feed, so that `]` is the last character for every tool. */
export function* runLogLines(logged: Iterable<LoggedOutcome | LoggedRow>): Generator<string> {
  for (const one of logged) yield `${runLogLine(one)}\n`;
}

/** A few hundred lines at a time as one text. */
export function* inBlocks(lines: Iterable<string>): Generator<string> {
  let block: string[] = [];
  for (const line of lines) {
    if (block.push(line) < LINES_A_BLOCK) continue;
    yield block.join('');
    block = [];
  }
  if (block.length > 0) yield block.join('');
}

/**
 * The log of `total` people and rows as an attachment: what is too long for a mail is left out unread, with a note saying how much.
 * Null where there is no line.
 */
export function attachableLog(
  logged: Iterable<LoggedOutcome | LoggedRow>,
  total: number,
  limitBytes = ATTACHMENT_LIMIT_BYTES,
): string | null {
  const kept: string[] = [];
  let bytes = 0;
  for (const line of runLogLines(logged)) {
    bytes += Buffer.byteLength(line);
    if (bytes > limitBytes) break;
    kept.push(line);
  }
  const leftOff = total - kept.length;
  if (leftOff > 0) kept.push(`… and ${leftOff} more: the whole log lies in the Processed folder.\n`);
  return kept.length > 0 ? kept.join('') : null;
}
