/** A file being imported, and what its events have in common. */
import type { Tx } from '#db/client.ts';
import type { IntakeStore, NewFile } from '#db/store/files/import.ts';
import type { Actor } from '#lib/domain/events.ts';

/** A file being imported, inside its transaction. */
export interface Intake {
  db: Tx;
  store: IntakeStore;
  file: NewFile;
}

/** What every event of an import tells: its time, who brought the file, and the cycle that imports it. */
export function byFile(file: NewFile): { at: number; actor: Actor; runId: string | null } {
  return { at: file.receivedAt, actor: { name: file.receivedFrom, key: file.receivedFromKey }, runId: file.runId };
}
