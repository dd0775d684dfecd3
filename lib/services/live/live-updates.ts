/** A cheap answer to "is there anything new?", polled by or streamed to every open page. */
import { type RoomProblem, roomProblem } from '#db/room.ts';
import type { RunStatus } from '#db/schema/runs.ts';
import { changeMarker, openRuns } from '#db/store/runs/live-updates-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { authorise } from '#lib/services/http/errors.ts';
import { keptUntilWritten } from '#lib/services/http/kept.ts';

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

/** Many open pages ask the same. */
const update = keptUntilWritten((tx, _now, unstored: RoomProblem | null): LiveUpdate => {
  const open = openRuns(tx);
  const progress = open.map(({ id, status, peopleDone, peopleDue }) => `${id}:${status}:${peopleDone}/${peopleDue}`);
  return { version: `${changeMarker(tx)}|${progress.join()}|${unstored ?? ''}`, unstored, openRuns: open };
});

/** What pages compare: the version, and the open runs. */
export function readLiveUpdate(operator: Operator | null): LiveUpdate {
  authorise(operator, 'runs:read');
  return update(roomProblem());
}
