'use client';

import { useMemo } from 'react';
import { PersonCell } from '#components/people/person-cell.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';
import styles from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { DryRunOutcomeItem } from '#lib/services/runs/runs.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

const columnsOf = (say: Say<Words['runs']>): Column<DryRunOutcomeItem>[] => [
  {
    id: 'person',
    header: say('person'),
    cell: (outcome) => <PersonCell {...outcome} id={outcome.personId} />,
  },
  {
    id: 'type',
    header: say('employeeType'),
    hideBelow: 'desktop',
    cell: (outcome) => outcome.employeeType,
  },
  {
    id: 'would',
    header: say('wouldHappen'),
    cell: (outcome) => (
      <span className={styles.cell}>
        <strong>{outcome.reasonTitle}</strong>
        <span className={styles.minor} lang={outcome.lang}>
          <VisibleText text={outcome.message} />
        </span>
      </span>
    ),
  },
];

export function DryRunOutcomesTable({ outcomes }: { outcomes: DryRunOutcomeItem[] }) {
  const say = useWords('runs');
  const columns = useMemo(() => columnsOf(say), [say]);
  return <DataTable caption={say('wouldHappenTo')} columns={columns} rows={outcomes} rowId={({ id }) => String(id)} />;
}
