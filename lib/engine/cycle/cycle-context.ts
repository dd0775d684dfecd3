/** What every step of a cycle is given. */
import type { Db } from '#db/client.ts';
import type { Run } from '#db/store/runs/runs.ts';
import type { Settings } from '#lib/domain/settings.ts';
import type { Directory } from '#lib/graph/directory.ts';
import type { RequestContext } from '#lib/graph/request-queue.ts';
import type { PersonLocks } from './person-locks.ts';
import type { DraftRows } from './select-people.ts';

export class LeaseLostError extends Error {
  override name = 'LeaseLostError';
}

export interface CycleContext {
  db: Db;
  run: Run;
  directory: Directory;
  settings: Settings;
  /** For a dry run over an upload that is not taken in yet. */
  draft: DraftRows | null;
  /** Aborted when the process is to stop or an operator cancels the run: no new write is begun. */
  signal: AbortSignal;
  /** On whose account Graph is asked. */
  requestContext: RequestContext;
  /** Throws `LeaseLostError` where another process has taken over; called in every recording transaction. */
  assertLease: () => void;
  /** Who is looked at by other runs of this process; null for a dry run, which is in nobody's way. */
  personLocks: PersonLocks | null;
  /** Takes in files that came since the run began; nothing where this run reads no files. */
  importNewFiles: () => Promise<void>;
}
