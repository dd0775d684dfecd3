/** Writes to accounts: stored before they are sent, and what they say about the tenant's budget and the safety limit. */
import { and, eq, gte, max, sql } from 'drizzle-orm';
import type { Db, Tx } from '#db/client.ts';
import { intents } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import type { SentLicences } from '#lib/domain/person.ts';

/**
 * Stores planned writes to accounts before they are sent; returns the people they are for. Whoever was changed since it was decided on is
 * left out: what an operator has corrected, dismissed or held must not be licensed as it stood before.
 */
export function recordIntents(
  db: Db,
  runId: string,
  plans: readonly {
    personId: number;
    /** Of the person as it was decided on. */
    revision: number;
    usageLocation: string | null;
    addLicenses: readonly unknown[];
    /** Left out: nothing is taken away. */
    removeLicenses?: readonly unknown[];
    /** By which mapping, for which EmployeeType and to which account. Left out: not remembered. */
    basis?: Pick<SentLicences, 'mappingId' | 'employeeType' | 'accountId'>;
    /** The licence is taken off to be put on again: once in a request. */
    isReassignment?: boolean;
    /** Who approved it; null: nobody had to, so it counts against the safety limit. */
    approvedBy: string | null;
  }[],
  now: number,
): Set<number> {
  return db.transaction(
    (tx) => {
      const ids = JSON.stringify(plans.map(({ personId }) => personId));
      const stored = tx
        .select({ id: people.id, revision: people.revision })
        .from(people)
        .where(sql`${people.id} in (select value from json_each(${ids}))`)
        .all();
      const revisions = new Map(stored.map(({ id, revision }) => [id, revision]));
      const unchanged = plans.filter(({ personId, revision }) => revisions.get(personId) === revision);
      for (const {
        personId,
        usageLocation,
        addLicenses,
        removeLicenses = [],
        basis,
        isReassignment = false,
        approvedBy,
      } of unchanged) {
        const row = { runId, personId, createdAt: now };
        if (usageLocation !== null)
          tx.insert(intents)
            .values({ ...row, kind: 'usage_location', payload: { usageLocation } })
            .run();
        tx.insert(intents)
          .values({ ...row, kind: 'licence', payload: { addLicenses, removeLicenses, approvedBy, ...basis } })
          .run();
        if (isReassignment) tx.update(people).set({ reassignedAt: now }).where(eq(people.id, personId)).run();
      }
      return new Set(unchanged.map(({ personId }) => personId));
    },
    { behavior: 'immediate' },
  );
}

/** By account, in lower case: for whom a licence has been sent to it since `since`, or is about to be, and nobody knows yet what came of it. */
export function openWriters(db: Tx, since: number): Map<string, number> {
  // The plus makes SQLite scan the few that are open instead of all of the last hour.
  const open = db.all<{ accountId: string; personId: number }>(sql`
    select lower(payload ->> 'accountId') as accountId, person_id as personId from intents
    where settled_at is null and kind = 'licence' and +created_at > ${since} and payload ->> 'accountId' is not null`);
  return new Map(open.map(({ accountId, personId }) => [accountId, personId]));
}

/**
 * How many people were licensed since `since` without an approval, or may have been: the result of some is not known yet. Counts no
 * further than `limit`.
 */
export function licensedUnapproved(db: Tx, since: number, limit: number): number {
  const counted = db.get<{ n: number }>(sql`
    select count(*) as n from (
      select distinct person_id from intents
      where created_at > ${since} and kind = 'licence' and (result is null or result in ('applied', 'not_applied'))
        and payload ->> 'approvedBy' is null
      limit ${limit})`);
  return counted.n;
}

/** No more than so many of the newest writes are looked through, so that a start stays quick. */
const LOOKED_THROUGH = 50_000;

/** The most writes planned since `since` that were seen to have been carried out within one window of `windowMs`. */
export function mostWrites(db: Tx, since: number, windowMs: number): number {
  const most = db.get<{ n: number } | undefined>(sql`
    select count(*) as n from (
      select settled_at, result from intents where created_at >= ${since} order by created_at desc limit ${LOOKED_THROUGH})
    where result = 'applied' group by cast(settled_at / ${windowMs} as integer) order by n desc limit 1`);
  return most?.n ?? 0;
}

/**
 * When we wrote to accounts since `since`: these writes still count against the tenant's write budget. What a run that was killed had
 * planned is planned again by the next one, which sends it at the earliest once the account has shown that it was not carried out:
 * plans of one write that are open together, or were settled together, are one write.
 */
export function recentWrites(db: Tx, since: number): number[] {
  return (
    db
      .select({ at: max(intents.createdAt) })
      .from(intents)
      // A licence that is known not to have been sent costs nothing.
      .where(
        and(
          gte(intents.createdAt, since),
          sql`(${intents.kind} = 'usage_location' or ${intents.result} is not 'not_sent')`,
        ),
      )
      .groupBy(intents.personId, intents.kind, intents.settledAt)
      .all()
      .flatMap(({ at }) => at ?? [])
  );
}
