/** The reconciliation of a file or a run: what became of every row that came in. */

import { address } from '#components/text/address.ts';
import type { RowItem } from '#lib/services/files/files.ts';
import { ROW_PARTS, type RowPart, type RowReconciliation } from '#lib/services/files/reconciliation.ts';
import { Sum } from './sum.tsx';

const WORDS: Record<RowPart, string> = {
  provisioned: 'provisioned',
  already: 'had a mailbox already',
  waiting: 'waiting',
  held: 'held',
  attention: 'needing attention',
  dismissed: 'dismissed',
  duplicate: 'duplicate',
  open: 'stayed out',
  corrected: 'corrected',
  closed: 'closed',
};

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
  const hrefOf = (part: RowPart) => {
    const verdict = VERDICTS[part];
    return fileId !== undefined && verdict ? address(`/files/${fileId}`, { verdict }) : undefined;
  };
  return (
    <Sum
      total={{ n: rows.rows, label }}
      parts={ROW_PARTS.map((part) => ({ n: rows[part], label: WORDS[part], href: hrefOf(part) }))}
    />
  );
}
