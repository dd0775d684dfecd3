/** What a run did, by person. */
import { address } from '#components/address.ts';
import { Choices } from '#components/choices.tsx';
import { numberText } from '#components/count-text.ts';
import { Pager } from '#components/pager.tsx';
import { Nothing } from '#components/panel.tsx';
import styles from '#components/stack.module.css';
import { STATE_ORDER, STATE_WORDS } from '#components/state-words.ts';
import type { Again } from '#lib/services/again.ts';
import type { RunDetail } from '#lib/services/runs.ts';
import { OutcomesTable } from './outcomes-table.tsx';

export function Outcomes({ run, again, whyNot }: { run: RunDetail; again: Again | null; whyNot: string | null }) {
  const { outcomes, query, id, counts } = run;
  const path = `/runs/${id}`;
  if (outcomes.total === 0 && query.state === null)
    return <Nothing title={run.finishedAt === null ? 'Nobody is done yet.' : 'Nobody was looked at in this run.'} />;
  const present = STATE_ORDER.filter((state) => counts[state] > 0 || query.state === state);
  return (
    <div className={styles.stack}>
      <Choices
        label="State after the run"
        choices={[
          { word: 'All', count: run.equation.peopleLookedAt, href: path, isChosen: query.state === null },
          ...present.map((state) => ({
            word: STATE_WORDS[state].word,
            count: counts[state],
            href: address(path, { state }),
            isChosen: query.state === state,
          })),
        ]}
      />
      {outcomes.items.length === 0 ? (
        <Nothing title="Nobody of this run ended in this state." />
      ) : (
        <OutcomesTable
          key={`${query.state} ${outcomes.page}`}
          outcomes={outcomes.items}
          again={again && { runId: id, whyNot, hasOtherMapping: again.decidedOtherwise > 0 }}
        />
      )}
      {outcomes.listed < outcomes.total && (
        <p className="muted">
          The pages show the first {numberText(outcomes.listed)} of them; the log of the run names everybody.
        </p>
      )}
      <Pager {...outcomes} one="person" many="people" hrefOf={(page) => address(path, { state: query.state, page })} />
    </div>
  );
}
