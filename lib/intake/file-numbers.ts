/** What became of the rows of a file, and where its people stand: every row is looked at, of a long file beside the server's own thread. */
import type { Db } from '#db/client.ts';
import { countByState } from '#db/store/people-read.ts';
import { type RowFate, rowFates } from '#db/store/row-fates-read.ts';
import type { PersonState } from '#lib/provisioning/core/states.ts';

export function fileNumbers(db: Db, fileId: string): { fates: RowFate[]; byState: Map<PersonState, number> } {
  return { fates: rowFates(db, { fileId }), byState: countByState(db, { fileId }) };
}
