/** A cheap answer to "is there anything new?", polled by or streamed to every open page. */
import type { Db } from '#db/client.ts';
import { type RoomProblem, roomProblem } from '#db/room.ts';
import type { RunStatus } from '#db/schema.ts';
import { changeMarker, changeStamp, openRuns } from '#db/store/runs/live-updates-read.ts';
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
  /** Changes when anything shown on a page may have changed. */
  version: string;
  /** Why nothing can be stored at the moment; null: all is well. */
  unstored: RoomProblem | null;
  /** Running and queued runs, the most important first. */
  openRuns: OpenRun[];
}

/** The last answer per database: many open pages ask the same, and mostly nothing was written in between. */
const lastUpdate = new WeakMap<Db, { stamp: string; update: LiveUpdate }>();

/** What pages compare: the version, and the open runs. */
export function readLiveUpdate(operator: Operator | null): LiveUpdate {
  authorise(operator, 'runs:read');
  const db = database();
  const unstored = roomProblem();
  const stamp = `${changeStamp(db)}|${unstored}`;
  const last = lastUpdate.get(db);
  if (last?.stamp === stamp) return last.update;
  const update = db.transaction((tx): LiveUpdate => {
    const open = openRuns(tx);
    const progress = open.map(({ id, status, peopleDone, peopleDue }) => `${id}:${status}:${peopleDone}/${peopleDue}`);
    return { version: `${changeMarker(tx)}|${progress.join()}|${unstored ?? ''}`, unstored, openRuns: open };
  });
  lastUpdate.set(db, { stamp, update });
  return update;
}
