/** The sums of a run: what became of the rows it took in, and where it left everybody it looked at. */
import { countText } from '#components/count-text.ts';
import { Equation } from '#components/equation.tsx';
import { RowsEquation } from '#components/rows-equation.tsx';
import { stateParts } from '#components/state-parts.ts';
import type { DryGroup, RunDetail } from '#lib/services/runs.ts';

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
