/** The statements by which looks are recorded, prepared once a connection: a cycle can have a hundred thousand of them. */
import type Sqlite from 'better-sqlite3';
import { oncePerConnection } from '#db/client.ts';
import type { Verdict } from '#lib/domain/decision/decide.ts';
import type { PersonOutcome } from '#lib/domain/decision/outcome.ts';
import type { PersonState } from '#lib/domain/states.ts';

export type OutcomeStatements = ReturnType<typeof prepare>;

/** Call what it gives inside a transaction of this handle. */
export const outcomeStatements = oncePerConnection(prepare);

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

function prepare(raw: Sqlite.Database) {
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
  };
}
