/** The reconciliation of a file or a run: what became of every row that came in. */

import { address } from '#components/text/address.ts';
import { useWords } from '#components/words/use-words.ts';
import type { RowItem } from '#lib/services/files/files.ts';
import { ROW_PARTS, type RowPart, type RowReconciliation } from '#lib/services/files/reconciliation.ts';
import { Sum } from './sum.tsx';

/** The rows of a file that a part leads to. */
const VERDICTS: Partial<Record<RowPart, RowItem['verdict']>> = {
  duplicate: 'duplicate',
  open: 'rejected',
  corrected: 'rejected',
  closed: 'rejected',
};

/** `fileId`: duplicates and rows that were rejected lead to themselves. */
export function ReconciliationSum({
  rows,
  label,
  fileId,
}: {
  rows: RowReconciliation;
  label: string;
  fileId?: string;
}) {
  const say = useWords('run');
  const hrefOf = (part: RowPart) => {
    const verdict = VERDICTS[part];
    return fileId !== undefined && verdict ? address(`/files/${fileId}`, { verdict }) : undefined;
  };
  return (
    <Sum
      total={{ n: rows.rows, label }}
      parts={ROW_PARTS.map((part) => ({ n: rows[part], label: say(`row.${part}`), href: hrefOf(part) }))}
    />
  );
}
