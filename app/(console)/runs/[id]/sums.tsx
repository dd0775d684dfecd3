/** The sums of a run: what became of the rows it imported, and the states of everybody it checked. */

import { stateParts } from '#components/people/state-parts.ts';
import { ReconciliationSum } from '#components/runs/row-reconciliation.tsx';
import { Sum } from '#components/runs/sum.tsx';
import { countText } from '#components/text/count-text.ts';
import { useWords } from '#components/words/use-words.ts';
import type { DryRunGroup, RunDetail } from '#lib/services/runs/runs.ts';

function wouldText({ licences, title }: DryRunGroup): string {
  return licences.length > 0 ? `would get ${licences.join(' and ')}` : `“${title}”`;
}

export function Sums({ run: { reconciliation, counts, dry, deletedOutcomes } }: { run: RunDetail }) {
  const say = useWords('counted');
  const { files, rows, peopleChecked } = reconciliation;
  return (
    <>
      {files > 0 && (
        <ReconciliationSum
          rows={rows}
          label={`${rows.rows === 1 ? 'row' : 'rows'} in ${countText(files, 'file', 'files')}, now`}
        />
      )}
      <Sum
        total={{ n: peopleChecked, label: peopleChecked === 1 ? 'person checked' : 'people checked' }}
        parts={dry ? dry.groups.map((group) => ({ n: group.n, label: wouldText(group) })) : stateParts(say, counts)}
      />
      {deletedOutcomes > 0 && (
        <p className="muted">
          {countText(deletedOutcomes, 'older check', 'older checks')} of this run {dry ? '' : 'that changed nothing '}
          {deletedOutcomes === 1 ? 'is' : 'are'} deleted, as set under Settings, Retention.
        </p>
      )}
    </>
  );
}
