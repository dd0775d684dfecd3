import { Pager } from '#components/table/pager.tsx';
import { countText, numberText } from '#components/text/count-text.ts';
import stack from '#components/ui/stack.module.css';
import type { Attempts as AttemptsData } from '#lib/services/runs/re-run.ts';
import { Attempts } from './attempts.tsx';

/** Attempts side by side, where there was more than one. */
export function AttemptsPanel(props: { attempts: AttemptsData; runId?: string; hrefOf: (page: number) => string }) {
  const { runs, total, people, changed } = props.attempts;
  if (runs.length === 0) return null;
  return (
    <section className={stack.stack} aria-label="Attempts side by side">
      <h2>Attempts side by side</h2>
      {total > runs.length && (
        <p className="muted">
          The first and the last {runs.length - 1} of {countText(total, 'attempt', 'attempts')}.
        </p>
      )}
      {people.total > 1 && (
        <p>
          {changed === 0
            ? 'Nobody changed.'
            : `${numberText(changed)} of ${countText(people.total, 'person', 'people')} changed.`}
          {changed > 0 && changed < people.total && ' They come first.'}
        </p>
      )}
      <Attempts attempts={props.attempts} runId={props.runId} />
      <Pager {...people} label="attempts" of="peopleAgain" hrefOf={props.hrefOf} />
    </section>
  );
}
