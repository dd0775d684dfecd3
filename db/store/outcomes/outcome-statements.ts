/** The statements by which looks are recorded, prepared once a connection: a cycle can have a hundred thousand of them. */
import type { Statement } from 'better-sqlite3';
import type { Db } from '#db/client.ts';
import type { Verdict } from '#lib/domain/decision/decide.ts';
import type { PersonOutcome } from '#lib/domain/decision/outcome.ts';
import type { PersonState } from '#lib/domain/states.ts';

const known = new WeakMap<Db, OutcomeStatements>();

export type OutcomeStatements = ReturnType<typeof prepare>;

/** Call what it gives inside a transaction of this handle. */
export function outcomeStatements(db: Db): OutcomeStatements {
  const statements = known.get(db) ?? prepare(db);
  known.set(db, statements);
  return statements;
}

/** The columns of a person that a look changes, and no others: each that has an index costs. */
function changesOf({ person, verdict, ...outcome }: PersonOutcome, state: PersonState, keepsReason: boolean): string[] {
  const changes = ['next_check_at = @nextCheckAt', 'last_check_at = @now', 'checks = checks + 1'];
  const noApproval = ['approved_at = null', 'approved_by = null', 'approved_plan = null'];
  if (state !== person.state) changes.push('state = @state', 'state_since = @now', 'revision = revision + 1');
  if (!keepsReason) changes.push('message = @message');
  if (!keepsReason && verdict.reason !== person.reason) changes.push('reason = @reason');
  if (outcome.accountId) changes.push('account_id = @accountId', 'synchronised_at = coalesce(synchronised_at, @now)');
  if (outcome.mappingId !== null) changes.push('mapping_id = @mappingId');
  if (outcome.licenceVerified) changes.push('licensed_at = coalesce(licensed_at, @now)');
  if (outcome.licenceVerified || outcome.mailboxTouched)
    changes.push(
      `mailbox_checks = ${outcome.licenceVerified ? '0' : 'mailbox_checks'} + ${outcome.mailboxTouched ? 1 : 0}`,
    );
  if (state === 'held') changes.push('held_plan = @heldPlan', ...noApproval);
  else changes.push('held_plan = null', ...(outcome.licenceVerified ? noApproval : []));
  if (state === 'provisioned' || state === 'already_provisioned')
    changes.push('mailbox_ready_at = coalesce(mailbox_ready_at, @now)');
  return changes;
}

/** Calls as JSON; those that several people share, as one request that asked for many, are written once. */
function callsWriter(): (calls: readonly unknown[]) => string {
  const written = new WeakMap<object, string>();
  const write = (call: unknown): string => {
    if (typeof call !== 'object' || call === null) return JSON.stringify(call);
    const text = written.get(call) ?? JSON.stringify(call);
    written.set(call, text);
    return text;
  };
  return (calls) => `[${calls.map(write).join(',')}]`;
}

function prepare(db: Db) {
  const raw = db.$client;
  const touch = raw.prepare(
    `update people set next_check_at = ?, last_check_at = ?, checks = checks + 1, mailbox_checks = mailbox_checks + ?
     where id = ? and state = ? and revision = ? and reason = ? and message = ? and held_plan is null
       and (? is null or (account_id = ? and synchronised_at is not null))`,
  );
  const addUnchanged = raw.prepare(
    'insert into unchanged_outcomes (run_id, at, state, reason, message, people, person_ids) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const stateOf = raw.prepare<[number], PersonState>('select state from people where id = ?').pluck();
  const keepLicenceFact = raw.prepare('update people set licensed_at = coalesce(licensed_at, ?) where id = ?');
  const addOutcome = raw.prepare(
    `insert into outcomes (run_id, person_id, at, state_before, state, reason, message, written, calls, duration_ms)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const settle = raw.prepare(
    'update intents set settled_at = ?, result = ? where person_id = ? and settled_at is null',
  );
  const addEvent = raw.prepare(
    `insert into events (at, actor, kind, person_id, run_id, from_state, to_state, reason, message, data)
     values (?, 'engine', 'person.moved', ?, ?, ?, ?, ?, ?, ?)`,
  );
  const moves = new Map<string, Statement>();
  const callsText = callsWriter();
  return {
    /** Counts a look at somebody who is as before; false where the sentence, the account or the person is another by now. */
    touchIfUnchanged({ person: p, verdict: v, accountId, mailboxTouched }: PersonOutcome, now: number): boolean {
      const expected = [p.id, p.state, p.revision, v.reason, v.message, accountId, accountId];
      return touch.run(v.nextCheckAt, now, mailboxTouched ? 1 : 0, ...expected).changes === 1;
    },
    addUnchanged(runId: string, at: number, { state, reason, message }: Verdict, personIds: readonly number[]): void {
      addUnchanged.run(runId, at, state, reason, message, personIds.length, JSON.stringify(personIds));
    },
    /** Compare-and-set: false where the person has moved on since it was read. */
    move(outcome: PersonOutcome, state: PersonState, keepsReason: boolean, now: number): boolean {
      const { person, verdict, accountId, mappingId, heldPlan } = outcome;
      const changes = changesOf(outcome, state, keepsReason).join(', ');
      const statement =
        moves.get(changes) ??
        raw.prepare(`update people set ${changes} where id = @id and state = @before and revision = @revision`);
      moves.set(changes, statement);
      const { reason, message, nextCheckAt } = verdict;
      const { id, revision, state: before } = person;
      const values = { id, revision, before, state, reason, message, nextCheckAt, accountId, mappingId, heldPlan, now };
      return statement.run(values).changes === 1;
    },
    stateOf(personId: number): PersonState | undefined {
      return stateOf.get(personId);
    },
    /** An operator closed the person while the licence was on its way: what was done stays known. */
    keepLicenceFact(personId: number, now: number): void {
      keepLicenceFact.run(now, personId);
    },
    addOutcome(runId: string, outcome: PersonOutcome, state: PersonState, at: number): void {
      const { person, verdict, written, calls, durationMs } = outcome;
      const { reason, message } = verdict;
      const [what, how] = [JSON.stringify(written), callsText(calls)];
      addOutcome.run(runId, person.id, at, person.state, state, reason, message, what, how, durationMs);
    },
    settleIntents(personId: number, result: string, now: number): void {
      settle.run(now, result, personId);
    },
    addEvent(runId: string, { person, verdict, written }: PersonOutcome, toState: PersonState, at: number): void {
      const data = written.length > 0 ? JSON.stringify({ written }) : null;
      addEvent.run(at, person.id, runId, person.state, toState, verdict.reason, verdict.message, data);
    },
  };
}
