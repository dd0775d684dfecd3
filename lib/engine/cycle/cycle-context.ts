/** The context that every step of a cycle receives. */
import type { Db } from '#db/client.ts';
import type { Run } from '#db/store/runs/runs.ts';
import type { Settings } from '#lib/domain/settings.ts';
import type { Directory } from '#lib/graph/directory.ts';
import type { RequestContext } from '#lib/graph/request-context.ts';
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
  /** For a dry run over an upload that is not imported yet. */
  draft: DraftRows | null;
  /** Aborted when the process is to stop or an operator cancels the run: no new write is started. */
  signal: AbortSignal;
  /** On whose behalf Graph is called. */
  requestContext: RequestContext;
  /** Throws `LeaseLostError` where another process has taken over; called in every recording transaction. */
  assertLease: () => void;
  /** The people other runs of this process work on; null for a dry run, which blocks nobody. */
  personLocks: PersonLocks | null;
  /** Imports files that arrived since the run began; does nothing where this run reads no files. */
  importNewFiles: () => Promise<void>;
}
