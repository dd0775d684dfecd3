import type { Db } from '#db/client.ts';
import type { Newcomer } from './validate.ts';
export function newcomersOfDraft(_db: Db, _dataDir: string, _draftId: string): { line: number; newcomer: Newcomer }[] {
  return [];
}
