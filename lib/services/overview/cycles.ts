/** The last cycles, as the overview draws them. No verb. */
import type { Tx } from '#db/client.ts';
import { lastCycles } from '#db/store/runs/runs-read.ts';
import { countByOutcome } from '#lib/domain/time/trends.ts';
import { countsOf } from '#lib/services/runs/run-item.ts';

export interface CycleGlance {
  id: string;
  number: number;
  /** When it started, ms UTC. */
  at: number;
  status: string;
  cancelRequestedBy: string | null;
  warnings: readonly unknown[];
  /** How many it checked, and how many of them needed somebody afterwards. */
  people: number;
  attention: number;
}

const CYCLES = 30;

/** The oldest first. */
export function cycleGlances(db: Tx): CycleGlance[] {
  return lastCycles(db, CYCLES)
    .map((run) => ({
      id: run.id,
      number: run.number,
      at: run.startedAt ?? run.requestedAt,
      status: run.status,
      cancelRequestedBy: run.cancelRequestedBy,
      warnings: Array.isArray(run.warnings) ? run.warnings : [],
      people: run.peopleDone,
      attention: countByOutcome(countsOf(run.counts)).attention,
    }))
    .reverse();
}
