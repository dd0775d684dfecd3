/** The statements that record outcomes, prepared once per connection: a cycle can have a hundred thousand of them. */
import type Sqlite from 'better-sqlite3';
import { oncePerConnection } from '#db/client.ts';
import type { PersonOutcome } from '#lib/domain/decision/outcome.ts';
import type { Verdict } from '#lib/domain/decision/verdict.ts';
import { type LeftAccount, upnKey } from '#lib/domain/person.ts';
import { storedSaid } from '#lib/domain/reasons/said.ts';
import type { PersonState } from '#lib/domain/states.ts';

export type OutcomeStatements = ReturnType<typeof prepare>;

/** Use the statements inside a transaction of this handle. */
export const outcomeStatements = oncePerConnection(prepare);

/** Calls as JSON; a call that several people share, such as one lookup for many, is serialised once. */
function callsWriter(): (calls: readonly unknown[]) => string {
  const serialised = new WeakMap<object, string>();
  const write = (call: unknown): string => {
    if (typeof call !== 'object' || call === null) return JSON.stringify(call);
    const text = serialised.get(call) ?? JSON.stringify(call);
    serialised.set(call, text);
    return text;
  };
  return (calls) => `[${calls.map(write).join(',')}]`;
}

function prepare(raw: Sqlite.Database) {
  const touch = raw.prepare(
    `update people set next_check_at = ?, last_check_at = ?, checks = checks + 1, mailbox_checks = mailbox_checks + ?,
       said = coalesce(?, said)
     where id = ? and state = ? and revision = ? and reason = ? and message = ? and held_plan is ?
       and (? is null or (account_id = ? and synchronised_at is not null))`,
  );
  const addUnchanged = raw.prepare(
    'insert into unchanged_outcomes (run_id, at, state, reason, message, people, person_ids, said) values (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const stateOf = raw.prepare<[number], PersonState>('select state from people where id = ?').pluck();
  const spent = 'approval_needed_since = null, approved_at = null, approved_by = null, approved_plan = null';
  const recordLicence = raw.prepare(
    `update people set licensed_at = @now, given_licences = @given, mapping_id = coalesce(@mappingId, mapping_id),
       account_id = coalesce(@accountId, account_id), synchronised_at = coalesce(synchronised_at, @now), ${spent}
     where id = @id and upn_key = @upnKey`,
  );
  const recordLeft = raw.prepare(
    `update people set left_account = json_insert(case json_type(left_account) when 'array' then left_account
       when 'object' then json_array(json(left_account)) else '[]' end, '$[#]', json(@left)), ${spent} where id = @id`,
  );
  const addOutcome = raw.prepare(
    `insert into outcomes (run_id, person_id, at, state_before, state, reason, message, written, calls, duration_ms, said)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const settle = raw.prepare(
    `update intents set settled_at = @now, result = @result where person_id = @personId and settled_at is null
       and (run_id = @runId or @result in ('applied', 'not_applied'))`,
  );
  const takeSeats = raw.prepare(
    'update subscribed_skus set consumed_units = max(0, consumed_units + ?) where sku_part_number = ?',
  );
  const callsText = callsWriter();
  return {
    /** Counts a check that changed nothing; false where message, account or person have changed in the meantime. */
    touchIfUnchanged(
      { person: p, verdict: v, heldPlan, accountId, mailboxTouched }: PersonOutcome,
      now: number,
    ): boolean {
      const expected = [p.id, p.state, p.revision, v.reason, v.message, heldPlan, accountId, accountId];
      return touch.run(v.nextCheckAt, now, mailboxTouched ? 1 : 0, storedSaid(v.said), ...expected).changes === 1;
    },
    addUnchanged(
      runId: string,
      at: number,
      { state, reason, message, said }: Verdict,
      personIds: readonly number[],
    ): void {
      const ids = JSON.stringify(personIds);
      addUnchanged.run(runId, at, state, reason, message, personIds.length, ids, storedSaid(said));
    },
    stateOf(personId: number): PersonState | undefined {
      return stateOf.get(personId);
    },
    /**
     * The person was changed while the licence was being assigned: that it was assigned stays recorded, and an approval is spent. Under
     * another name another account is meant, and the one with the licence was left.
     */
    recordLicence({ person, mappingId, accountId }: PersonOutcome, given: readonly string[], now: number): void {
      const { id, userPrincipalName } = person;
      const licence = { mappingId, accountId, given: JSON.stringify(given), now };
      const isSame = recordLicence.run({ id, upnKey: upnKey(userPrincipalName), ...licence }).changes > 0;
      const left = { id: accountId, licences: given, licensedAt: now } satisfies Record<keyof LeftAccount, unknown>;
      if (!isSame && accountId !== null) recordLeft.run({ id, left: JSON.stringify(left) });
    },
    addOutcome(runId: string, outcome: PersonOutcome, state: PersonState, at: number): void {
      const { person, verdict, written, calls, durationMs } = outcome;
      const { reason, message, said } = verdict;
      const found = [reason, message, JSON.stringify(written), callsText(calls), durationMs, storedSaid(said)];
      addOutcome.run(runId, person.id, at, person.state, state, ...found);
    },
    takeSeats(skuPartNumber: string, seats: number): void {
      takeSeats.run(seats, skuPartNumber);
    },
    /** What a read shows settles all writes; that one was refused, or not sent, says nothing about one of an earlier run. */
    settleIntents(runId: string, personId: number, result: string, now: number): void {
      settle.run({ now, result, personId, runId });
    },
  };
}
