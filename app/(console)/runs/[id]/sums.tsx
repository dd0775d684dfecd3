/** The sums of a run: what became of the rows it took in, and where it left everybody it looked at. */

import { stateParts } from '#components/people/state-parts.ts';
import { RowsEquation } from '#components/runs/row-reconciliation.tsx';
import { Equation } from '#components/runs/sum.tsx';
import { countText } from '#components/text/count-text.ts';
import type { DryGroup, RunDetail } from '#lib/services/runs/runs.ts';

function wouldText({ licences, title }: DryGroup): string {
  return licences.length > 0 ? `would get ${licences.join(' and ')}` : `“${title}”`;
}

export function Sums({ run: { equation, counts, dry, deletedLooks } }: { run: RunDetail }) {
  const { files, rows, peopleLookedAt } = equation;
  return (
    <>
      {files > 0 && (
        <RowsEquation
          rows={rows}
          word={`${rows.rows === 1 ? 'row' : 'rows'} in ${countText(files, 'file', 'files')}, now`}
        />
      )}
      <Equation
        total={{ n: peopleLookedAt, word: peopleLookedAt === 1 ? 'person looked at' : 'people looked at' }}
        parts={dry ? dry.groups.map((group) => ({ n: group.n, word: wouldText(group) })) : stateParts(counts)}
      />
      {deletedLooks > 0 && (
        <p className="muted">
          {countText(deletedLooks, 'older look', 'older looks')} of this run {dry ? '' : 'that changed nothing '}
          {deletedLooks === 1 ? 'is' : 'are'} deleted, as the retention in Settings asks.
        </p>
      )}
    </>
  );
}
