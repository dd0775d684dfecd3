/** The promise of a file or a run in numbers: what became of every row that came in. */

import { address } from '#components/text/address.ts';
import { ROW_PARTS, type RowEquation, type RowPart } from '#lib/services/files/reconciliation.ts';
import { Equation } from './sum.tsx';

const WORDS: Record<RowPart, string> = {
  provisioned: 'provisioned',
  already: 'had a mailbox already',
  waiting: 'waiting',
  held: 'held',
  attention: 'needing attention',
  dismissed: 'dismissed',
  duplicate: 'duplicate',
  rejected: 'rejected',
};

/** `fileId`: duplicates and rejected rows lead to themselves. */
export function RowsEquation({ rows, word, fileId }: { rows: RowEquation; word: string; fileId?: string }) {
  const hrefOf = (part: RowPart) =>
    fileId !== undefined && (part === 'duplicate' || part === 'rejected')
      ? address(`/files/${fileId}`, { verdict: part })
      : undefined;
  return (
    <Equation
      total={{ n: rows.rows, word }}
      parts={ROW_PARTS.map((part) => ({ n: rows[part], word: WORDS[part], href: hrefOf(part) }))}
    />
  );
}
