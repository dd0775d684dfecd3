/** The sums of a run: what became of the rows it imported, and the states of everybody it checked. */

import { stateParts } from '#components/people/state-parts.ts';
import { ReconciliationSum } from '#components/runs/row-reconciliation.tsx';
import { Sum } from '#components/runs/sum.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { DryRunGroup, RunDetail } from '#lib/services/runs/runs.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

function wouldText(say: Say<Words['run']>, { licences, title }: DryRunGroup): string {
  return licences.length > 0 ? say('wouldGet', { licences: licences.join(say('and')) }) : say('would', { title });
}

export function Sums({ run: { reconciliation, counts, dry, deletedOutcomes } }: { run: RunDetail }) {
  const say = useWords('run');
  const sayCounted = useWords('counted');
  const { files, rows, peopleChecked } = reconciliation;
  return (
    <>
      {files > 0 && <ReconciliationSum rows={rows} label={say('rowsIn', { rows: rows.rows, files })} />}
      <Sum
        total={{ n: peopleChecked, label: say('checked', { n: peopleChecked }) }}
        parts={
          dry
            ? dry.groups.map((group) => ({ n: group.n, label: wouldText(say, group) }))
            : stateParts(sayCounted, counts)
        }
      />
      {deletedOutcomes > 0 && <p className="muted">{say(dry ? 'dryDeleted' : 'deleted', { n: deletedOutcomes })}</p>}
    </>
  );
}
