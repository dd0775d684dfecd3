/** A cheap answer to "is there anything new?", asked or streamed to every open page. */
import type { Db } from '#db/client.ts';
import type { RunStatus } from '#db/schema.ts';
import { changeStamp, newestOfAll, openRuns } from '#db/store/runs/live-updates-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise } from '#lib/services/http/errors.ts';

export interface OpenRun {
  id: string;
  status: RunStatus;
  dryRun: boolean;
  peopleDue: number;
  peopleDone: number;
}

export interface LiveUpdate {
  /** Changes when anything that a page shows may have changed. */
  version: string;
  /** Runs that work or wait to; the one to speak of first. */
  openRuns: OpenRun[];
}

/** The last answer for a database: many open pages ask the same, and most of the time nothing was written. */
const lastUpdate = new WeakMap<Db, { stamp: string; update: LiveUpdate }>();

/** What pages compare: the version, and the runs that are open. */
export function readLiveUpdate(operator: Operator | null): LiveUpdate {
  authorise(operator, 'runs:read');
  const db = database();
  const stamp = changeStamp(db);
  const last = lastUpdate.get(db);
  if (last?.stamp === stamp) return last.update;
  const update = db.transaction((tx): LiveUpdate => {
    const open = openRuns(tx);
    const progress = open.map(({ id, status, peopleDone, peopleDue }) => `${id}:${status}:${peopleDone}/${peopleDue}`);
    return { version: `${newestOfAll(tx)}|${progress.join()}`, openRuns: open };
  });
  lastUpdate.set(db, { stamp, update });
  return update;
}
