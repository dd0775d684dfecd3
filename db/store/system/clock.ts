/** Mends times that a clock which ran ahead has left: what was due soon must not stay in the future for as long as the clock went back. */
import { and, desc, gt, isNull, or, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { outbox } from '#db/schema/mail.ts';
import { subscribedSkus } from '#db/schema/mappings.ts';
import { intents } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { runs } from '#db/schema/runs.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { ENGINE } from '#lib/domain/events.ts';
import { readQuarantine, readSchedulerState, writeQuarantine } from './engine-state.ts';

/** The clock of a machine is set by seconds all the time. */
const TOLERANCE_MS = 60_000;

/** Times of a person from which something is waited for: one that lies ahead would put it off. */
const CLOCKS = [
  'firstSeenAt',
  'licensedAt',
  'unknownSince',
  'provisioningRetriedAt',
  'licencesReprocessedAt',
  'reassignedAt',
] as const;

/**
 * Runs and mails are dated as if the clock had always gone as it does now: what ended in the future would be reported again and again,
 * and a write of a run that was killed would count as just sent.
 */
function mendRecords(tx: Tx, now: number, byMs: number): void {
  const past = (at: unknown) => sql`case when ${at} > ${now} then min(${now}, ${at} - ${byMs}) else ${at} end`;
  tx.update(runs)
    .set({
      requestedAt: past(runs.requestedAt),
      startedAt: past(runs.startedAt),
      finishedAt: sql`max(${past(runs.startedAt)}, ${past(runs.finishedAt)})`,
    })
    .where(or(gt(runs.requestedAt, now), gt(runs.startedAt, now), gt(runs.finishedAt, now)))
    .run();
  tx.update(outbox)
    .set({ createdAt: past(outbox.createdAt) })
    .where(gt(outbox.createdAt, now))
    .run();
}

/**
 * Where the last tick of the scheduler or the last event lies in the future, the clock was set back: next checks move back by as much,
 * but not before now, and what is waited for counts from now. A start date is a day, whatever the clock said, so those who wait for one stay, unless their last check
 * has had no answer and the next was due at once. Returns by how much, in ms; 0: not at all.
 */
export function mendClock(tx: Tx, now: number): number {
  // A clock may have run ahead between two ticks, while a run was recording.
  const recorded = tx.select({ at: events.at }).from(events).orderBy(desc(events.id)).limit(1).get();
  const byMs = Math.max(readSchedulerState(tx)?.lastTickAt ?? now, recorded?.at ?? now) - now;
  if (byMs <= TOLERANCE_MS) return 0;
  const earlier = (at: unknown) => sql`max(${now}, ${at} - ${byMs})`;
  const checks = tx
    .update(people)
    .set({ nextCheckAt: earlier(people.nextCheckAt) })
    .where(
      sql`${people.nextCheckAt} > ${now} and (${people.state} <> 'awaiting_start' or ${people.unknownSince} is not null)`,
    )
    .run().changes;
  tx.update(people)
    .set(Object.fromEntries(CLOCKS.map((name) => [name, sql`min(${people[name]}, ${now})`])))
    .where(or(...CLOCKS.map((name) => gt(people[name], now))))
    .run();
  tx.update(intents)
    .set({ createdAt: now })
    .where(and(isNull(intents.settledAt), gt(intents.createdAt, now)))
    .run();
  mendRecords(tx, now, byMs);
  tx.update(outbox)
    .set({ nextAttemptAt: earlier(outbox.nextAttemptAt) })
    .where(sql`${outbox.nextAttemptAt} > ${now}`)
    .run();
  tx.update(subscribedSkus).set({ seenAt: 0 }).where(sql`${subscribedSkus.seenAt} > ${now}`).run();
  const quarantine = readQuarantine(tx);
  if (quarantine) {
    const nextProbeAt = Math.max(now, quarantine.nextProbeAt - byMs);
    writeQuarantine(tx, { ...quarantine, since: Math.min(quarantine.since, now), nextProbeAt }, now);
  }
  const minutes = Math.round(byMs / 60_000);
  recordEvent(tx, {
    kind: 'clock.set_back',
    at: now,
    actor: ENGINE,
    data: { byMs, checks },
    message: `The clock of the server was set back by ${minutes === 1 ? '1 minute' : `${minutes} minutes`}: ${checks === 1 ? '1 next check was' : `${checks} next checks were`} moved with it. What was recorded before is dated so much too late.`,
  });
  return byMs;
}
