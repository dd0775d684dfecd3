/** The reconciliation of a file or a run: what became of every row that came in. */

import { address } from '#components/text/address.ts';
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
  rejected: 'rejected',
};

/** `fileId`: duplicates and rejected rows lead to themselves. */
export function ReconciliationSum({
  rows,
  label,
  fileId,
}: {
  rows: RowReconciliation;
  label: string;
  fileId?: string;
}) {
  const hrefOf = (part: RowPart) =>
    fileId !== undefined && (part === 'duplicate' || part === 'rejected')
      ? address(`/files/${fileId}`, { verdict: part })
      : undefined;
  return (
    <Sum
      total={{ n: rows.rows, label }}
      parts={ROW_PARTS.map((part) => ({ n: rows[part], label: WORDS[part], href: hrefOf(part) }))}
    />
  );
}
