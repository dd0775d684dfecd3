/** The one place that moves a person from state to state: only as the table of moves allows, only from where it was seen, and with its event. */
import type { Statement } from 'better-sqlite3';
import { getTableColumns } from 'drizzle-orm';
import { oncePerConnection, type Tx } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import type { MoveEvent } from '#lib/domain/events.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { NEEDS_APPROVAL } from '#lib/domain/reasons/reasons.ts';
import { storedSaid, type Told } from '#lib/domain/reasons/said.ts';
import { canMove, type MoveCause, type PersonState } from '#lib/domain/states.ts';

/** What a move itself says about the person, or nobody but the database writes. */
type OwnColumn = 'id' | 'state' | 'stateSince' | 'reason' | 'message' | 'said' | 'nextCheckAt' | 'revision';

/** What is forgotten of a person for whom a new request begins: it has a clock of its own, and nothing is done yet. */
export const NEW_REQUEST = {
  synchronisedAt: null,
  licensedAt: null,
  mailboxReadyAt: null,
  mailboxChecks: 0,
  mappingId: null,
  givenLicences: null,
  unknownSince: null,
  provisioningRetriedAt: null,
  licencesReprocessedAt: null,
  licenseNowBy: null,
  licenseAnywayBy: null,
  reassignedAt: null,
  choice: null,
  choiceBy: null,
  approvedAt: null,
  approvedBy: null,
  approvedPlan: null,
} as const;

export interface Transition extends Told {
  cause: MoveCause;
  /** As it was seen: nothing is changed where state or revision are others by now. */
  person: { id: number; state: PersonState; revision: number; reason?: string | null };
  to: PersonState;
  reason: ReasonCode;
  /** The person keeps the reason and the sentence it has: only the event tells these. */
  keepsReason?: boolean;
  /** Null: only when a human asks. */
  nextCheckAt: number | null;
  at: number;
  /** Since when the person counts as being in the state; else since `at`. */
  since?: number;
  /** Further columns that get a value with it. */
  values?: Partial<Omit<typeof people.$inferInsert, OwnColumn>>;
  /** Further columns that get what SQL works out, for example `licensed_at = coalesce(licensed_at, @at)`. */
  assignments?: readonly string[];
}

/** How each column gets its value, by its name in the schema. */
const ASSIGNMENTS = new Map(
  Object.entries(getTableColumns(people)).map(([key, { name }]) => [key, `${name} = @${key}`]),
);

/** The columns that change, and no others: each that has an index costs. */
function assignmentsOf(transition: Transition): string[] {
  const { cause, person, to, reason, keepsReason = false, values = {}, assignments = [] } = transition;
  const changes = ['next_check_at = @nextCheckAt', ...assignments];
  // What an operator or a file changes counts even where the state stays: a cycle that saw the person before must not write over it.
  if (to !== person.state || cause !== 'cycle')
    changes.push('state = @to', 'state_since = @since', 'revision = revision + 1');
  // Without facts the same sentence is the one that was there before.
  if (!keepsReason)
    changes.push(
      'said = case when @said is null and message = @message then said else @said end',
      'message = @message',
    );
  if (!keepsReason && reason !== person.reason) changes.push('reason = @reason');
  if (to === 'held' && NEEDS_APPROVAL.includes(reason))
    changes.push('approval_needed_since = coalesce(approval_needed_since, @at)');
  // Of whoever is not looked up any more nothing is unknown: the time without an answer begins anew when checks do.
  if (cause !== 'cycle' && (to === 'held' || to === 'dismissed') && !('unknownSince' in values))
    changes.push('unknown_since = null');
  for (const column of Object.keys(values)) changes.push(ASSIGNMENTS.get(column) ?? '');
  return changes;
}

const updates = oncePerConnection((client) => {
  const prepared = new Map<string, Statement>();
  return (changes: string): Statement => {
    const sql = `update people set ${changes} where id = @id and state = @from and revision = @revision`;
    const update = prepared.get(changes) ?? client.prepare(sql);
    prepared.set(changes, update);
    return update;
  };
});

/**
 * Compare-and-set: false, and nothing is changed, where the person has moved on since it was seen or the move is not allowed. `event`
 * null: nothing worth telling. Call it inside a transaction.
 */
export function movePerson(tx: Tx, transition: Transition, event: MoveEvent | null): boolean {
  const { cause, person, to, reason, message, nextCheckAt, at, since = at, values } = transition;
  const said = storedSaid(transition.said);
  const { id, state: from, revision } = person;
  if (!canMove(from, to, cause)) return false;
  const update = updates(tx)(assignmentsOf(transition).join(', '));
  const bound = Object.assign({ id, from, revision, to, reason, message, said, nextCheckAt, at, since }, values);
  if (update.run(bound).changes === 0) return false;
  if (event) {
    // An event with a sentence of its own does not tell the person's.
    const told = event.message === undefined && said !== null ? { said: transition.said } : {};
    recordEvent(tx, { reason, message, ...told, ...event, at, personId: id, fromState: from, toState: to });
  }
  return true;
}
