/** What a run did, by person. */

import { STATE_ORDER } from '#components/people/state-labels.ts';
import { Choices } from '#components/table/choices.tsx';
import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { ReRunPreview } from '#lib/services/runs/re-run.ts';
import type { RunDetail } from '#lib/services/runs/runs.ts';
import { OutcomesTable } from './outcomes-table.tsx';

/** Why a run has no results to show: whom it checked may be deleted by now, and one that ended early says nothing of who was due. */
function whyNone({ finishedAt, peopleDone, status }: RunDetail) {
  if (finishedAt === null) return 'resultsCome';
  if (peopleDone > 0) return 'resultsDeleted';
  return status === 'completed' ? 'nobodyWasDue' : 'endedBefore';
}

/** A run without results, under way or over; `title`: where it is not that they are deleted. */
export function NobodyChecked({ title, run }: { title: string; run: RunDetail }) {
  const say = useWords('run');
  const why = whyNone(run);
  return (
    <Nothing
      title={why === 'resultsDeleted' ? say('noResults') : title}
      why={say(why)}
      action={<Link href="/people">{say('toPeople')}</Link>}
    />
  );
}

export function Outcomes({
  run,
  again,
  whyNot,
}: {
  run: RunDetail;
  again: ReRunPreview | null;
  whyNot: string | null;
}) {
  const say = useWords('run');
  const sayState = useWords('states');
  const { outcomes, query, id, counts } = run;
  const path = `/runs/${id}`;
  if (outcomes.total === 0 && query.state === null)
    return <NobodyChecked title={say(run.finishedAt === null ? 'nobodyDone' : 'nobodyChecked')} run={run} />;
  const present = STATE_ORDER.filter((state) => counts[state] > 0 || query.state === state);
  return (
    <div className={styles.stack}>
      <Choices
        label={say('stateAfter')}
        choices={[
          { label: say('all'), count: run.reconciliation.peopleChecked, href: path, isChosen: query.state === null },
          ...present.map((state) => ({
            label: sayState(state),
            count: counts[state],
            href: address(path, { state }),
            isChosen: query.state === state,
          })),
        ]}
      />
      {outcomes.items.length === 0 ? (
        <Nothing
          what="matches"
          title={say('nobodyInState')}
          why={say('othersHidden')}
          action={<Link href={path}>{say('showEverybody')}</Link>}
        />
      ) : (
        <OutcomesTable
          key={`${query.state} ${outcomes.page}`}
          outcomes={outcomes.items}
          again={again && { runId: id, whyNot, hasOtherMapping: again.decidedOtherwise > 0 }}
        />
      )}
      {outcomes.listed < outcomes.total && <p className="muted">{say('firstShown', { n: outcomes.listed })}</p>}
      <Pager {...outcomes} of="people" hrefOf={(page) => address(path, { state: query.state, page })} />
    </div>
  );
}
