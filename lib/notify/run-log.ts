/** The log of a run as text: one line per person that no value can break or forge. */
import { CLOSED_STATES, type PersonState } from '#lib/domain/states.ts';
import { oneLine } from './one-line.ts';

export interface LoggedOutcome {
  userPrincipalName: string;
  state: PersonState;
  message: string;
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

/** One line without its line break: verdict first, the sentence, `[upn]` last. */
export function runLogLine({ userPrincipalName, state, message }: LoggedOutcome): string {
  const sentence = oneLine(message);
  const name = oneLine(userPrincipalName).replace(/[[\]\s]+/g, '_');
  return `${verdictOf(state)}: ${sentence} [${name}]`;
}

/** The lines of a run's log one by one, each ending in a bare line feed, so that `]` is the last character for every tool. */
export function* runLogLines(outcomes: Iterable<LoggedOutcome>): Generator<string> {
  for (const outcome of outcomes) yield `${runLogLine(outcome)}\n`;
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
 * The log of `total` outcomes as an attachment: what is too long for a mail is left out unread, with a note saying how much.
 * Null where there is no line.
 */
export function attachableLog(
  outcomes: Iterable<LoggedOutcome>,
  total: number,
  limitBytes = ATTACHMENT_LIMIT_BYTES,
): string | null {
  const kept: string[] = [];
  let bytes = 0;
  for (const line of runLogLines(outcomes)) {
    bytes += Buffer.byteLength(line);
    if (bytes > limitBytes) break;
    kept.push(line);
  }
  const leftOff = total - kept.length;
  if (leftOff > 0) kept.push(`… and ${leftOff} more: the whole log lies in the Processed folder.\n`);
  return kept.length > 0 ? kept.join('') : null;
}
