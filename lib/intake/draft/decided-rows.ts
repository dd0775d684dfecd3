/** Rows that were opened as an upload while somebody else decided about them: what is decided stays so. */
import type { Tx } from '#db/client.ts';
import type { Draft } from '#db/store/files/drafts.ts';
import { settledAmong } from '#db/store/row-cases/row-cases-read.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import type { RowProblem } from '#lib/intake/csv/problem.ts';

/** By line, what keeps such a row out of this upload; line 0: the whole file. */
export function decidedRows(db: Tx, draft: Pick<Draft, 'cases' | 'fileId'> | null): ReadonlyMap<number, RowProblem> {
  if (!draft || draft.cases.length === 0) return new Map();
  const ids = draft.cases.map(([, id]) => id);
  const settled = settledAmong(db, ids, draft.fileId);
  return new Map(
    draft.cases.flatMap(([line, id]): [number, RowProblem][] => {
      const found = settled.get(id);
      if (!found) return [];
      const [by, why] = [found.settledBy ?? '', found.why?.replace(/\.$/, '') ?? null];
      const said = why === null ? sentence('correctedMeanwhile', { by }) : sentence('closedMeanwhile', { by, why });
      return [[line, { column: null, ...said }]];
    }),
  );
}
